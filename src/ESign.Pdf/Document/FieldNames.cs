using System.Globalization;

namespace ESign.Pdf.Document;

/// <summary>Names for new fields.</summary>
internal static class FieldNames
{
    /// <summary>The first of <c>prefix1</c>, <c>prefix2</c>, … that no field has.</summary>
    public static string Free(PdfDocument document, string prefix)
    {
        var taken = document.AcroForm.Fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        for (int number = 1; ; number++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}");
            if (!taken.Contains(name))
            {
                return name;
            }
        }
    }
}
