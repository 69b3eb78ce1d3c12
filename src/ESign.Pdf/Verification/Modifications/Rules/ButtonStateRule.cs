using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>A check box or radio button shows a state that is not its value, or its states look like each other's: ticked reads as not ticked.</summary>
/// <remarks>ISO 32000-2 §12.7.5.2.3: /V names the state, /AS shows it, /AP /N draws it. Filling in sets the first two and draws nothing anew.</remarks>
internal sealed class ButtonStateRule()
    : ModificationRule("button-state", "ISO 32000-2 §12.7.5.2.3; shadow attacks (NDSS 2021)", ModificationLevel.Other)
{
    private const string Off = "Off";

    public override bool Explains(Change change, RevisionStep step) =>
        change is { Place: ChangePlace.Field, Key: "V" or "AS" or "AP", Field: { FieldType: "Btn" } after, FieldBefore: { FieldType: "Btn" } before }
        && (Contradicts(after, step.After)
            || (string.Equals(ValueOf(before, step.Before), ValueOf(after, step.After), StringComparison.Ordinal) && Contradicts(before, step.Before))
            || (change.Key == "AP" && RedrawsStates(before, after, step)));

    public override string Describe(Change change) =>
        $"按钮“{change.Field?.Name}”显示的状态与其值不符，或其状态的外观被调换 / The button {change.Field?.Name} shows a state that is not its value, or its states were drawn anew";

    private static string ValueOf(FieldState field, RevisionState state) => state.View.Resolve(field.Terminal?.Value) switch
    {
        PdfName name => name.Value,
        PdfString text => text.ToText(),
        _ => Off,
    };

    private static PdfDictionary? States(PdfDictionary widget, RevisionState state) =>
        state.View.Resolve((state.View.Resolve(widget["AP"]) as PdfDictionary)?["N"]) as PdfDictionary;

    private static bool Contradicts(FieldState field, RevisionState state)
    {
        string value = ValueOf(field, state);
        foreach (Document.Widget widget in field.Widgets)
        {
            if (States(widget.Dictionary, state) is { } states)
            {
                string shown = (state.View.Resolve(widget.Dictionary["AS"]) as PdfName)?.Value ?? Off;
                if (!string.Equals(shown, states.ContainsKey(value) ? value : Off, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool RedrawsStates(FieldState before, FieldState after, RevisionStep step)
    {
        for (int i = 0; i < Math.Min(before.Widgets.Count, after.Widgets.Count); i++)
        {
            if (States(before.Widgets[i].Dictionary, step.Before) is { Count: > 0 } old
                && (States(after.Widgets[i].Dictionary, step.After) is not { } now
                    || old.Any(state => state.Key != Off && !now.ContainsKey(state.Key) && Paint.Of(state.Value, step.Before.View, step.Budget) != Painting.Nothing)
                    || now.Any(state => IsRedrawn(state.Key, old, state.Value, step))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a state is new beside the one there was, took the look of another, or shows more than off, or less than on.</summary>
    private static bool IsRedrawn(string name, PdfDictionary old, PdfObject now, RevisionStep step)
    {
        step.Budget.Spend();
        if (!old.ContainsKey(name))
        {
            return name != Off && old.Keys.Any(static other => other != Off);
        }

        if (step.Comparer.Same(old[name], now))
        {
            return false;
        }

        Painting was = Paint.Of(old[name], step.Before.View, step.Budget);
        Painting becomes = Paint.Of(now, step.After.View, step.Budget);
        return old.Any(other => other.Key != name && step.Comparer.Same(other.Value, now))
            || (name == Off ? becomes > was : becomes == Painting.Nothing && was != Painting.Nothing);
    }
}
