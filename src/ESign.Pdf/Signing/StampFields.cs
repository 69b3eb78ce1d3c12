using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals.Placing;

namespace ESign.Pdf.Signing;

/// <summary>Makes the fields of a stamp: a non-terminal parent and one named, read-only text field with its widget per piece.</summary>
internal static class StampFields
{
    /// <summary>Writes the fields of one stamp with an appearance for each piece.</summary>
    public static void Write(PdfDocument document, IncrementalUpdate update, FormEditor form, StampGroup stamp, Func<ResolvedPlacement, PdfReference> appearance)
    {
        PdfReference parent = update.Reserve();
        var kids = new List<PdfObject>(stamp.Pieces.Count);
        for (int i = 0; i < stamp.Pieces.Count; i++)
        {
            ResolvedPlacement piece = stamp.Pieces[i];
            Page page = document.GetPage(piece.Page);
            PdfReference kid = update.Add(WidgetDictionary.StampField(StampGroup.PieceName(i), parent, update.ReferenceOf(page), piece.UserSpace, piece.Rotation, appearance(piece), stamp.AlternateText));
            kids.Add(kid);
            form.AddWidget(page, kid);
        }

        update.Set(parent, new PdfDictionary(("T", PdfString.Text(stamp.Name)), ("Kids", new PdfArray(kids))));
        form.AddField(parent);
    }
}
