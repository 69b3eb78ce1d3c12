using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Signing;
using ESign.Pdf.Syntax.CrossReference;
using ESign.Pdf.Verification;
using ESign.Pki.Validation;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Signing;

/// <summary>Files whose structure is odd or broken, signed from end to end. Trap numbers: the list of byte-level traps of incremental signing.</summary>
public sealed partial class FileTrapTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Signs, and asks every witness: the original is an untouched prefix, pdfsig and our verifier find the signature intact, qpdf has nothing new to say.</summary>
    private async Task<byte[]> SignAsync(byte[] original, bool isPrefix = true)
    {
        byte[] signed = await SignatureTrapTests.SignAsync(original);
        Assert.Equal(isPrefix, signed.AsSpan().StartsWith(original));
        string before = _folder.Write("before.pdf", original);
        string after = _folder.Write("after.pdf", signed);
        Assert.True(Witness.PdfSig(after) is [.., { IsValid: true, CoversTotalDocument: true }], Tool.Run("pdfsig", after).Output);
        Assert.Empty(Witness.QpdfComplaints(after).Except(Witness.QpdfComplaints(before), StringComparer.Ordinal));
        VerificationResult result = await new PdfVerifier(new VerificationPolicy { TrustAnchors = await AnchorsAsync(), UnknownRevocation = UnknownRevocation.Accept }).VerifyAsync(new MemoryStream(signed));
        Assert.Equal(Indication.Passed, result.Signatures[^1].Indication);
        return signed;
    }

    private static async Task<TrustAnchors> AnchorsAsync() => new([(await TestPki.SharedAsync()).Root.Certificate]);

    private static string Tail(byte[] original, byte[] signed) => Encoding.Latin1.GetString(signed.AsSpan(original.Length));

    [Fact]
    public async Task Trap5_the_trailer_keeps_every_entry_but_those_of_its_section()
    {
        byte[] table = TestPdf.WithPages(trailer: "/Info 5 0 R/ID[<01><02>]/DocChecksum/ABC/Private<</Kept 1>>").ToBytes();
        byte[] stream = TestPdf.WithPages(XrefStyle.Stream, trailer: "/ID[<01><02>]/DocChecksum/ABC/Private<</Kept 1>>/DecodeParms<</Predictor 1>>").ToBytes();
        foreach (byte[] original in (byte[][])[table, stream])
        {
            byte[] signed = await SignAsync(original);
            using PdfDocument document = PdfDocument.Open(signed);
            PdfDictionary trailer = document.Objects.Table.Sections[0].Trailer;
            Assert.Equal("<</Kept 1>>", trailer["Private"]!.ToString());
            Assert.Equal(new PdfString(new byte[] { 1 }, true), ((PdfArray)trailer["ID"]!)[0]);
            Assert.NotEqual(new PdfString(new byte[] { 2 }, true), ((PdfArray)trailer["ID"]!)[1]);
            Assert.Equal(ReferenceEquals(original, table), trailer.ContainsKey("Info"));
            Assert.False(trailer.ContainsKey("DocChecksum") || trailer.ContainsKey("XRefStm") || trailer.ContainsKey("DecodeParms"));
            Assert.Equal(document.Objects.Table.Sections[1].Position, ((PdfInteger)trailer["Prev"]!).Value);
        }
    }

    [Theory]
    [InlineData("1.4")]
    [InlineData("2.0")]
    public async Task Trap9_the_header_is_the_only_one_and_the_version_is_not_lowered(string version)
    {
        byte[] original = new TestPdf(version).Object(1, "<</Type/Catalog/Pages 2 0 R>>").Object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
            .Object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>").EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();
        byte[] signed = await SignAsync(original);
        using PdfDocument document = PdfDocument.Open(signed);
        Assert.True(string.CompareOrdinal(document.Version, version) >= 0, document.Version);
        Assert.Equal(0, signed.AsSpan().LastIndexOf("%PDF"u8));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task Trap10_entries_are_of_twenty_bytes_and_lead_to_their_objects(string eol)
    {
        byte[] original = TestPdf.WithPages(eol: eol).ToBytes();
        byte[] signed = await SignAsync(original);
        string text = Encoding.Latin1.GetString(signed);
        int section = text.LastIndexOf("xref\n", text.LastIndexOf("startxref", StringComparison.Ordinal), StringComparison.Ordinal) + 5;
        string table = text[section..text.IndexOf("trailer", section, StringComparison.Ordinal)];
        int number = 0;
        int entries = 0;
        for (int at = 0; at < table.Length;)
        {
            Match head = Heading().Match(table, at);
            if (head.Success && head.Index == at)
            {
                number = int.Parse(head.Groups[1].Value, CultureInfo.InvariantCulture);
                at += head.Length;
                continue;
            }

            Match entry = Entry().Match(table.Substring(at, 20));
            Assert.True(entry.Success, table.Substring(at, 20));
            if (entry.Groups[2].Value == "n")
            {
                Assert.StartsWith($"{number} 0 obj", text[int.Parse(entry.Groups[1].Value, CultureInfo.InvariantCulture)..], StringComparison.Ordinal);
            }

            (number, at, entries) = (number + 1, at + 20, entries + 1);
        }

        Assert.True(entries >= 5);
    }

    [Fact]
    public async Task Trap11_a_cross_reference_stream_lists_itself_and_its_subsections_in_order()
    {
        byte[] signed = await SignAsync(TestPdf.WithPages(XrefStyle.Stream).ToBytes());
        using PdfDocument document = PdfDocument.Open(signed);
        XrefSection section = document.Objects.Table.Sections[0];
        int[] numbers = [.. section.Numbers()];
        Assert.Equal(numbers.Order().Distinct(), numbers);
        Assert.Contains(numbers, number => document.Objects.Table.Find(number) is { Kind: XrefEntryKind.InFile } entry && entry.Position == section.Position);
    }

    [Theory]
    [InlineData(XrefStyle.Table)]
    [InlineData(XrefStyle.Stream)]
    public async Task Trap12_size_counts_the_objects_of_every_revision(XrefStyle style)
    {
        byte[] original = TestPdf.WithPages(style).Object(70, "(old)").EndRevision(style, "/Root 1 0 R").Object(20, "(newer, and lower)").EndRevision(style, "/Root 1 0 R").ToBytes();
        byte[] lying = Encoding.Latin1.GetBytes(SizeEntry().Replace(Encoding.Latin1.GetString(original), "/Size 21"));
        byte[] signed = await SignatureTrapTests.SignAsync(lying);
        using PdfDocument document = PdfDocument.Open(signed);
        Assert.True(((PdfInteger)document.Trailer["Size"]!).Value > 71);
        Assert.Equal(PdfString.Text("old"), document.Resolve(new PdfReference(70)));
        Assert.All(document.Objects.Table.Sections[0].Numbers(), number => Assert.True(number is 0 or 1 or 10 or > 70, $"object {number} is written over"));
    }

    [Fact]
    public async Task Trap13_a_single_wrong_entry_is_corrected_by_the_update_and_the_receipt_says_so()
    {
        byte[] original = Break(TestPdf.WithPages(pages: 6).ToBytes(), "0000000015 00000 n", "0000000099 00000 n");
        var output = new MemoryStream();
        TestPki pki = await TestPki.SharedAsync();
        SignatureReceipt receipt = await new PdfSigner(pki.Enterprise).SignAsync(new MemoryStream(original), output, new SignatureOptions());
        Assert.Contains("the update corrects them", Assert.Single(receipt.Notes), StringComparison.Ordinal);
        Assert.True(output.ToArray().AsSpan().StartsWith(original));
        string path = _folder.Write("corrected.pdf", output.ToArray());
        Assert.Empty(Witness.QpdfComplaints(path));
        Assert.True(Witness.PdfSig(path) is [{ IsValid: true, CoversTotalDocument: true }]);
        using PdfDocument document = PdfDocument.Open(output.ToArray());
        Assert.False(document.WasRepaired);
    }

    [Theory]
    [InlineData("0000000", "0000001")]
    [InlineData("xref\n0 3", "xref\n0 2\nx")]
    [InlineData("startxref", "startxxxx")]
    public async Task Trap13_a_broken_table_is_rewritten_before_the_first_signature(string part, string broken)
    {
        byte[] original = Break(TestPdf.WithPages(pages: 2).ToBytes(), part, broken);
        var output = new MemoryStream();
        TestPki pki = await TestPki.SharedAsync();
        SignatureReceipt receipt = await new PdfSigner(pki.Enterprise).SignAsync(new MemoryStream(original), output, new SignatureOptions());
        Assert.Contains("rewritten", Assert.Single(receipt.Notes), StringComparison.Ordinal);
        string path = _folder.Write("mended.pdf", output.ToArray());
        Assert.Empty(Witness.QpdfComplaints(path));
        Assert.True(Witness.PdfSig(path) is [{ IsValid: true, CoversTotalDocument: true }]);
        await SignAsync(output.ToArray());
    }

    [Theory]
    [InlineData("startxref", "startxxxx")]
    [InlineData("0000000000 65535 f", "0000000000 65535 x")]
    public async Task Trap13_a_broken_table_is_never_rewritten_under_a_signature(string part, string broken)
    {
        byte[] signed = Break(await SignatureTrapTests.SignAsync(TestPdf.WithPages(pages: 2).ToBytes()), part, broken);
        using (PdfDocument document = PdfDocument.Open(signed))
        {
            Assert.True(document.WasRepaired);
            Assert.Single(document.SignatureFields);
        }

        var output = new MemoryStream();
        TestPki pki = await TestPki.SharedAsync();
        Exception refused = await Assert.ThrowsAnyAsync<Exception>(() => new PdfSigner(pki.Enterprise).SignAsync(new MemoryStream(signed), output, new SignatureOptions()));
        Assert.True(refused is PdfFormatException or SigningRefusedException { Code: SigningRefusal.DamagedAndSigned }, refused.ToString());
        Assert.Matches("sign(ed|atures)", refused.Message);
        Assert.Equal(0, output.Length);
    }

    private static byte[] Break(byte[] file, string part, string broken)
    {
        string text = Encoding.Latin1.GetString(file);
        Assert.Contains(part, text, StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(text.Replace(part, broken, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0", "\n%%EOF\n", false)]
    [InlineData("7", "\n%%EOF\n", false)]
    [InlineData("+9", "\n%%EOF\n", false)]
    [InlineData("=", " %%EOF", true)]
    [InlineData("=", "\n%%EOF\n<!-- two kilobytes of something else -->", true)]
    public async Task Trap14_startxref_wrong_nought_on_the_line_of_the_marker_or_far_before_the_end(string written, string ending, bool isPrefix)
    {
        string text = Encoding.Latin1.GetString(TestPdf.WithPages(pages: 2).ToBytes());
        int pointer = text.LastIndexOf("startxref\n", StringComparison.Ordinal) + 10;
        string right = text[pointer..text.IndexOf('\n', pointer)];
        string pointed = written switch
        {
            "=" => right,
            "+9" => (int.Parse(right, CultureInfo.InvariantCulture) + 9).ToString(CultureInfo.InvariantCulture),
            _ => written,
        };
        string end = ending.Contains("kilobytes", StringComparison.Ordinal) ? ending + new string(' ', 2048) + "\n" : ending;
        byte[] original = Encoding.Latin1.GetBytes(text[..pointer] + pointed + end);
        byte[] signed = await SignatureTrapTests.SignAsync(original);
        Assert.Equal(isPrefix, signed.AsSpan().StartsWith(original));
        string path = _folder.Write("signed.pdf", signed);
        Assert.True(Witness.PdfSig(path) is [{ IsValid: true, CoversTotalDocument: true }]);
        if (!isPrefix)
        {
            Assert.Empty(Witness.QpdfComplaints(path));
        }
    }

    [Fact]
    public async Task Trap16_an_object_of_an_object_stream_is_overridden_and_freed_numbers_stay_free()
    {
        string text = Encoding.Latin1.GetString(TestPdf.WithPages(XrefStyle.Table).Object(30, "(gone)").EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes());
        byte[] freed = Encoding.Latin1.GetBytes(Regex.Replace(text, @"(?<=30 1\n)\d{10} 00000 n", "0000000000 00001 f"));
        byte[] signed = await SignAsync(freed);
        using PdfDocument document = PdfDocument.Open(signed);
        Assert.Equal(XrefEntryKind.Free, document.Objects.Table.Find(30).Kind);

        byte[] compressed = await SignAsync(TestPdf.WithPages(XrefStyle.Stream).ToBytes());
        using PdfDocument changed = PdfDocument.Open(compressed);
        Assert.Equal(XrefEntryKind.InFile, changed.Objects.Table.Find(1).Kind);
        Assert.Equal(XrefEntryKind.InStream, changed.Objects.Table.Find(2).Kind);
    }

    [Fact]
    public async Task Trap19_null_is_missing_the_last_of_equal_keys_counts_names_have_escapes_and_tokens_touch()
    {
        byte[] original = new TestPdf()
            .Object(1, "<</Type/Catalog/AcroForm 9 0 R/Acro#46orm<</Fi#65lds null/SigFlags null/DA(/Helv 0 Tf)>>/Pages 2 0 R/Perms null>>")
            .Object(2, "<</Kids 4 0 R/Kids[3 0 R]/Count 7/Count 1/Type/P#61ges>>")
            .Object(3, "<</Type/Page/Parent 2 0 R/Annots null/Media#42ox[0 0 595 842]/Rotate null/Resources<<>>/Contents 5 0 R>>")
            .Stream(5, "/Filter null", "q Q").EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();
        byte[] signed = await SignAsync(original);
        using PdfDocument document = PdfDocument.Open(signed);
        Assert.Equal(1, document.PageCount);
        Assert.Single(document.SignatureFields);
        Assert.Single(document.GetPage(1).Annotations());
        Assert.Equal("(/Helv 0 Tf)", document.AcroForm.Dictionary!["DA"]!.ToString());
        Assert.Equal(3, document.AcroForm.SignatureFlags);
    }

    [Fact]
    public async Task Trap34_an_encrypted_draft_is_completed_with_the_bytes_that_were_prepared()
    {
        TestPki pki = await TestPki.SharedAsync();
        string plain = _folder.Write("plain.pdf", TestPdf.WithPages().ToBytes());
        string encrypted = _folder.PathTo("encrypted.pdf");
        Assert.Equal(0, Tool.Run("qpdf", "--encrypt", "", "owner", "256", "--", plain, encrypted).ExitCode);
        var draft = new MemoryStream();
        var signer = new DeferredPdfSigner(pki.Enterprise.Certificate, pki.Enterprise.Issuers, pki.Enterprise.Key.Algorithm);
        PreparedSignature prepared = await signer.PrepareAsync(new MemoryStream(await File.ReadAllBytesAsync(encrypted)), draft, new SignatureOptions { Reason = "两步签署" });
        byte[] before = draft.ToArray();
        byte[] value = await pki.Enterprise.Key.SignAsync(prepared.SignedAttributes);
        await PreparedSignature.FromJson(prepared.ToJson()).CompleteAsync(draft, value);
        byte[] after = draft.ToArray();

        // The initialisation vectors are random; had anything been written anew, it would differ.
        int first = Enumerable.Range(0, before.Length).First(i => before[i] != after[i]);
        int last = Enumerable.Range(0, before.Length).Last(i => before[i] != after[i]);
        string text = Encoding.Latin1.GetString(after);
        int contents = text.LastIndexOf("/Contents<", StringComparison.Ordinal) + 10;
        Assert.InRange(first, contents, contents + 10);
        Assert.InRange(last, first, text.IndexOf('>', contents));
        string path = _folder.Write("signed.pdf", after);
        Assert.True(Witness.PdfSig(path) is [{ IsValid: true, CoversTotalDocument: true }]);
        Assert.Empty(Witness.QpdfComplaints(path));
    }

    [Theory]
    [InlineData("comment")]
    [InlineData("literal")]
    [InlineData("garbage")]
    public async Task Trap36_comments_literal_strings_and_bytes_behind_the_value_in_the_gap_are_found(string attack)
    {
        byte[] signed = await SignatureTrapTests.SignAsync(TestPdf.WithPages().ToBytes());
        string text = Encoding.Latin1.GetString(signed);
        int open = text.LastIndexOf("/Contents<", StringComparison.Ordinal) + 9;
        int close = text.IndexOf('>', open);
        string value = text[(open + 1)..close];
        string replaced = attack switch
        {
            "comment" => $"<{value[..^40]}>%{new string('x', 39)}",
            "literal" => $"({string.Concat(Enumerable.Range(0, value.Length / 8).Select(i => "\\101"))}" + new string('A', value.Length - (value.Length / 8 * 4)) + ")",
            _ => $"<{value[..^8]}DEADBEEF>",
        };
        Assert.Equal(value.Length + 2, replaced.Length);
        byte[] attacked = Encoding.Latin1.GetBytes(text[..open] + replaced + text[(close + 1)..]);
        VerificationResult result = await new PdfVerifier(new VerificationPolicy { TrustAnchors = await AnchorsAsync(), UnknownRevocation = UnknownRevocation.Accept }).VerifyAsync(new MemoryStream(attacked));
        Assert.NotEqual(Indication.Passed, result.Signatures[0].Indication);
    }

    [GeneratedRegex(@"(\d+) \d+\n")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(\d{10}) \d{5} ([nf]) \n$")]
    private static partial Regex Entry();

    [GeneratedRegex(@"/Size \d+")]
    private static partial Regex SizeEntry();
}
