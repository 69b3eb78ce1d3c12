using System.Text;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Tests.Signing;
using ESign.Pdf.Verification;
using ESign.Pki.Cms;
using ESign.Pki.Validation;
using ESign.Testing;

namespace ESign.Pdf.Tests.Verification;

/// <summary>Whatever is done to a signed file, it is not called valid any more.</summary>
public class TamperingTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public async Task Flipping_any_covered_byte_never_leaves_a_passed_signature(int? certification)
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] signed = await fixture.SignAsync(TestDocuments.Pages(1), options: new Pdf.Signing.SignatureOptions { Certification = (Pdf.Signing.CertificationLevel?)certification });
        VerificationPolicy policy = fixture.Policy() with { UnknownRevocation = UnknownRevocation.Off, RevocationSource = null };
        SignatureVerdict whole = await fixture.VerifyFirstAsync(signed, policy);
        Assert.Equal(Indication.Passed, whole.Indication);
        ByteRange range = whole.ByteRange!.Value;

        // Every covered byte, each with another bit: the file is small.
        for (int at = 0; at < signed.Length; at++)
        {
            if (at < range.FirstLength || at >= range.SecondStart)
            {
                await AssertNotPassedAsync(fixture, policy, signed, at, (byte)(1 << (at % 8)));
            }
        }
    }

    [Fact]
    public async Task Flipping_bytes_of_an_archive_never_leaves_its_first_signature_passed()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] signed = await fixture.SignAsync(fixture.LTA);
        VerificationPolicy policy = fixture.Policy();
        ByteRange range = (await fixture.VerifyFirstAsync(signed, policy)).ByteRange!.Value;
        for (long at = 0; at < range.End; at += 1 + (range.End / 500))
        {
            if (at < range.FirstLength || at >= range.SecondStart)
            {
                await AssertNotPassedAsync(fixture, policy, signed, (int)at, 0x08);
            }
        }
    }

    /// <summary>The value itself is not covered; parts of a CMS signature (the list of digests, further certificates) are signed by nobody.</summary>
    [Fact]
    public async Task Flipping_bytes_of_the_value_gives_a_verdict_and_never_an_error()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] signed = await fixture.SignAsync(fixture.T);
        VerificationPolicy policy = fixture.Policy() with { UnknownRevocation = UnknownRevocation.Off, RevocationSource = null };
        ByteRange range = (await fixture.VerifyFirstAsync(signed, policy)).ByteRange!.Value;
        for (long at = range.FirstLength; at < range.SecondStart; at += 1 + ((range.SecondStart - range.FirstLength) / 600))
        {
            byte[] changed = (byte[])signed.Clone();
            changed[at] ^= 0x02;
            VerificationResult result = await fixture.VerifyAsync(changed, policy);
            Assert.Single(result.Signatures);
        }
    }

    private static async Task AssertNotPassedAsync(SignedFixture fixture, VerificationPolicy policy, byte[] signed, int at, byte bit)
    {
        byte[] changed = (byte[])signed.Clone();
        changed[at] ^= bit;
        try
        {
            VerificationResult result = await fixture.VerifyAsync(changed, policy);
            Assert.True(result.Verdict != DocumentVerdict.Valid, $"valid with bit {bit:X2} of byte {at} flipped");
        }
        catch (PdfFormatException)
        {
            // Unreadable is a fair answer too.
        }
    }

    [Fact]
    public async Task Bytes_after_the_signature_value_are_found()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] signed = await fixture.SignAsync(fixture.T); // room is kept for a timestamp of any usual size
        int end = EndOfGap(signed);
        Assert.True(signed.AsSpan(end - 9, 8).SequenceEqual("00000000"u8), "the value fills its room: nothing to write into");
        signed[end - 3] = (byte)'7';
        VerificationResult result = await fixture.VerifyAsync(signed);
        Assert.Equal(DocumentVerdict.Invalid, result.Verdict);
        Assert.Contains(result.Signatures[0].Checks, check => check is { Rule: CheckRule.Padding, Outcome: CheckOutcome.Failed });
    }

    /// <summary>Writers that encrypt the empty value before the signature is put into it leave the ciphertext of zeros: that says nothing, and anything else is found.</summary>
    [Theory]
    [InlineData("128", "--use-aes=n")]
    [InlineData("128", "--use-aes=y")]
    [InlineData("256", "--print=full")]
    public async Task Room_that_was_encrypted_with_the_file_is_no_hiding_place(string bits, string method)
    {
        using var folder = new TemporaryFolder();
        string plain = folder.Write("plain.pdf", TestDocuments.Pages(1));
        string encrypted = folder.PathTo("encrypted.pdf");
        Assert.Equal(0, Tool.Run("qpdf", "--allow-weak-crypto", "--encrypt", "", "owner", bits, method, "--", plain, encrypted).ExitCode);
        byte[] document = await File.ReadAllBytesAsync(encrypted, TestContext.Current.CancellationToken);
        SignedFixture fixture = await SignedFixture.CreateAsync();
        int odd = RoomOf(await fixture.SignAsync(document, PadesLevel.T(new RoomySource(fixture.Pki.Timestamps)))).Length / 2 % 16;
        byte[] signed = await fixture.SignAsync(document, PadesLevel.T(new RoomySource(fixture.Pki.Timestamps, 16_384 + 16 - odd)));

        FillWithEncryptedZeros(signed, method == "--use-aes=n");
        VerificationResult result = await fixture.VerifyAsync(signed);
        Assert.True(result.Verdict == DocumentVerdict.Valid, LevelTests.Explain(result));

        int end = EndOfGap(signed);
        signed[end - 1_000] = (byte)(signed[end - 1_000] == '7' ? '8' : '7');
        Assert.Contains((await fixture.VerifyFirstAsync(signed)).Checks, check => check is { Rule: CheckRule.Padding, Outcome: CheckOutcome.Failed });
    }

    /// <summary>The digits of the value.</summary>
    private static Span<byte> RoomOf(byte[] signed)
    {
        int end = EndOfGap(signed) - 1;
        int start = signed.AsSpan(0, end).LastIndexOf((byte)'<') + 1;
        return signed.AsSpan(start, end - start);
    }

    private static void FillWithEncryptedZeros(byte[] signed, bool isRc4)
    {
        Span<byte> room = RoomOf(signed);
        byte[] contents = Convert.FromHexString(Encoding.ASCII.GetString(room));
        SignedData.Decode(contents, out int used);
        using PdfDocument document = PdfDocument.Open(signed);
        PdfReference reference = document.SignatureFields[0].ValueReference!;
        byte[] zeros = document.Security!.EncryptString(new byte[isRc4 ? contents.Length : contents.Length - 17], reference.Number, reference.Generation);
        Encoding.ASCII.GetBytes(Convert.ToHexString(zeros.AsSpan(used))).CopyTo(room[(2 * used)..]);
    }

    [Fact]
    public async Task Bytes_appended_without_a_revision_are_found()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] signed = await fixture.SignAsync();
        byte[] changed = [.. signed, .. "\n9 0 obj<</Type/Page>>endobj\n"u8];
        VerificationResult result = await fixture.VerifyAsync(changed);
        Assert.Equal(DocumentVerdict.Invalid, result.Verdict);
        Assert.Equal(Coverage.Invalid, result.Signatures[0].Coverage);
        Assert.Equal(DocumentCode.Tampered, result.Code);
    }

    [Fact]
    public async Task A_line_end_after_the_file_does_no_harm()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] changed = [.. await fixture.SignAsync(), .. "\r\n"u8];
        VerificationResult result = await fixture.VerifyAsync(changed);
        Assert.True(result.Verdict == DocumentVerdict.Valid, LevelTests.Explain(result));
        Assert.Equal(Coverage.WholeRevision, result.Signatures[0].Coverage); // the line end is not covered
    }

    /// <summary>Universal signature forgery (CVE-2018-16042 and following): without its value or its range a signature is broken, never absent.</summary>
    [Theory]
    [InlineData("/ByteRange", "/ByteRangf")]
    [InlineData("/Contents<", "/Contentt<")]
    [InlineData("/SubFilter", "/SubFiltes")]
    public async Task A_signature_that_lost_an_entry_is_broken_and_not_missing(string entry, string replacement)
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] signed = await fixture.SignAsync();
        int at = signed.AsSpan().IndexOf(Encoding.ASCII.GetBytes(entry));
        Assert.True(at > 0, entry + " was not found");
        Encoding.ASCII.GetBytes(replacement).CopyTo(signed, at);
        VerificationResult result = await fixture.VerifyAsync(signed);
        Assert.Equal(DocumentVerdict.Invalid, result.Verdict);
        Assert.Single(result.Signatures);
    }

    /// <summary>A prepared file: its cross-reference leads beyond its end, where an attacker puts the object after the victim has signed.</summary>
    [Fact]
    public async Task An_object_that_appears_where_a_signed_entry_pointed_to_nothing_is_found()
    {
        const int Beyond = 60_000;
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] prepared = Prepare(Beyond);
        byte[] signed = await fixture.SignAsync(prepared);
        long previous = LastStartXref(signed);
        string padding = "%" + new string('x', Beyond - signed.Length - 3) + "\n";
        string body = "\n" + padding + "9 0 obj<</Length 9>>stream\n0 0 m 9 0\nendstream\nendobj\n";
        string update = body + $"xref\n0 1\n0000000000 65535 f \ntrailer<</Size 40/Root 1 0 R/Prev {previous}>>\nstartxref\n{signed.Length + body.Length}\n%%EOF\n";
        byte[] attacked = [.. signed, .. Encoding.ASCII.GetBytes(update)];
        Assert.True(attacked.AsSpan(Beyond).StartsWith("9 0 obj"u8));
        VerificationResult result = await fixture.VerifyAsync(attacked);
        Assert.Equal(DocumentVerdict.Invalid, result.Verdict);
        Assert.Contains(result.Signatures[0].Checks, check => check is { Rule: CheckRule.Modifications, Outcome: CheckOutcome.Failed });
    }

    private static byte[] Prepare(int beyond)
    {
        string[] objects =
        [
            "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
            "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
            "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 9 0 R>>endobj\n",
        ];
        var text = new StringBuilder("%PDF-1.7\n");
        var xref = new StringBuilder("xref\n0 4\n0000000000 65535 f \n");
        foreach (string each in objects)
        {
            xref.Append(System.Globalization.CultureInfo.InvariantCulture, $"{text.Length:0000000000} 00000 n \n");
            text.Append(each);
        }

        xref.Append(System.Globalization.CultureInfo.InvariantCulture, $"9 1\n{beyond:0000000000} 00000 n \n");
        return Encoding.ASCII.GetBytes($"{text}{xref}trailer<</Size 10/Root 1 0 R>>\nstartxref\n{text.Length}\n%%EOF\n");
    }

    private static long LastStartXref(byte[] file)
    {
        int at = file.AsSpan().LastIndexOf("startxref"u8) + 9;
        return long.Parse(Encoding.ASCII.GetString(file, at, file.Length - at).Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries)[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static int EndOfGap(byte[] signed) => signed.AsSpan().IndexOf("/Contents<"u8) is var start && start > 0
        ? start + signed.AsSpan(start).IndexOf((byte)'>') + 1
        : throw new InvalidOperationException("no /Contents");
}
