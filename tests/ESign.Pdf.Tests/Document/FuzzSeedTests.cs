using ESign.Fuzz;

namespace ESign.Pdf.Tests.Document;

/// <summary>A fixed set of fuzz seeds over the generated fixtures: only documented errors, ever.</summary>
public sealed class FuzzSeedTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1001)]
    [InlineData(2001)]
    [InlineData(3001)]
    public void A_thousand_mutations_give_an_answer_or_a_documented_error(int first)
    {
        for (int seed = first; seed < first + 1000; seed++)
        {
            var random = new FuzzRandom((ulong)seed);
            byte[] input = Mutator.Mutate(random.Pick(Fixtures.Generated), random.Pick(Fixtures.Generated), random);
            try
            {
                FuzzTarget.Run(input);
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {e}");
            }
        }
    }
}
