using ESign.Pdf.Signing;
using ESign.Pdf.Verification;
using ESign.Pki.Certificates;
using ESign.Pki.Validation;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Verification.Attacks;

/// <summary>
/// A contract with everything that attacks on signed documents have used, really signed by a trusted signer: whoever is to be
/// deceived about it must be deceived by what is appended or rewritten.
/// </summary>
/// <remarks>
/// 1 catalog · 2 pages · 4 form · 5 metadata · 6 information · 7 names · 10, 11 pages · 12 content, 17 content of the second page ·
/// 13 font · 14 to 16 prepared forms, content and page that nothing leads to · 20 field A, signed · 22 field B, waiting · 30 text
/// field with 34 · 31 check box with 40, 41 · 32 choice with 42 · 33 strip with 35, 36 · 38 note · 39 link · 45, 46 layers · 47 picture of page 1 ·
/// 48 font that only the form has · 49 attached file.
/// </remarks>
internal sealed class Victim
{
    public const string Font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";
    public const string FormEntries = "/Type/XObject/Subtype/Form/BBox[0 0 100 50]/Resources<</Font<</F1 13 0 R>>>>";
    public const string Trailer = "/Root 1 0 R/Info 6 0 R/ID[<0123456789ABCDEF0123456789ABCDEF><0123456789ABCDEF0123456789ABCDEF>]";

    private static readonly Lazy<Task<SignedFixture>> s_fixture = new(() => SignedFixture.CreateAsync());
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<(int?, XrefStyle), Task<byte[]>> s_signed = new();

    private Victim(SignedFixture fixture, byte[] signed)
    {
        Fixture = fixture;
        Signed = signed;
    }

    public SignedFixture Fixture { get; }

    public byte[] Signed { get; }

    /// <summary>The contract, signed in field A.</summary>
    /// <param name="certification">/P of DocMDP; null for an approval signature.</param>
    /// <param name="style">How cross-references are written.</param>
    public static async Task<Victim> CreateAsync(int? certification = null, XrefStyle style = XrefStyle.Table)
    {
        SignedFixture fixture = await s_fixture.Value;
        return new Victim(fixture, await s_signed.GetOrAdd((certification, style), _ => SignAsync(fixture, Unsigned(style), certification)));
    }

    /// <summary>Signs something else than the usual contract in its field A.</summary>
    public static async Task<Victim> CreateAsync(byte[] unsigned, int? certification = null)
    {
        SignedFixture fixture = await s_fixture.Value;
        return new Victim(fixture, await SignAsync(fixture, unsigned, certification));
    }

    /// <summary>The contract, signed in field A and archived: a store and a document timestamp follow.</summary>
    public static async Task<Victim> CreateArchivedAsync(int? certification = null)
    {
        Victim signed = await CreateAsync(certification);
        return new Victim(signed.Fixture, await SignedFixture.ExtendAsync(signed.Signed, signed.Fixture.LTA));
    }

    /// <summary>The verdict of a verifier that trusts the signer and asks for no revocation; null when the file is refused.</summary>
    public async Task<VerificationResult?> VerifyAsync(byte[] file)
    {
        try
        {
            return await Fixture.VerifyAsync(file, Policy);
        }
        catch (PdfFormatException)
        {
            return null;
        }
    }

    public VerificationPolicy Policy => Fixture.Policy(online: false) with { UnknownRevocation = UnknownRevocation.Off };

    public static byte[] Unsigned(XrefStyle style = XrefStyle.Table, Action<TestPdf>? more = null)
    {
        TestPdf pdf = Write(new TestPdf());
        more?.Invoke(pdf);
        return pdf.EndRevision(style, Trailer).ToBytes();
    }

    private static TestPdf Write(TestPdf pdf) => pdf
        .Object(1, "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/Metadata 5 0 R/Names 7 0 R/OpenAction[10 0 R/Fit]/OCProperties<</OCGs[45 0 R 46 0 R]/D<</ON[45 0 R]/OFF[46 0 R]>>>>>>")
        .Object(2, "<</Type/Pages/Count 2/Kids[10 0 R 11 0 R]/MediaBox[0 0 595 842]/Resources<</Font<</F1 13 0 R>>>>>>")
        .Object(4, "<</Fields[20 0 R 22 0 R 30 0 R 31 0 R 32 0 R 33 0 R]/SigFlags 3/DA(/F1 0 Tf 0 g)/DR<</Font<</F1 13 0 R/F2 48 0 R>>>>>>")
        .Stream(5, "/Type/Metadata/Subtype/XML", "<x/>")
        .Object(6, "<</Title(Contract)>>")
        .Object(7, "<</EmbeddedFiles<</Names[(a) 49 0 R]>>>>")
        .Object(10, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 13 0 R>>/XObject<</X1 47 0 R>>/Properties<</L1 45 0 R/L2 46 0 R>>>>/Contents 12 0 R/Annots[20 0 R 22 0 R 30 0 R 31 0 R 35 0 R 38 0 R 39 0 R 32 0 R]>>")
        .Object(11, "<</Type/Page/Parent 2 0 R/Contents 17 0 R/Annots[36 0 R]>>")
        .Stream(12, "", "BT /F1 12 Tf 72 700 Td (Pay 1000 yuan) Tj ET q 50 0 0 50 72 500 cm /X1 Do Q /OC /L2 BDC BT /F1 12 Tf 72 680 Td (Pay 9000 yuan) Tj ET EMC")
        .Object(13, Font)
        .Stream(14, FormEntries, "BT /F1 10 Tf 2 2 Td (9000) Tj ET")
        .Stream(15, "", "BT /F1 12 Tf 72 700 Td (Pay 9000 yuan) Tj ET")
        .Object(16, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 13 0 R>>>>/Contents 15 0 R>>")
        .Stream(17, "", "BT /F1 12 Tf 72 700 Td (Second page) Tj ET")
        .Object(20, "<</Type/Annot/Subtype/Widget/FT/Sig/T(A)/F 132/Rect[100 100 200 150]/P 10 0 R>>")
        .Object(22, "<</Type/Annot/Subtype/Widget/FT/Sig/T(B)/F 132/Rect[300 100 400 150]/P 10 0 R>>")
        .Object(30, "<</Type/Annot/Subtype/Widget/FT/Tx/T(amount)/V(1000)/DA(/F1 10 Tf)/F 4/Rect[300 600 400 620]/P 10 0 R/AP<</N 34 0 R>>>>")
        .Object(31, "<</Type/Annot/Subtype/Widget/FT/Btn/T(agree)/V/Off/AS/Off/F 4/Rect[300 560 320 580]/P 10 0 R/AP<</N<</On 40 0 R/Off 41 0 R>>>>>>")
        .Object(32, "<</Type/Annot/Subtype/Widget/FT/Ch/Ff 131072/T(currency)/V(CNY)/Opt[[(CNY)(yuan)][(USD)(dollars)]]/DA(/F1 10 Tf)/F 4/Rect[420 600 520 620]/P 10 0 R/AP<</N 42 0 R>>>>")
        .Object(33, "<</T(Strip)/Kids[35 0 R 36 0 R]>>")
        .Stream(34, FormEntries, "BT /F1 10 Tf 2 2 Td (1000) Tj ET")
        .Object(35, "<</Type/Annot/Subtype/Widget/FT/Tx/Ff 1/T(p1)/Parent 33 0 R/P 10 0 R/F 132/Rect[565 400 595 460]/AP<</N 37 0 R>>>>")
        .Object(36, "<</Type/Annot/Subtype/Widget/FT/Tx/Ff 1/T(p2)/Parent 33 0 R/P 11 0 R/F 132/Rect[565 400 595 460]/AP<</N 37 0 R>>>>")
        .Stream(37, FormEntries, "")
        .Object(38, "<</Type/Annot/Subtype/Text/Contents(note)/Rect[20 20 40 40]/P 10 0 R>>")
        .Object(39, "<</Type/Annot/Subtype/Link/Rect[20 60 80 80]/A<</S/URI/URI(https://example.com/)>>/P 10 0 R>>")
        .Stream(40, FormEntries, "0 0 20 20 re f")
        .Stream(41, FormEntries, "0 0 20 20 re S")
        .Stream(42, FormEntries, "BT /F1 10 Tf 2 2 Td (yuan) Tj ET")
        .Object(45, "<</Type/OCG/Name(shown)>>")
        .Object(46, "<</Type/OCG/Name(hidden)>>")
        .Stream(47, "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", "x")
        .Object(48, Font.Replace("Helvetica", "Courier", StringComparison.Ordinal))
        .Object(49, "<</Type/Filespec/F(a.txt)/EF<</F 5 0 R>>>>");

    private static Task<byte[]> SignAsync(SignedFixture fixture, byte[] unsigned, int? certification) => fixture.SignAsync(
        unsigned,
        options: new SignatureOptions { FieldName = "A", Reason = "agreed", Certification = (CertificationLevel?)certification });
}
