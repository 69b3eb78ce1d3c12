using System.Text;

namespace ESign.Pki.Names;

/// <summary>Prepares attribute values for comparison.</summary>
/// <remarks>
/// RFC 5280 §7.1 with RFC 4518: map (§2.2: soft hyphen and zero-width characters vanish, every other space becomes
/// SPACE), fold case, normalise to NFKC, then collapse inner runs of spaces and drop outer ones (§2.6.1).
/// </remarks>
internal static class StringPreparation
{
    public static string Prepare(string text)
    {
        if (IsPlain(text))
        {
            return text;
        }

        string mapped = IsAscii(text) ? text.ToLowerInvariant() : Fold(Normalize(Fold(text)));
        var result = new StringBuilder(mapped.Length);
        bool spaceBefore = false;
        foreach (char c in mapped)
        {
            if (MapsToNothing(c))
            {
                continue;
            }

            if (char.IsWhiteSpace(c))
            {
                spaceBefore = result.Length > 0;
                continue;
            }

            if (spaceBefore)
            {
                result.Append(' ');
                spaceBefore = false;
            }

            result.Append(c);
        }

        return result.ToString();
    }

    private static bool IsPlain(string text)
    {
        foreach (char c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '-' or '@' or '_'))
            {
                return false;
            }
        }

        return true;
    }

    // RFC 3454 appendix B.2: lower case, and the letters whose folding is none of the platform's lower case.
    private static string Fold(string text) => text.ToLowerInvariant()
        .Replace("\u00DF", "ss", StringComparison.Ordinal)
        .Replace("\u1E9E", "ss", StringComparison.Ordinal)
        .Replace("\u0130", "i\u0307", StringComparison.Ordinal)
        .Replace('\u03C2', '\u03C3');

    private static bool IsAscii(string text) => System.Text.Ascii.IsValid(text);

    // Unpaired surrogates cannot be normalised: such a value only equals itself.
    private static string Normalize(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    private static bool MapsToNothing(char c) =>
        c is '\u00AD' or '\u034F' or '\u1806' or '\uFFFC' or '\uFEFF' or (>= '\u180B' and <= '\u180D')
            or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u206F') or (>= '\uFE00' and <= '\uFE0F')
        || (char.IsControl(c) && !char.IsWhiteSpace(c));
}
