using System.Text;

namespace ESign.Pki.Names;

/// <summary>What may be shown of names and numbers: identity numbers first and last character, names the surname's first character.</summary>
internal static class Masking
{
    /// <summary><c>11010519491231002X</c> becomes <c>1****************X</c>.</summary>
    public static string Identifier(string value) => value.Length <= 2
        ? new string('*', value.Length)
        : string.Concat(value.AsSpan(0, 1), new string('*', value.Length - 2), value.AsSpan(value.Length - 1));

    /// <summary>张三丰 becomes 张**: one star for every further character a reader sees.</summary>
    public static string PersonName(string name)
    {
        var masked = new StringBuilder();
        foreach (Rune rune in name.EnumerateRunes())
        {
            masked.Append(masked.Length == 0 ? rune.ToString() : "*");
        }

        return masked.ToString();
    }
}
