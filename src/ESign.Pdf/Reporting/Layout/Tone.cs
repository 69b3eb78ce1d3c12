namespace ESign.Pdf.Reporting.Layout;

/// <summary>How a statement is coloured; colour never says anything the words do not.</summary>
internal enum Tone
{
    Neutral,
    Good,
    Caution,
    Bad,
}
