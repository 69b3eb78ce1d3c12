using ESign.Fuzz;
using ESign.Pdf.Document;
using ESign.Pdf.Verification;
using ESign.Testing;

namespace ESign.Pdf.Tests.Verification;

/// <summary>Mutated signatures get a verdict, mutated files a verdict or a documented error; nothing else ever comes out.</summary>
public class HostileSignatureTests
{
    private const string HexDigits = "0123456789abcdef";

    [Fact]
    public async Task Mutated_signature_values_get_a_verdict()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] signed = await fixture.SignAsync(fixture.LTA);
        VerificationResult whole = await fixture.VerifyAsync(signed);
        for (ulong seed = 1; seed <= 400; seed++)
        {
            var random = new FuzzRandom(seed);
            byte[] changed = (byte[])signed.Clone();
            ByteRange range = random.Pick(whole.Signatures.ToList()).ByteRange!.Value;
            for (int i = 1 + random.Next(4); i > 0; i--)
            {
                // Digits, so that it stays a string; early ones more often, where the structure is.
                long gap = range.SecondStart - range.FirstLength - 2;
                long at = range.FirstLength + 1 + (random.Next(2) == 0 ? random.Next((int)Math.Min(gap, 400)) : random.Next((int)gap));
                changed[at] = (byte)HexDigits[random.Next(16)];
            }

            await VerifyAsync(fixture, changed, seed);
        }
    }

    [Fact]
    public async Task Mutated_files_get_a_verdict_or_a_documented_error()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] signed = await fixture.SignAsync(fixture.LTA);
        for (ulong seed = 1; seed <= 300; seed++)
        {
            var random = new FuzzRandom(seed);
            await VerifyAsync(fixture, Mutator.Mutate(signed, signed, random), seed);
        }
    }

    [Fact]
    public async Task Mutated_files_of_the_corpus_get_a_verdict_or_a_documented_error()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        ulong seed = 0;
        foreach (string path in Directory.EnumerateFiles(SharedData.Require("corpus", "signed"), "*.pdf").Order(StringComparer.Ordinal))
        {
            byte[] original = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            if (original.Length < 200_000)
            {
                for (int i = 0; i < Repeats; i++)
                {
                    var random = new FuzzRandom(++seed);
                    await VerifyAsync(fixture, FlipDigits(Mutator.Mutate(original, original, random), random), seed);
                }
            }
        }
    }

    /// <summary>How often each corpus file is mutated; more by hand when something was changed.</summary>
    private static int Repeats => int.TryParse(Environment.GetEnvironmentVariable("ESIGN_MUTATIONS"), out int given) ? given : 3;

    private static byte[] FlipDigits(byte[] bytes, FuzzRandom random)
    {
        int start = bytes.AsSpan().LastIndexOf("/Contents<"u8) + "/Contents<".Length;
        for (int i = random.Next(3); i > 0 && start >= 10 && start + 1000 < bytes.Length; i--)
        {
            int at = start + random.Next(1000);
            bytes[at] = Uri.IsHexDigit((char)bytes[at]) ? (byte)HexDigits[random.Next(16)] : bytes[at];
        }

        return bytes;
    }

    private static async Task VerifyAsync(SignedFixture fixture, byte[] changed, ulong seed)
    {
        try
        {
            await fixture.VerifyAsync(changed);
        }
        catch (PdfFormatException)
        {
            // The documented refusal.
        }
        catch (Exception exception)
        {
            Assert.Fail($"seed {seed}: {exception}");
        }
    }
}
