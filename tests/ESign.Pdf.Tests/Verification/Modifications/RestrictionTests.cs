using System.Globalization;
using ESign.Pdf.Document;
using ESign.Pdf.Verification.Modifications;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Verification.Modifications;

/// <summary>DocMDP, FieldMDP and /Lock of the signature itself and of earlier ones, enforced field by field.</summary>
public class RestrictionTests
{
    [Theory]
    [InlineData("All", "", false)]
    [InlineData("Include", "amount", false)]
    [InlineData("Include", "amoun", true)]
    [InlineData("Include", "amount.x", false)]
    [InlineData("Include", "Strip", true)]
    [InlineData("Exclude", "amount", true)]
    [InlineData("Exclude", "Strip", false)]
    [InlineData("Nonsense", "amount", false)]
    public void A_locked_field_may_not_be_filled_in(string action, string field, bool permitted)
    {
        foreach (bool isLock in (bool[])[false, true])
        {
            SignedFile file = isLock
                ? SignedFile.Create(field: SignedFile.Lock(action, field))
                : SignedFile.Create(signature: SignedFile.FieldMdp(action, field));

            ModificationVerdict verdict = file.Update(FillAmount).Judge();

            Assert.True(permitted == verdict.Permitted, $"{action} {field} {isLock}: {verdict}");
            Assert.Equal(permitted, verdict.Findings.Single(finding => finding.Rule == "field-filled").Permitted);
        }
    }

    [Theory]
    [InlineData("Strip", false)]
    [InlineData("Strip.p1", false)]
    [InlineData("Strip.p2", true)]
    public void A_lock_on_a_parent_covers_the_fields_below_it(string field, bool permitted)
    {
        ModificationVerdict verdict = SignedFile.Create(signature: SignedFile.FieldMdp("Include", field))
            .Update(pdf => pdf.Object(35, SignedFile.Strip("p1", 10, "50 0 R")).Stream(50, SignedFile.FormEntries, "0 0 9 9 re f"))
            .Judge();

        Assert.Equal(permitted, verdict.Permitted);
    }

    [Fact]
    public void The_appearance_of_a_locked_field_may_not_be_overwritten_in_place()
    {
        ModificationVerdict verdict = SignedFile.Create(signature: SignedFile.FieldMdp("Include", "Strip.p1"))
            .Update(pdf => pdf.Stream(37, SignedFile.FormEntries, "0 0 9 9 re f"))
            .Judge();

        ModificationFinding finding = Assert.Single(verdict.Findings, finding => !finding.Permitted);
        Assert.Contains("Strip.p1", finding.Message, StringComparison.Ordinal);
        Assert.Equal(1, finding.Page);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public void The_permissions_of_a_lock_hold_for_the_whole_document(int permissions, bool permitted)
    {
        ModificationVerdict verdict = SignedFile.Create(field: $"/Lock<</Type/SigFieldLock/Action/Include/Fields[]/P {permissions}>>").Update(FillAmount).Judge();

        Assert.Equal(permitted, verdict.Permitted);
    }

    [Fact]
    public void A_document_timestamp_is_allowed_where_everything_is_locked()
    {
        ModificationVerdict verdict = SignedFile.Create(signature: SignedFile.FieldMdp("All"))
            .Update(pdf => pdf
                .Object(4, SignedFile.Form.Replace("33 0 R]", "33 0 R 50 0 R]", StringComparison.Ordinal))
                .Object(10, SignedFile.Page.Replace("38 0 R]", "38 0 R 50 0 R]", StringComparison.Ordinal))
                .Object(50, "<</Type/Annot/Subtype/Widget/FT/Sig/T(T)/F 132/Rect[0 0 0 0]/P 10 0 R/V 51 0 R>>")
                .Object(51, SignedFile.Signature(type: "DocTimeStamp", subFilter: "ETSI.RFC3161")))
            .Judge();

        Assert.True(verdict.Permitted);
        Assert.Equal(ModificationLevel.LongTermData, verdict.Level);
    }

    /// <summary>Bits 3 and 6 of /F: shown on no screen, but printed.</summary>
    [Theory]
    [InlineData(132)]
    [InlineData(36)]
    public void A_timestamp_that_shows_something_is_a_signature_field_like_others(int flags)
    {
        ModificationVerdict verdict = SignedFile.Create(signature: SignedFile.DocMdp(2))
            .Update(pdf => pdf
                .Object(4, SignedFile.Form.Replace("33 0 R]", "33 0 R 50 0 R]", StringComparison.Ordinal))
                .Object(10, SignedFile.Page.Replace("38 0 R]", "38 0 R 50 0 R]", StringComparison.Ordinal))
                .Object(50, "<</Type/Annot/Subtype/Widget/FT/Sig/T(T)/Rect[60 690 200 720]/P 10 0 R/V 51 0 R/AP<</N 52 0 R>>/F " + flags.ToString(CultureInfo.InvariantCulture) + ">>")
                .Object(51, SignedFile.Signature(type: "DocTimeStamp", subFilter: "ETSI.RFC3161"))
                .Stream(52, SignedFile.FormEntries, "0 0 100 50 re f"))
            .Judge();

        Assert.Contains(verdict.Findings, finding => finding is { Rule: "signature-field-added", Permitted: false });
    }

    [Fact]
    public void What_an_earlier_signature_locked_stays_locked_for_later_ones()
    {
        SignedFile file = SignedFile.Create(signature: SignedFile.FieldMdp("Include", "amount")).Update(SignB("")).Update(FillAmount);

        Assert.False(file.Judge("A").Permitted);
        Assert.False(file.Judge("B").Permitted);
    }

    [Fact]
    public void What_a_later_signature_locks_was_not_locked_before()
    {
        SignedFile file = SignedFile.Create().Update(SignB(SignedFile.FieldMdp("Include", "amount"))).Update(FillAmount);

        Assert.True(file.Judge("A").Permitted);
        Assert.False(file.Judge("B").Permitted);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Comments_are_for_those_who_allow_them(int permissions, bool permitted)
    {
        ModificationVerdict verdict = SignedFile.Create(signature: SignedFile.DocMdp(permissions)).Update(Comment).Judge();

        Assert.Equal(ModificationLevel.Annotations, verdict.Level);
        Assert.Equal(permitted, verdict.Permitted);
        Assert.All(verdict.Findings, finding => Assert.Equal("annotation-changed", finding.Rule));
        Assert.Contains(verdict.Findings, finding => finding.Rectangle == new PdfRectangle(500, 800, 520, 820));
    }

    [Fact]
    public void An_approval_signature_does_not_allow_comments() => Assert.False(SignedFile.Create().Update(Comment).Judge().Permitted);

    [Theory]
    [InlineData("/Contents(note)", "/Contents(other)")]
    [InlineData("/Rect[20 20 40 40]", "/Rect[20 30 40 50]")]
    public void A_comment_may_be_changed_where_comments_are_allowed(string was, string becomes)
    {
        const string Note = "<</Type/Annot/Subtype/Text/Contents(note)/Rect[20 20 40 40]/P 10 0 R>>";
        Action<TestPdf> update = pdf => pdf.Object(38, Note.Replace(was, becomes, StringComparison.Ordinal));

        Assert.True(SignedFile.Create(signature: SignedFile.DocMdp(3)).Update(update).Judge().Permitted);
        Assert.False(SignedFile.Create(signature: SignedFile.DocMdp(2)).Update(update).Judge().Permitted);
    }

    private static Action<TestPdf> FillAmount { get; } = pdf => pdf
        .Object(30, SignedFile.Amount.Replace("1000", "2000", StringComparison.Ordinal).Replace("34 0 R", "60 0 R", StringComparison.Ordinal))
        .Stream(60, SignedFile.FormEntries, "BT /F1 10 Tf 2 2 Td (2000) Tj ET");

    private static Action<TestPdf> Comment { get; } = pdf => pdf
        .Object(10, SignedFile.Page.Replace("38 0 R]", "38 0 R 60 0 R]", StringComparison.Ordinal))
        .Object(60, "<</Type/Annot/Subtype/Text/Contents(see here)/Rect[500 800 520 820]>>");

    private static Action<TestPdf> SignB(string entries) => pdf => pdf.Object(22, SignedFile.Waiting[..^2] + "/V 70 0 R>>").Object(70, SignedFile.Signature(entries));
}
