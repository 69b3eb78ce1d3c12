namespace ESign.Pdf.Reporting.Layout;

/// <summary>A value in a table.</summary>
/// <param name="Text">The value; <c>\n</c> ends a line.</param>
/// <param name="Tone">Its colour.</param>
/// <param name="Note">Smaller text below it.</param>
/// <param name="IsCode">Whether it is a digest, a serial number or the like, that breaks anywhere.</param>
internal sealed record Cell(string Text, Tone Tone = Tone.Neutral, string Note = "", bool IsCode = false)
{
    public static implicit operator Cell(string text) => new(text);
}
