using System.Text;
using System.Text.RegularExpressions;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pdf.Tests.LongTerm;
using ESign.Pki.Cms;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Signing;

/// <summary>The signature dictionary and its neighbours. Trap numbers: the list of byte-level traps of incremental signing.</summary>
public sealed partial class SignatureTrapTests
{
    [Fact]
    public async Task Trap31_the_byte_range_has_room_for_64_bits_and_the_gap_holds_both_delimiters()
    {
        byte[] signed = await SignAsync(TestPdf.WithPages().ToBytes());
        string text = Encoding.Latin1.GetString(signed);
        Match token = ByteRangeToken().Match(text);
        Assert.True(token.Length >= "/ByteRange".Length + 60, $"only {token.Length} characters");
        Assert.Equal($"[0 {long.MaxValue} {long.MaxValue} {long.MaxValue}]".Length, token.Length - "/ByteRange".Length);
        long[] range = [.. token.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => long.Parse(n, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(('<', '>'), (text[(int)range[1]], text[(int)range[2] - 1]));
        Assert.Equal(signed.Length, range[2] + range[3]);
    }

    [Theory]
    [InlineData("B-T")]
    [InlineData("B-LTA")]
    public async Task Trap32_a_token_that_outgrows_its_room_is_asked_for_once_more_and_the_value_is_zero_padded(string name)
    {
        TestPki pki = await TestPki.SharedAsync();
        var modest = new Modest(pki.Timestamps);
        PadesLevel level = name == "B-T" ? PadesLevel.T(modest) : PadesLevel.LTA(modest, await TestRevocation.ListsAsync(pki));
        byte[] signed = await SignAsync(TestPdf.WithPages().ToBytes(), new SignatureOptions { Level = level });
        using var folder = new TemporaryFolder();
        var file = new SignedFile(signed);
        Assert.Equal((1, name == "B-T" ? 0 : 1), file.CheckTimestamps(pki, folder));
        Assert.Equal(name == "B-T" ? 2 : 4, modest.Asked);
        Assert.All(Witness.PdfSig(folder.Write("signed.pdf", signed)).Take(1), entry => Assert.True(entry.IsValid, entry.Text));
        Assert.All(ContentsToken().Matches(Encoding.Latin1.GetString(signed)), match => Assert.Equal(0, match.Groups[1].Length % 2));
    }

    [Fact]
    public async Task Trap32_an_authority_whose_tokens_keep_growing_is_an_error_that_writes_nothing()
    {
        TestPki pki = await TestPki.SharedAsync();
        var output = new MemoryStream();
        var options = new SignatureOptions { Level = PadesLevel.T(new Growing(pki)) };
        await Assert.ThrowsAsync<TimestampUnavailableException>(() => new PdfSigner(pki.Enterprise).SignAsync(new MemoryStream(TestPdf.WithPages().ToBytes()), output, options));
        Assert.Equal(0, output.Length);
    }

    [Fact]
    public async Task Trap35_an_older_signature_is_never_taken_for_the_new_one()
    {
        byte[] first = await SignAsync(TestPdf.WithPages().ToBytes());
        byte[] second = await SignAsync(first);
        Assert.True(second.AsSpan().StartsWith(first));
        IReadOnlyList<(byte[] Covered, byte[] Value, string VriKey)> found = new SignedFile(second).Signatures();
        Assert.Equal(2, found.Count);
        Assert.Equal(new SignedFile(first).Signatures()[0].VriKey, found[0].VriKey);
        Assert.True(found[1].Covered.AsSpan().StartsWith(first));
    }

    [Fact]
    public async Task Trap37_the_dictionary_and_the_attributes_are_those_of_PAdES()
    {
        byte[] signed = await SignAsync(TestPdf.WithPages().ToBytes(), new SignatureOptions { Reason = "合同签署" });
        using PdfDocument document = PdfDocument.Open(signed);
        PdfDictionary signature = document.SignatureFields[0].Value!;
        Assert.Equal(("Sig", "Adobe.PPKLite", "ETSI.CAdES.detached"), (Name(signature, "Type"), Name(signature, "Filter"), Name(signature, "SubFilter")));
        Assert.Matches(@"^D:\d{14}(Z|[+-]\d\d'\d\d')$", ((PdfString)signature["M"]!).ToText());
        Assert.False(signature.ContainsKey("Cert"));
        SignerInfo signer = SignedData.Decode(new SignedFile(signed).Signatures()[0].Value).SignerInfos[0];
        Assert.Null(signer.FindSignedAttribute("1.2.840.113549.1.9.5")); // signing-time
        Assert.NotNull(signer.FindSignedAttribute("1.2.840.113549.1.9.16.2.47")); // signing-certificate-v2
        await Assert.ThrowsAsync<ArgumentException>(() => SignAsync(TestPdf.WithPages().ToBytes(), new SignatureOptions { Reason = "x", CommitmentTypeOid = "1.2.840.113549.1.9.16.6.1" }));
        byte[] committed = await SignAsync(TestPdf.WithPages().ToBytes(), new SignatureOptions { CommitmentTypeOid = "1.2.840.113549.1.9.16.6.1" });
        Assert.NotNull(SignedData.Decode(new SignedFile(committed).Signatures()[0].Value).SignerInfos[0].FindSignedAttribute("1.2.840.113549.1.9.16.2.16"));
    }

    [Fact]
    public async Task Trap38_a_document_timestamp_says_nothing_but_what_it_is()
    {
        TestPki pki = await TestPki.SharedAsync();
        byte[] signed = await SignAsync(TestPdf.WithPages().ToBytes(), new SignatureOptions { Level = PadesLevel.LTA(pki.Timestamps, await TestRevocation.ListsAsync(pki)) });
        using PdfDocument document = PdfDocument.Open(signed);
        PdfDictionary stamp = document.SignatureFields[^1].Value!;
        Assert.Equal(["ByteRange", "Contents", "Filter", "SubFilter", "Type"], stamp.Select(entry => entry.Key).Order(StringComparer.Ordinal));
        Assert.Equal(("DocTimeStamp", "ETSI.RFC3161"), (Name(stamp, "Type"), Name(stamp, "SubFilter")));
    }

    [Fact]
    public async Task Trap39_certification_has_direct_parameters_no_digest_and_its_entry_in_Perms()
    {
        byte[] signed = await SignAsync(TestPdf.WithPages().ToBytes(), new SignatureOptions { Certification = CertificationLevel.FormFilling });
        using PdfDocument document = PdfDocument.Open(signed);
        SignatureField field = document.SignatureFields[0];
        var reference = Assert.IsType<PdfDictionary>(Assert.Single(Assert.IsType<PdfArray>(field.Value!["Reference"])));
        var parameters = Assert.IsType<PdfDictionary>(reference["TransformParams"]);
        Assert.Equal(("DocMDP", "1.2", 2L), (Name(reference, "TransformMethod"), Name(parameters, "V"), ((PdfInteger)parameters["P"]!).Value));
        Assert.False(reference.ContainsKey("DigestMethod") || reference.ContainsKey("DigestValue"));
        Assert.Equal(field.ValueReference, ((PdfDictionary)document.Resolve(document.Catalog["Perms"]))["DocMDP"]);
    }

    [Fact]
    public async Task Trap39_an_indirect_lock_of_the_field_becomes_its_FieldMDP_and_names_go_by_component()
    {
        byte[] original = TestPdf.WithPages(catalog: "/AcroForm<</Fields[30 0 R 32 0 R 33 0 R]>>", page: "/Annots[30 0 R]")
            .Object(30, "<</Type/Annot/Subtype/Widget/FT/Sig/T(here)/Rect[100 100 200 160]/P 10 0 R/F 4/Lock 31 0 R>>")
            .Object(31, "<</Type/SigFieldLock/Action/Include/Fields 34 0 R>>")
            .Object(32, "<</FT/Sig/T(locked)/Rect[0 0 0 0]>>")
            .Object(33, "<</FT/Sig/T(lockedNot)/Rect[0 0 0 0]>>")
            .Object(34, "[(locked)]")
            .EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();
        byte[] signed = await SignAsync(original, new SignatureOptions { FieldName = "here" });
        using PdfDocument document = PdfDocument.Open(signed);
        var reference = (PdfDictionary)((PdfArray)document.SignatureFields.Single(field => field.IsSigned).Value!["Reference"]!)[0];
        var parameters = (PdfDictionary)reference["TransformParams"]!;
        Assert.Equal(("FieldMDP", "Include"), (Name(reference, "TransformMethod"), Name(parameters, "Action")));
        Assert.Equal(["locked"], ((PdfArray)parameters["Fields"]!).Select(name => ((PdfString)name).ToText()));
        SigningRefusedException refused = await Assert.ThrowsAsync<SigningRefusedException>(() => SignAsync(signed, new SignatureOptions { FieldName = "locked" }));
        Assert.Equal(SigningRefusal.FieldLocked, refused.Code);
        await SignAsync(signed, new SignatureOptions { FieldName = "lockedNot" });
    }

    [Fact]
    public async Task Trap40_validation_data_after_a_certification_without_changes_is_written_with_a_warning()
    {
        TestPki pki = await TestPki.SharedAsync();
        PadesLevel level = PadesLevel.LT(pki.Timestamps, await TestRevocation.ListsAsync(pki));
        async Task<SignatureReceipt> CertifyAsync(CertificationLevel certification) =>
            await new PdfSigner(pki.Enterprise).SignAsync(new MemoryStream(TestPdf.WithPages().ToBytes()), new MemoryStream(), new SignatureOptions { Certification = certification, Level = level });
        Assert.Contains("P=1", Assert.Single((await CertifyAsync(CertificationLevel.NoChanges)).Notes), StringComparison.Ordinal);
        Assert.Empty((await CertifyAsync(CertificationLevel.FormFilling)).Notes);
    }

    [Theory]
    [InlineData("1.7", true)]
    [InlineData("2.0", false)]
    public async Task Trap41_the_extension_is_declared_by_the_first_signature_alone_and_not_in_PDF_2(string version, bool declared)
    {
        byte[] original = new TestPdf(version).Object(1, "<</Type/Catalog/Pages 2 0 R>>").Object(2, "<</Type/Pages/Count 1/Kids[3 0 R]>>").Object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>")
            .EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();
        byte[] first = await SignAsync(original);
        byte[] second = await SignAsync(first);
        Assert.Equal(declared ? 1 : 0, Regex.Count(Encoding.Latin1.GetString(first), "/ESIC"));
        using PdfDocument before = PdfDocument.Open(first);
        using PdfDocument after = PdfDocument.Open(second);
        Assert.Equal(before.Catalog["Extensions"], after.Catalog["Extensions"]);
    }

    internal static async Task<byte[]> SignAsync(byte[] original, SignatureOptions? options = null)
    {
        TestPki pki = await TestPki.SharedAsync();
        return await SigningPlanTests.SignAsync(pki.Enterprise, original, options ?? new SignatureOptions());
    }

    private static string? Name(PdfDictionary dictionary, string key) => (dictionary[key] as PdfName)?.Value;

    [GeneratedRegex(@"/ByteRange\s*\[([0-9 ]+)\] *")]
    private static partial Regex ByteRangeToken();

    [GeneratedRegex(@"/Contents\s*<([0-9A-Fa-f]+)>")]
    private static partial Regex ContentsToken();

    /// <summary>Says its tokens are small, and sends large ones.</summary>
    private sealed class Modest(ITimestampSource inner) : ITimestampSource
    {
        public int MaximumTokenSize => 100;

        public int Asked { get; private set; }

        public ValueTask<TimestampToken> GetTimestampAsync(DigestAlgorithm algorithm, ReadOnlyMemory<byte> imprint, CancellationToken cancellationToken = default)
        {
            Asked++;
            return inner.GetTimestampAsync(algorithm, imprint, cancellationToken);
        }
    }

    /// <summary>Sends ever larger tokens: an authority whose chain grows with each.</summary>
    private sealed class Growing(TestPki pki) : ITimestampSource
    {
        private readonly List<Pki.Certificates.Certificate> _chain = [.. pki.Enterprise.Issuers];

        public int MaximumTokenSize => 100;

        public async ValueTask<TimestampToken> GetTimestampAsync(DigestAlgorithm algorithm, ReadOnlyMemory<byte> imprint, CancellationToken cancellationToken = default)
        {
            TestPki another = await TestPki.CreateAsync();
            _chain.AddRange([another.Root.Certificate, another.Issuing.Certificate, another.Enterprise.Certificate, another.Timestamps.Certificate]);
            TestSigner signer = TestSigner.Create(SignatureAlgorithm.EcdsaP256Sha256, ["1.3.6.1.5.5.7.3.8"]);
            var authority = new Tsa.TimestampAuthority(new Pki.Certificates.SigningCredential(signer.Certificate, [signer.Root, .. _chain], signer.Key), new Tsa.TimestampAuthorityOptions { Policies = [new Tsa.TimestampPolicy("1.3.6.1.4.1.55555.1.1")] });
            return await authority.GetTimestampAsync(algorithm, imprint, cancellationToken);
        }
    }
}
