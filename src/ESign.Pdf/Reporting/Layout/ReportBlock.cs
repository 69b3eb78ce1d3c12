using ESign.Pdf.Seals;

namespace ESign.Pdf.Reporting.Layout;

/// <summary>A part of a section, the same for paper and screen.</summary>
internal abstract record ReportBlock
{
    private ReportBlock()
    {
    }

    /// <summary>A heading within a section.</summary>
    internal sealed record Subheading(string Text) : ReportBlock;

    /// <summary>A paragraph; one that leads in what follows stands on the same page.</summary>
    internal sealed record Prose(string Text, bool IsSmall = false, bool LeadsIn = false) : ReportBlock;

    /// <summary>A statement that must not be overlooked; one that leads in what follows stands on the same page.</summary>
    internal sealed record Notice(Tone Tone, string Text, bool LeadsIn = false) : ReportBlock;

    /// <summary>Names and values.</summary>
    /// <param name="Items">In order.</param>
    /// <param name="IsPaired">Whether two short ones share a line.</param>
    internal sealed record Facts(IReadOnlyList<(string Name, Cell Value)> Items, bool IsPaired = false) : ReportBlock
    {
        /// <summary>A value wider than this takes a line of its own; a Chinese character is two wide.</summary>
        private const int LargestHalf = 34;

        /// <summary>The same for the smaller text below it, which may break.</summary>
        private const int LargestHalfNote = 48;

        /// <summary>The items line by line: one or two in each.</summary>
        public IEnumerable<IReadOnlyList<(string Name, Cell Value)>> Lines()
        {
            for (int i = 0; i < Items.Count; i++)
            {
                bool isPair = IsPaired && i + 1 < Items.Count && IsShort(Items[i].Value) && IsShort(Items[i + 1].Value);
                yield return isPair ? [Items[i], Items[++i]] : [Items[i]];
            }
        }

        private static bool IsShort(Cell value) => WidthOf(value.Text) <= LargestHalf && WidthOf(value.Note) <= LargestHalfNote;

        private static int WidthOf(string text) => text.Split('\n').Max(line => line.Sum(c => c < '\u2E80' ? 1 : 2));
    }

    /// <summary>A table with a header; the shares are of the whole width.</summary>
    internal sealed record Grid(IReadOnlyList<string> Header, IReadOnlyList<double> Shares, IReadOnlyList<IReadOnlyList<Cell>> Rows) : ReportBlock;

    /// <summary>A titled part that a screen can fold; paper shows all of it.</summary>
    internal sealed record Fold(string Title, IReadOnlyList<ReportBlock> Blocks, bool IsOpen) : ReportBlock;

    /// <summary>Data to be copied, for example a certificate in PEM.</summary>
    internal sealed record Code(string Text) : ReportBlock;

    /// <summary>A code for a camera, with its text.</summary>
    internal sealed record Picture(Seal Seal, string Caption) : ReportBlock;
}
