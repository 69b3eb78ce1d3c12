using System.Globalization;
using System.Text;

namespace ESign.Pdf.Tests.Verification.Attacks;

/// <summary>Universal signature forgery: the signature dictionary loses or garbles what a verifier needs, so that it skips the check.</summary>
/// <remarks>Mladenov et al., CCS 2019, §4.1: /ByteRange and /Contents missing, empty, null, of another type, negative, overlapping, too large.</remarks>
internal static class ForgeryAttacks
{
    public static IEnumerable<string> ByteRanges =>
    [
        "", "null", "[]", "[0]", "[0 1]", "[0 0 0 0]", "[0 1 2]", "[0 -1 2 3]", "[-1 1 2 3]", "[0 1 2 -3]", "[(0)(1)(2)(3)]", "[/a/b/c/d]",
        "[null null null null]", "[true false 0 0]", "[0 99999999999 0 0]", "[0 9223372036854775807 9223372036854775807 9223372036854775807]",
        "[0 18446744073709551616 1 1]", "[0 1.5 2.5 3]", "[0.0 {0}.0 {1}.0 {2}.0]", "[0 {0} {1} {2} 0 0]", "[0 {0} {0} {2}]", "[0 {1} {0} {2}]", "[0 {0} {1} 999999999]",
        "[1 {0} {1} {2}]", "[0 {0} {1} 0]", "[0 {0} 0 {2}]", "[{0} {1} {2} 0]", "<<>>", "(0 {0} {1} {2})", "0", "/Name", "99 0 R", "[99 0 R {0} {1} {2}]",
        "[[0 {0}][{1} {2}]]", "[0 10 20 30]", "[0 {0} {1}]", "[0000000000 {0} {1} {2}]/ByteRange[0 0 0 0]", "[0 0 0 0]/ByteRange[0 {0} {1} {2}]",
    ];

    public static IEnumerable<string> Values =>
    [
        "", "null", "<>", "<00>", "<0000000000>", "()", "(\\000)", "[]", "<<>>", "0", "true", "/Name", "99 0 R", "12 0 R", "[<00>]", "<3080>", "<30820000>", "<3000>", "<0500>",
        "<30800000>", "<3084FFFFFFFF00>", "<0400>", "<3003020100>", "<zz>",
    ];

    /// <summary>The dictionary is rewritten in place where it fits, else the update redefines it.</summary>
    public static byte[] WithByteRange(Victim victim, string range)
    {
        string text = Encoding.Latin1.GetString(victim.Signed);
        (int first, int second, int length) = FileAttacks.Range(text);
        string written = string.Format(CultureInfo.InvariantCulture, range.Replace("<<>>", "<< >>", StringComparison.Ordinal), first, second, length);
        int key = text.IndexOf("/ByteRange", StringComparison.Ordinal);
        int close = text.IndexOf(']', key) + 1;
        string entry = written.Length == 0 ? "" : "/ByteRange" + written;
        if (entry.Length <= close - key)
        {
            return Encoding.Latin1.GetBytes(text[..key] + entry.PadRight(close - key) + text[close..]);
        }

        var forgery = new Forgery(victim.Signed);
        return forgery.Edit(forgery.SignatureNumber, ("ByteRange", written)).End();
    }

    public static byte[] WithValue(Victim victim, string value)
    {
        string text = Encoding.Latin1.GetString(victim.Signed);
        (int first, int second, _) = FileAttacks.Range(text);
        string written = value.Length == 0 ? text[first..second].Replace('<', ' ').Replace('>', ' ') : value.PadRight(second - first);
        string changed = text[..first] + written + text[second..];
        return Encoding.Latin1.GetBytes(value.Length == 0 ? changed.Replace("/Contents" + written[..4], "/Xontents" + written[..4], StringComparison.Ordinal) : changed);
    }

    public static byte[] WithEntry(Victim victim, string key, string? value)
    {
        var forgery = new Forgery(victim.Signed);
        return forgery.Edit(forgery.SignatureNumber, (key, value)).End();
    }
}
