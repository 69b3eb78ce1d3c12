using System.Globalization;

namespace ESign.Pki.Transparency;

/// <summary>The address of a tile: its number, and its width while it is not full.</summary>
/// <remarks>
/// C2SP tlog-tiles: the number in groups of three digits, all but the last marked with an x (<c>x001/x234/067</c>); a partial tile
/// of W hashes ends in <c>.p/W</c>.
/// </remarks>
internal readonly record struct TilePath(long Number, int Width)
{
    /// <summary>Hashes, or records, in a full tile.</summary>
    public const int FullWidth = 256;

    /// <summary>Numbers of more groups than this exceed any log.</summary>
    private const int MaximumGroups = 6;

    private const string Partial = ".p/";

    public bool IsFull => Width == FullWidth;

    /// <summary>The tile with this number of a level that has so many hashes.</summary>
    public static TilePath Of(long number, long hashes) => new(number, (int)Math.Min(FullWidth, hashes - (number * FullWidth)));

    public static bool TryParse(string? text, out TilePath path)
    {
        path = default;
        int mark = text?.IndexOf(Partial, StringComparison.Ordinal) ?? -1;
        int width = FullWidth;
        if (mark >= 0 && (!int.TryParse(text.AsSpan(mark + Partial.Length), NumberStyles.None, CultureInfo.InvariantCulture, out width) || width is < 1 or >= FullWidth || text![mark + Partial.Length] == '0'))
        {
            return false;
        }

        string[] groups = (mark < 0 ? text ?? "" : text![..mark]).Split('/');
        long number = 0;
        for (int i = 0; i < groups.Length; i++)
        {
            bool isLast = i == groups.Length - 1;
            ReadOnlySpan<char> digits = isLast ? groups[i] : groups[i] is ['x', ..] ? groups[i].AsSpan(1) : default;
            if (groups.Length > MaximumGroups || digits.Length != 3 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int value) || (i == 0 && !isLast && value == 0))
            {
                return false;
            }

            number = (number * 1000) + value;
        }

        path = new TilePath(number, width);
        return true;
    }

    public override string ToString()
    {
        string text = (Number % 1000).ToString("D3", CultureInfo.InvariantCulture);
        for (long rest = Number / 1000; rest > 0; rest /= 1000)
        {
            text = "x" + (rest % 1000).ToString("D3", CultureInfo.InvariantCulture) + "/" + text;
        }

        return IsFull ? text : string.Create(CultureInfo.InvariantCulture, $"{text}{Partial}{Width}");
    }
}
