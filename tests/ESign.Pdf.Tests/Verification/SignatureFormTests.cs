using ESign.Pdf.Verification;
using ESign.Pki.Validation;

namespace ESign.Pdf.Tests.Verification;

/// <summary>Signature fields and dictionaries as programs write them and as nobody should (ISO 32000-2 §12.7.5.5, §12.8.1): what each comes to.</summary>
public class SignatureFormTests
{
    private const string Passed = nameof(SubIndication.None);
    private static readonly HandmadePdf s_right = new();
    private static readonly Lazy<HandmadeSigner> s_signer = new(static () => HandmadeSigner.Rsa());
    private static readonly Dictionary<string, HandmadePdf> s_cases = new(StringComparer.Ordinal)
    {
        ["nothing wrong"] = s_right,
        ["small letters"] = s_right with { WriteContents = static value => "<" + Convert.ToHexStringLower(value) + ">" },
        ["an odd number of digits"] = s_right with { WriteContents = static value => "<" + Convert.ToHexString(value)[..^1] + ">" },
        ["a literal string"] = s_right with { WriteContents = static value => "(" + string.Concat(value.Select(octet => $"\\{Convert.ToString(octet, 8).PadLeft(3, '0')}")) + ")" },
        ["white space between the digits"] = s_right with { WriteContents = static value => "<" + Convert.ToHexString(value).Insert(100, "\n") + ">" },
        ["a letter that is no digit"] = s_right with { WriteContents = static value => "<" + Convert.ToHexString(value)[..^1] + "G>" },

        ["the gap begins too early"] = s_right with { WriteRange = static (start, end, length) => $"[0 {start - 1} {end} {length - end}]" },
        ["the gap ends too late"] = s_right with { WriteRange = static (start, end, length) => $"[0 {start} {end + 1} {length - end - 1}]" },
        ["the gap leaves the delimiters out"] = s_right with { WriteRange = static (start, end, length) => $"[0 {start + 1} {end - 1} {length - end + 1}]" },
        ["ranges that overlap"] = s_right with { WriteRange = static (start, end, length) => $"[0 {end} {start} {length - start}]" },
        ["a negative number"] = s_right with { WriteRange = static (start, end, length) => $"[0 {start} {end} -{length - end}]" },
        ["a start other than 0"] = s_right with { WriteRange = static (start, end, length) => $"[1 {start - 1} {end} {length - end}]" },
        ["numbers beyond the file"] = s_right with { WriteRange = static (start, end, _) => $"[0 {start} {end} 9223372036854775807]" },
        ["numbers beyond all numbers"] = s_right with { WriteRange = static (start, end, _) => $"[0 {start} {end} 99999999999999999999999]" },
        ["fractions"] = s_right with { WriteRange = static (start, end, length) => $"[0 {start}.0 {end} {length - end}]" },
        ["six numbers"] = s_right with { WriteRange = static (start, end, length) => $"[0 {start} {end} {length - end} {length} 0]" },
        ["two numbers"] = s_right with { WriteRange = static (start, _, _) => $"[0 {start}]" },
        ["no range"] = s_right with { WriteRange = static (_, _, _) => "null" },
        ["the end left out"] = s_right with { WriteRange = static (start, end, length) => $"[0 {start} {end} {length - end - 40}]" },
        ["a range in an object of its own"] = Signed("/ByteRange 6 0 R") with { Other = "RANGE" },

        ["no /Type"] = Without("/Type/Sig"),
        ["no /Filter"] = Without("/Filter/Adobe.PPKLite"),
        ["another /Filter"] = With("/Filter/Adobe.PPKLite", "/Filter/Nobody.Knows"),
        ["no /SubFilter"] = Without("/SubFilter/ETSI.CAdES.detached"),
        ["/SubFilter as a string"] = With("/SubFilter/ETSI.CAdES.detached", "/SubFilter(ETSI.CAdES.detached)"),
        ["/Contents twice"] = With("/ByteRange", "/Contents<00>/ByteRange"),
        ["another name"] = With("/M(", "/Name(Somebody Else)/M("),
        ["build properties without end"] = With("/M(", "/Prop_Build<</App<</Name 5 0 R/REx 1e99>>/Filter 5 0 R>>/M("),
        ["no time"] = Without("/M(D:20260106080000Z)"),
        ["a year for a time"] = With("D:20260106080000Z", "D:2026"),
        ["a time with an old offset"] = With("D:20260106080000Z", "D:20260106160000+08'00'"),
        ["a time without its apostrophe"] = With("D:20260106080000Z", "20260106160000+0800"),
        ["a time that is none"] = With("D:20260106080000Z", "D:20269999999999Z"),
        ["a time that is a number"] = With("/M(D:20260106080000Z)", "/M 2026"),
        ["references that are none"] = With("/M(", "/Reference[null 5 0 R(x)<</TransformMethod/DocMDP/TransformParams 5 0 R>>]/M("),

        ["a field without a widget"] = s_right with { Field = "<</FT/Sig/T(Signature1)/V 5 0 R>>", Page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>" },
        ["a field without a name"] = s_right with { Field = "<</FT/Sig/V 5 0 R/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/F 132>>" },
        ["a value in the parent"] = s_right with { Field = "<</FT/Sig/T(Signature1)/V 5 0 R/Kids[6 0 R]>>", Other = "<</Parent 4 0 R/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/F 132/P 3 0 R>>", Page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots[6 0 R]>>" },
        ["two fields with one value"] = s_right with { Other = "<</FT/Sig/T(Signature2)/V 5 0 R/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/F 132>>", Catalog = "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R 6 0 R]/SigFlags 3>>>>" },
        ["a widget that no form lists"] = s_right with { Catalog = "<</Type/Catalog/Pages 2 0 R>>" },
        ["a dictionary inside the field"] = s_right with { Field = "<</FT/Sig/T(Signature1)/V " + s_right.Signature + "/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/F 132/P 3 0 R>>", Signature = "null" },
        ["a certification that no field shows"] = Unlisted("<</Type/Catalog/Pages 2 0 R/Perms<</DocMDP 5 0 R>>>>"),
        ["a dictionary that nothing shows"] = Unlisted("<</Type/Catalog/Pages 2 0 R>>"),
        ["a field that is no array's"] = s_right with { Catalog = "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields 4 0 R/SigFlags 3>>>>" },

        ["a store that is a number"] = WithStore("7"),
        ["a store of things that are no evidence"] = WithStore("<</Certs[null 5 0 R(x)6 0 R]/CRLs 6 0 R/OCSPs[[6 0 R]]/VRI<</A null/B 6 0 R>>>>"),
        ["a store within itself"] = WithStore("6 0 R") with { Other = "<</Certs[6 0 R]/VRI 6 0 R/A 6 0 R>>" },

        ["an empty field"] = s_right with { Field = "<</FT/Sig/T(Signature1)/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/F 132>>", Signature = "null" },
        ["a null value"] = s_right with { Field = "<</FT/Sig/T(Signature1)/V null/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/F 132>>", Signature = "null" },
        ["a value that is not there"] = s_right with { Field = "<</FT/Sig/T(Signature1)/V 99 0 R/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/F 132>>", Signature = "null" },
        ["a value that is itself"] = s_right with { Field = "<</FT/Sig/T(Signature1)/V 4 0 R/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/F 132>>", Signature = "null" },
    };

    [Theory]
    [InlineData("nothing wrong", Passed)]
    [InlineData("small letters", Passed)]
    [InlineData("an odd number of digits", Passed)]
    [InlineData("a literal string", nameof(SubIndication.FormatFailure))]
    [InlineData("white space between the digits", nameof(SubIndication.FormatFailure))]
    [InlineData("a letter that is no digit", nameof(SubIndication.FormatFailure))]
    [InlineData("the gap begins too early", nameof(SubIndication.FormatFailure))]
    [InlineData("the gap ends too late", nameof(SubIndication.FormatFailure))]
    [InlineData("the gap leaves the delimiters out", nameof(SubIndication.FormatFailure))]
    [InlineData("ranges that overlap", nameof(SubIndication.FormatFailure))]
    [InlineData("a negative number", nameof(SubIndication.FormatFailure))]
    [InlineData("a start other than 0", nameof(SubIndication.FormatFailure))]
    [InlineData("numbers beyond the file", nameof(SubIndication.FormatFailure))]
    [InlineData("numbers beyond all numbers", nameof(SubIndication.FormatFailure))]
    [InlineData("fractions", nameof(SubIndication.FormatFailure))]
    [InlineData("six numbers", nameof(SubIndication.FormatFailure))]
    [InlineData("two numbers", nameof(SubIndication.FormatFailure))]
    [InlineData("no range", nameof(SubIndication.FormatFailure))]
    [InlineData("the end left out", nameof(SubIndication.HashFailure))]
    [InlineData("a range in an object of its own", Passed)]
    [InlineData("no /Type", Passed)]
    [InlineData("no /Filter", Passed)]
    [InlineData("another /Filter", Passed)]
    [InlineData("no /SubFilter", nameof(SubIndication.SigConstraintsFailure))]
    [InlineData("/SubFilter as a string", nameof(SubIndication.SigConstraintsFailure))]
    [InlineData("/Contents twice", nameof(SubIndication.FormatFailure))]
    [InlineData("another name", Passed)]
    [InlineData("build properties without end", Passed)]
    [InlineData("no time", Passed)]
    [InlineData("a year for a time", Passed)]
    [InlineData("a time with an old offset", Passed)]
    [InlineData("a time without its apostrophe", Passed)]
    [InlineData("a time that is none", Passed)]
    [InlineData("a time that is a number", Passed)]
    [InlineData("references that are none", Passed)]
    [InlineData("a field without a widget", Passed)]
    [InlineData("a field without a name", Passed)]
    [InlineData("a value in the parent", Passed)]
    [InlineData("two fields with one value", Passed)]
    [InlineData("a widget that no form lists", Passed)]
    [InlineData("a dictionary inside the field", Passed)]
    [InlineData("a certification that no field shows", Passed)]
    [InlineData("a dictionary that nothing shows", Passed)]
    [InlineData("a field that is no array's", Passed)]
    [InlineData("a store that is a number", Passed)]
    [InlineData("a store of things that are no evidence", Passed)]
    [InlineData("a store within itself", Passed)]
    public async Task Each_gets_what_it_deserves(string variant, string expected)
    {
        VerificationResult result = await VerifyAsync(variant);
        SignatureVerdict verdict = Assert.Single(result.Signatures);
        Assert.True(expected == verdict.SubIndication.ToString(), $"{verdict.SubIndication} {LevelTests.Explain(result)}");
        Assert.Equal(expected == Passed, verdict.Indication == Indication.Passed);
    }

    [Theory]
    [InlineData("an empty field")]
    [InlineData("a null value")]
    [InlineData("a value that is not there")]
    public async Task A_field_without_a_value_waits_for_its_signature(string variant)
    {
        VerificationResult result = await VerifyAsync(variant);
        Assert.Equal(DocumentVerdict.Unsigned, result.Verdict);
        Assert.Equal(["Signature1"], result.UnsignedFields);
    }

    [Fact]
    public async Task A_value_that_is_no_signature_is_a_broken_one()
    {
        VerificationResult result = await VerifyAsync("a value that is itself");
        Assert.Equal(SubIndication.FormatFailure, Assert.Single(result.Signatures).SubIndication);
    }

    [Theory]
    [InlineData("a year for a time", "2026-01-01T00:00:00+00:00")]
    [InlineData("a time with an old offset", "2026-01-06T08:00:00+00:00")]
    [InlineData("a time without its apostrophe", "2026-01-06T08:00:00+00:00")]
    [InlineData("a time that is none", null)]
    [InlineData("a time that is a number", null)]
    [InlineData("no time", null)]
    public async Task The_time_is_read_as_far_as_it_can_be(string variant, string? expected) =>
        Assert.Equal(expected, (await VerifyAsync(variant)).Signatures[0].SigningTime?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("a certification that no field shows")]
    [InlineData("a dictionary that nothing shows")]
    public async Task A_signature_that_no_field_shows_is_judged_and_said_to_be_hidden(string variant)
    {
        SignatureVerdict verdict = (await VerifyAsync(variant)).Signatures[0];
        Assert.True(verdict.IsRemoved);
        Assert.Contains(verdict.Checks, check => check is { Rule: CheckRule.Removed, Outcome: CheckOutcome.Warning } && check.Message.Contains("no field shows", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_signer_is_who_the_certificate_names_whatever_name_is_written()
    {
        SignatureVerdict verdict = (await VerifyAsync("another name")).Signatures[0];
        Assert.Equal(("Handmade Signer", "Somebody Else"), (verdict.Certificate!.Subject.CommonName, verdict.Written.Name));
    }

    [Fact]
    public async Task One_signature_of_two_fields_stands_in_two_places() =>
        Assert.Equal(["Signature1", "Signature2"], (await VerifyAsync("two fields with one value")).Signatures[0].Places.Select(place => place.FieldName));

    private static Task<VerificationResult> VerifyAsync(string variant) =>
        CmsVariantTests.VerifyAsync(s_cases[variant].Build(content => s_signer.Value.Value(content).Encode(content)), s_signer.Value);

    private static HandmadePdf With(string text, string by)
    {
        Assert.Contains(text, s_right.Signature, StringComparison.Ordinal);
        return s_right with { Signature = s_right.Signature.Replace(text, by, StringComparison.Ordinal) };
    }

    private static HandmadePdf Without(string text) => With(text, "");

    private static HandmadePdf Signed(string range) => With("/ByteRange RANGE", range);

    private static HandmadePdf WithStore(string store) =>
        s_right with { Catalog = s_right.Catalog.Replace("/Pages", $"/DSS {store}/Pages", StringComparison.Ordinal), Other = "<</Type/DSS>>" };

    private static HandmadePdf Unlisted(string catalog) =>
        s_right with { Catalog = catalog, Field = "null", Page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>" };
}
