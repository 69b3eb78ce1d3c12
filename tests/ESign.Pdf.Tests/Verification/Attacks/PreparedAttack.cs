using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Verification.Attacks;

/// <summary>An attack by whoever wrote the document: what is signed was made so that something allowed afterwards changes what is read.</summary>
/// <remarks>Shadow attacks in the sense of Mainka et al., NDSS 2021.</remarks>
/// <param name="Prepare">Writes some objects of the <see cref="Victim"/> otherwise, or further ones; null where the usual contract will do.</param>
/// <param name="Update">What is done after it was signed.</param>
/// <param name="Certification">The certification that would have to allow it; null for an approval signature.</param>
internal sealed record PreparedAttack(Action<TestPdf>? Prepare, Func<Victim, byte[]> Update, int? Certification = null)
{
    public const string Catalog = "/Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/Metadata 5 0 R/Names 7 0 R/OpenAction[10 0 R/Fit]";
    public const string Pages = "<</Type/Pages/Count 2/Kids[10 0 R 11 0 R]/MediaBox[0 0 595 842]/Resources<</Font<</F1 13 0 R>>>>";
    public const string Page = "/Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 12 0 R";
    public const string Annotations = "20 0 R 22 0 R 30 0 R 31 0 R 35 0 R 38 0 R 39 0 R 32 0 R";
    public const string Form = "/SigFlags 3/DA(/F1 0 Tf 0 g)/DR<</Font<</F1 13 0 R/F2 48 0 R>>>>";
    public const string Fields = "20 0 R 22 0 R 30 0 R 31 0 R 32 0 R 33 0 R";
    public const string Nine = "BT /F1 10 Tf 2 2 Td (9000) Tj ET";

    public async Task<Victim> SignAsync() => Prepare is null
        ? await Victim.CreateAsync(Certification)
        : await Victim.CreateAsync(Victim.Unsigned(more: pdf => Prepare(pdf)), Certification);

    /// <summary>The first page with further annotations.</summary>
    public static string PageWith(string annotations) => $"<<{Page}/Resources<</Font<</F1 13 0 R>>/XObject<</X1 47 0 R>>/Properties<</L1 45 0 R/L2 46 0 R>>>>/Annots[{Annotations} {annotations}]>>";
}
