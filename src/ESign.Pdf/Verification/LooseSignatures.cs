using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification;

/// <summary>Signed widgets that stand on a page and that the form does not list: a field all the same, and readers show it as one.</summary>
/// <remarks>
/// ISO 32000-2 §12.7.3 wants every field reachable from <c>/Fields</c>. Writers that do not find a form they can extend leave
/// that out, and widely used readers take fields from the pages too; a verifier that does not would pass over a signature.
/// </remarks>
internal static class LooseSignatures
{
    /// <param name="view">The document.</param>
    /// <param name="pages">Its pages.</param>
    /// <param name="form">The fields that its form lists.</param>
    public static IEnumerable<FormField> Of(PdfDocument view, IEnumerable<Page> pages, IReadOnlyList<FormField> form)
    {
        HashSet<int>? listed = null;
        foreach (Page page in pages)
        {
            foreach ((PdfReference? reference, PdfDictionary widget) in page.Annotations())
            {
                if (reference is null
                    || view.Resolve(widget["FT"]) is not PdfName { Value: "Sig" }
                    || view.Resolve(widget["V"]) is not PdfDictionary
                    || widget.ContainsKey("Parent"))
                {
                    continue;
                }

                listed ??= [.. form.SelectMany(Numbers)];
                if (listed.Add(reference.Number))
                {
                    string name = (view.Resolve(widget["T"]) as PdfString)?.ToText() ?? "";
                    yield return new FormField(view, new FieldNode(null, reference, widget, name, 0), [new Widget(reference, widget)]);
                }
            }
        }
    }

    private static IEnumerable<int> Numbers(FormField field) =>
        field.Widgets.Select(widget => widget.Reference).Append(field.Reference).OfType<PdfReference>().Select(reference => reference.Number);
}
