using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>Finds every difference between a revision and the one before it, each named by the part of the document it is in.</summary>
/// <remarks>
/// Begins at the trailer and goes through catalog, pages, annotations and fields, each compared in its own way; whatever hangs
/// below them is compared deeply. It only says what differs: whether that is allowed is for the rules.
/// </remarks>
internal sealed class RevisionComparison(RevisionStep step)
{
    /// <summary>What describes the cross-reference itself (ISO 32000-2 tables 15 and 17) and differs in every revision.</summary>
    private static readonly HashSet<string> SectionKeys = new(StringComparer.Ordinal)
    {
        "Size", "Prev", "XRefStm", "Type", "W", "Index", "Length", "Filter", "DecodeParms", "Root",
    };

    private readonly List<Change> _changes = [];
    private readonly RevisionState _before = step.Before;
    private readonly RevisionState _after = step.After;

    public IReadOnlyList<Change> Run()
    {
        CompareEntries(ChangePlace.Trailer, _before.View.Trailer, _after.View.Trailer, null, "/Trailer", key => SectionKeys.Contains(key));
        CompareEntries(ChangePlace.Catalog, _before.View.Catalog, _after.View.Catalog, _after.View.CatalogReference, "/Root", static key => key is "Pages" or "AcroForm");
        new PageComparison(step, _changes).Run();
        CompareForm();
        return _changes;
    }

    private void CompareForm()
    {
        PdfDictionary before = _before.View.AcroForm.Dictionary ?? PdfDictionary.Empty;
        PdfDictionary after = _after.View.AcroForm.Dictionary ?? PdfDictionary.Empty;
        CompareEntries(ChangePlace.Form, before, after, _after.View.AcroForm.Entry as PdfReference, "/Root/AcroForm", static key => key == "Fields");
        if (_after.HasSameFieldsAs(_before))
        {
            return;
        }

        foreach (FieldState field in _before.Fields)
        {
            step.Budget.Spend();
            if (_after.Find(field) is { } now && (field.IsLoose || !now.IsLoose))
            {
                CompareField(field, now);
            }
            else
            {
                AddFieldChange(ChangePlace.FieldRemoved, field, null, field.Dictionary, null);
            }
        }

        foreach (FieldState field in _after.Fields)
        {
            step.Budget.Spend();
            if (_before.Find(field) is null)
            {
                AddFieldChange(ChangePlace.FieldAdded, field, null, null, field.Dictionary);
            }
        }
    }

    private void CompareField(FieldState before, FieldState after)
    {
        bool isWidget = after.Widgets is [{ } only] && ReferenceEquals(only.Dictionary, after.Dictionary);
        if (step.IsAffected(after.Node.Reference))
        {
            CompareFieldEntries(before, after, before.Dictionary, after.Dictionary, after.Node.Reference, isWidget ? after.Widgets[0] : null);
        }

        PdfObject? parent = after.Dictionary["Parent"];
        if (!Equals(before.Node.Parent?.Reference, after.Node.Parent?.Reference)
            || (!Equals(parent, before.Dictionary["Parent"]) && !Equals(parent, after.Node.Parent?.Reference)))
        {
            AddFieldChange(ChangePlace.Field, after, before, before.Dictionary["Parent"], after.Dictionary["Parent"], "Parent");
        }

        if (isWidget && before.Widgets is [{ } single] && ReferenceEquals(single.Dictionary, before.Dictionary))
        {
            return;
        }

        if (before.Widgets.Count != after.Widgets.Count)
        {
            AddFieldChange(ChangePlace.Field, after, before, before.Dictionary["Kids"], after.Dictionary["Kids"], "Kids");
            return;
        }

        for (int i = 0; i < after.Widgets.Count; i++)
        {
            step.Budget.Spend();
            if (step.IsAffected(after.Widgets[i].Reference) || !Equals(before.Widgets[i].Reference, after.Widgets[i].Reference))
            {
                CompareFieldEntries(before, after, before.Widgets[i].Dictionary, after.Widgets[i].Dictionary, after.Widgets[i].Reference, after.Widgets[i]);
            }
        }
    }

    private void CompareFieldEntries(FieldState before, FieldState after, PdfDictionary old, PdfDictionary now, PdfReference? reference, Widget? widget)
    {
        foreach (string key in old.Keys.Union(now.Keys))
        {
            step.Budget.Spend();
            bool isWayBack = key == "Parent" && (reference is null || reference.Equals(after.Node.Reference) || Equals(now[key], after.Node.Reference));
            if (key == "Kids" || isWayBack || step.Comparer.Compare(old[key], now[key], key) is not { } difference)
            {
                continue;
            }

            Widget? shown = widget ?? (after.Widgets.Count > 0 ? after.Widgets[0] : null);
            _changes.Add(new Change
            {
                Place = ChangePlace.Field,
                Key = key,
                Before = old[key],
                After = now[key],
                Object = difference.Object ?? reference,
                Path = FieldPath(after.Name) + "/" + key + difference.Path,
                Page = _after.PageOf(shown?.Reference),
                Rectangle = Page.ReadRectangle(_after.View, shown?.Dictionary["Rect"]),
                Field = after,
                FieldBefore = before,
            });
        }
    }

    private void AddFieldChange(ChangePlace place, FieldState field, FieldState? before, PdfObject? old, PdfObject? now, string key = "")
    {
        RevisionState state = place == ChangePlace.FieldRemoved ? _before : _after;
        Widget? widget = field.Widgets.Count > 0 ? field.Widgets[0] : null;
        _changes.Add(new Change
        {
            Place = place,
            Key = key,
            Before = old,
            After = now,
            Object = field.Node.Reference,
            Path = FieldPath(field.Name) + (key.Length > 0 ? "/" + key : ""),
            Page = state.PageOf(widget?.Reference),
            Rectangle = Page.ReadRectangle(state.View, widget?.Dictionary["Rect"]),
            Field = field,
            FieldBefore = before,
        });
    }

    private static string FieldPath(string name) => "/Root/AcroForm(" + name + ")";

    private void CompareEntries(ChangePlace place, PdfDictionary old, PdfDictionary now, PdfReference? reference, string path, Func<string, bool> isLeftOut)
    {
        foreach (string key in old.Keys.Union(now.Keys))
        {
            step.Budget.Spend();
            if (!isLeftOut(key) && step.Comparer.Compare(old[key], now[key], key) is { } difference)
            {
                _changes.Add(new Change { Place = place, Key = key, Before = old[key], After = now[key], Object = difference.Object ?? reference, Path = path + "/" + key + difference.Path });
            }
        }
    }
}
