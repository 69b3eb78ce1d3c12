using System.Text;
using ESign.Conformance.Limbo;
using ESign.Conformance.Pkits;
using ESign.Conformance.Revocation;
using ESign.Conformance.Sm2;
using ESign.Conformance.Timestamps;
using ESign.Conformance.Wycheproof;
using ESign.Testing;

namespace ESign.Conformance;

/// <summary>Prints and keeps how certificates, revocation, signatures and timestamps are judged: suite, cases, agreed, exceptions with their reasons.</summary>
public sealed class ConformanceTable(ITestOutputHelper output)
{
    private static readonly Func<Task<SuiteResult>>[] s_suites =
    [
        PkitsSuite.RunAsync, LimboSuite.RunAsync, WycheproofTests.RunAsync, OcspChromiumSuite.RunAsync, OcspOpensslSuite.RunAsync,
        OcspParsingTests.RunAsync, CrlChromiumSuite.RunAsync, TspConformanceTests.RunAsync, Sm2ConformanceTests.RunAsync,
    ];

    /// <summary>
    /// The table goes to the test's output, to <c>conformance.txt</c> beside the test program (which <c>test.sh</c> prints), and is
    /// the one in <c>docs/conformance.md</c>; <c>ESIGN_ACCEPT_CONFORMANCE=1</c> writes it there.
    /// </summary>
    [Fact]
    public async Task Print()
    {
        var text = new StringBuilder();
        text.Append("suite             cases  agreed exceptions\n");
        foreach (Func<Task<SuiteResult>> run in s_suites)
        {
            SuiteResult result = await run();
            text.Append(result.ToString().ReplaceLineEndings("\n"));
            result.AssertOnlyDocumentedExceptions();
        }

        output.WriteLine(text.ToString());
        await File.WriteAllTextAsync(Path.Combine(AppContext.BaseDirectory, "conformance.txt"), text.ToString());

        string page = Repository.PathTo("docs", "conformance.md");
        string kept = (await File.ReadAllTextAsync(page)).ReplaceLineEndings("\n");
        string[] parts = kept.Split("```text\n");
        string updated = parts[0] + "```text\n" + text + parts[1][parts[1].IndexOf("```", StringComparison.Ordinal)..];
        if (Environment.GetEnvironmentVariable("ESIGN_ACCEPT_CONFORMANCE") == "1")
        {
            await File.WriteAllTextAsync(page, updated);
            return;
        }

        Assert.True(kept == updated, "docs/conformance.md shows another table; if the change was meant, run with ESIGN_ACCEPT_CONFORMANCE=1 and commit the file.");
    }
}
