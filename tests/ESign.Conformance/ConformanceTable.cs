using System.Text;
using ESign.Conformance.Limbo;
using ESign.Conformance.Pkits;
using ESign.Conformance.Revocation;

namespace ESign.Conformance;

/// <summary>Prints how the path validator stands: suite, cases, agreed, exceptions with their reasons.</summary>
public sealed class ConformanceTable(ITestOutputHelper output)
{
    [Fact]
    public async Task Print()
    {
        var text = new StringBuilder();
        text.AppendLine("suite             cases  agreed exceptions");
        foreach (Func<Task<SuiteResult>> run in new[] { PkitsSuite.RunAsync, LimboSuite.RunAsync, OcspChromiumSuite.RunAsync, OcspOpensslSuite.RunAsync, CrlChromiumSuite.RunAsync })
        {
            SuiteResult result = await run();
            text.Append(result);
            Assert.Equal(result.Exceptions.Count, result.Disagreements.Count);
        }

        output.WriteLine(text.ToString());
    }
}
