using System.Globalization;
using ESign.Pdf.Verification.Modifications;

namespace ESign.Pdf.Tests.Verification.Modifications;

/// <summary>Every signature repeats the findings of what came after it: thousands of both fill no memory, and none is passed over.</summary>
public class ManyFindingsTests
{
    private const int Signatures = 200;
    private const int Notes = 300;

    [Fact]
    public void Findings_that_are_not_listed_are_counted_and_judged()
    {
        string fields = string.Concat(Enumerable.Range(1000, Signatures).Select(number => string.Create(CultureInfo.InvariantCulture, $" {number} 0 R")));
        SignedFile file = SignedFile.Create(more: pdf =>
        {
            pdf.Object(4, SignedFile.Form.Replace("33 0 R]", "33 0 R" + fields + "]", StringComparison.Ordinal));
            for (int i = 0; i < Signatures; i++)
            {
                pdf.Object(1000 + i, $"<</FT/Sig/T(S{i})/V {2000 + i} 0 R>>").Object(2000 + i, SignedFile.Signature());
            }
        });

        ModificationVerdict verdict = WithNotes(file).Judge();

        Assert.False(verdict.Permitted);
        Assert.InRange(verdict.Findings.Count, 50, Notes - 1);
        Assert.Equal("findings-omitted", verdict.Findings[^1].Rule);
        Assert.False(verdict.Findings[^1].Permitted);
    }

    [Fact]
    public void One_signature_has_all_its_findings()
    {
        ModificationVerdict verdict = WithNotes(SignedFile.Create()).Judge();

        Assert.Equal(Notes, verdict.Findings.Count(finding => finding.Rule == "annotation-changed"));
        Assert.DoesNotContain(verdict.Findings, finding => finding.Rule == "findings-omitted");
    }

    private static SignedFile WithNotes(SignedFile file) => file.Update(pdf =>
    {
        pdf.Object(10, SignedFile.Page.Replace("38 0 R]", "38 0 R " + string.Join(' ', Enumerable.Range(5000, Notes).Select(number => $"{number} 0 R")) + "]", StringComparison.Ordinal));
        for (int number = 5000; number < 5000 + Notes; number++)
        {
            pdf.Object(number, "<</Type/Annot/Subtype/Text/Rect[500 20 520 40]/P 10 0 R>>");
        }
    });
}
