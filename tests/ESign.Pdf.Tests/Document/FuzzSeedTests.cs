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

    [Theory]
    [InlineData(SampleKind.Der)]
    [InlineData(SampleKind.Font)]
    [InlineData(SampleKind.CharacterMap)]
    [InlineData(SampleKind.Picture)]
    public void Readers_of_what_stands_inside_PDFs_take_nothing_and_next_to_nothing(SampleKind kind)
    {
        foreach (byte[] input in (byte[][])[[], [0], [1], [0x30], [0x30, 0x80], [1, 0], [0x25, 0x21], [0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47]])
        {
            DecoderTarget.Run(kind, input);
        }
    }
}
