using System.Globalization;
using System.Text;
using ESign.Pdf.Verification.Modifications;

namespace ESign.Pdf.Tests.Verification.Modifications;

/// <summary>Attacks on how updates are written: incremental saving, wrapping, redirected and freed objects, revisions passed over.</summary>
/// <remarks>Mladenov et al., "1 Trillion Dollar Refund" (CCS 2019); Mainka et al., "Shadow Attacks" (NDSS 2021).</remarks>
public class FileAttackTests
{
    [Fact]
    public void An_object_may_not_be_freed()
    {
        ModificationVerdict verdict = SignedFile.Create().Append(at => Section(at, "38 1\n0000000000 00001 f \n", LastStartXref(SignedFile.Create().ToBytes()))).Judge();

        Assert.Contains(verdict.Findings, finding => finding is { Rule: "object-freed", Permitted: false });
    }

    [Fact]
    public void An_object_may_not_be_redirected_to_older_bytes()
    {
        // Object 12, the content, is to be what object 12 was in a comment of the signed file.
        SignedFile file = SignedFile.Create(more: pdf => pdf.Raw("%\n12 0 obj\n<</Length 5>>\nstream\nBT ET\nendstream\nendobj\n"));
        int hidden = Encoding.Latin1.GetString(file.ToBytes()).IndexOf("%\n12 0 obj", StringComparison.Ordinal) + 2;

        long previous = LastStartXref(file.ToBytes());

        ModificationVerdict verdict = file.Append(at => Section(at, string.Create(CultureInfo.InvariantCulture, $"12 1\n{hidden:0000000000} 00000 n \n"), previous)).Judge();

        Assert.Contains(verdict.Findings, finding => finding is { Rule: "object-redirected", Permitted: false });
        Assert.Contains(verdict.Findings, finding => finding is { Rule: "page-content-changed", Permitted: false });
    }

    [Theory]
    [InlineData("12 0 obj\n<</Length 5>>\nstream\nBT ET\nendstream\nendobj\n")]
    [InlineData("12 0 obj\n<</Length 5>>\nstream\nBT ET\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n")]
    [InlineData("%%EOF x")]
    public void Bytes_after_the_last_revision_are_no_revision(string appended)
    {
        ModificationVerdict verdict = SignedFile.Create().Append(_ => appended).Judge();

        Assert.Contains(verdict.Findings, finding => finding is { Rule: "trailing-bytes", Permitted: false });
        Assert.False(verdict.Permitted);
    }

    [Fact]
    public void Ends_of_line_after_the_last_revision_say_nothing() => Assert.True(SignedFile.Create().Append(_ => "\r\n\n \0").Judge().Permitted);

    [Fact]
    public void Trap36_the_gap_of_a_signature_holds_nothing_but_its_value()
    {
        // Wrapping: the signed end of the file is moved, and the room between holds an object that the cross-reference knows.
        byte[] file = SignedFile.Create().ToBytes();
        string text = Encoding.Latin1.GetString(file);
        int range = text.IndexOf("/ByteRange[0 ", StringComparison.Ordinal);
        int object30 = text.IndexOf("30 0 obj", StringComparison.Ordinal);
        int after = object30 + 100;
        string widened = string.Create(CultureInfo.InvariantCulture, $"{after:0000000000} {file.Length - after:0000000000}");
        text = text.Remove(range + 24, 21).Insert(range + 24, widened);

        ModificationVerdict verdict = SignedFile.Judge(Encoding.Latin1.GetBytes(text));

        Assert.Contains(verdict.Findings, finding => finding is { Rule: "object-in-signature-gap", Permitted: false } && finding.Object.StartsWith("30 0 R", StringComparison.Ordinal));
    }

    [Fact]
    public void An_update_may_not_go_on_from_an_older_revision()
    {
        // B signs a revision with a filled-in amount. The update brings B's signature along, and its /Prev passes over that revision.
        SignedFile file = SignedFile.Create();
        long first = LastStartXref(file.ToBytes());
        file.Update(pdf => pdf
            .Object(30, SignedFile.Amount.Replace("1000", "2000", StringComparison.Ordinal).Replace("34 0 R", "60 0 R", StringComparison.Ordinal))
            .Stream(60, SignedFile.FormEntries, "BT /F1 10 Tf 2 2 Td (2000) Tj ET")
            .Object(22, SignedFile.Waiting[..^2] + "/V 70 0 R>>").Object(70, SignedFile.Signature()));
        string text = Encoding.Latin1.GetString(file.ToBytes());
        int field = text.LastIndexOf("22 0 obj", StringComparison.Ordinal);
        int signature = text.LastIndexOf("70 0 obj", StringComparison.Ordinal);

        ModificationVerdict verdict = file
            .Append(at => Section(at, string.Create(CultureInfo.InvariantCulture, $"22 1\n{field:0000000000} 00000 n \n70 1\n{signature:0000000000} 00000 n \n"), first))
            .Judge("B");

        Assert.False(verdict.Permitted);
        Assert.Contains(verdict.Findings, finding => finding.Rule == "signed-revision-unknown");
    }

    [Fact]
    public void A_signature_over_part_of_a_revision_signs_none()
    {
        byte[] file = SignedFile.Create().ToBytes();
        string text = Encoding.Latin1.GetString(file);
        int range = text.IndexOf("/ByteRange[0 ", StringComparison.Ordinal);
        int after = int.Parse(text.AsSpan(range + 24, 10), CultureInfo.InvariantCulture);
        text = text.Remove(range + 35, 10).Insert(range + 35, string.Create(CultureInfo.InvariantCulture, $"{file.Length - after - 40:0000000000}"));

        ModificationVerdict verdict = SignedFile.Judge(Encoding.Latin1.GetBytes(text));

        Assert.Equal("signed-revision-unknown", Assert.Single(verdict.Findings).Rule);
        Assert.False(verdict.Permitted);
    }

    private static string Section(int at, string entries, long previous) => string.Create(
        CultureInfo.InvariantCulture,
        $"xref\n{entries}trailer\n<</Size 99{SignedFile.Trailer}/Prev {previous}>>\nstartxref\n{at}\n%%EOF\n");

    private static long LastStartXref(byte[] file)
    {
        string text = Encoding.Latin1.GetString(file);
        int at = text.LastIndexOf("startxref\n", StringComparison.Ordinal) + 10;
        return long.Parse(text.AsSpan(at, text.IndexOf('\n', at) - at), CultureInfo.InvariantCulture);
    }
}
