using System.Text;

namespace ESign.Pdf.Fonts;

/// <summary>The PostScript name in a font's <c>name</c> table (OpenType 1.9, name ID 6).</summary>
internal static class FontName
{
    private const int PostScriptNameId = 6;
    private const int MaximumLength = 63; // "no longer than 63 characters"

    public static string? PostScript(FontTable? table)
    {
        if (table is not { Length: >= 6 } names)
        {
            return null;
        }

        int count = names.U16(2);
        int storage = names.U16(4);
        for (int i = 0; i < count && 6 + (12L * (i + 1)) <= names.Length; i++)
        {
            long record = 6 + (12L * i);
            int length = names.U16(record + 8);
            long offset = storage + (long)names.U16(record + 10);
            if (names.U16(record + 6) != PostScriptNameId || offset + length > names.Length)
            {
                continue;
            }

            bool isMacintosh = names.U16(record) == 1;
            ReadOnlySpan<byte> bytes = names.Span(offset, length);
            string name = Clean(isMacintosh ? Encoding.Latin1.GetString(bytes) : Encoding.BigEndianUnicode.GetString(bytes));
            if (name.Length > 0)
            {
                return name;
            }
        }

        return null;
    }

    private static string Clean(string name)
    {
        var clean = new StringBuilder(MaximumLength);
        foreach (char c in name)
        {
            if (clean.Length < MaximumLength && (char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            {
                clean.Append(c);
            }
        }

        return clean.ToString();
    }
}
