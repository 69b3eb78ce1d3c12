using ESign.Fuzz;

namespace ESign.Pdf.Tests.Document;

/// <summary>A fixed set of fuzz seeds over the generated fixtures, read, searched, verified, signed: only documented errors, ever.</summary>
public sealed class FuzzSeedTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1001)]
    [InlineData(2001)]
    [InlineData(3001)]
    public void Five_hundred_mutations_give_an_answer_or_a_documented_error(int first)
    {
        for (int seed = first; seed < first + 500; seed++)
        {
            try
            {
                FuzzCase.Of((ulong)seed, FuzzInputs.Generated).Run();
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {e}");
            }
        }
    }
}
