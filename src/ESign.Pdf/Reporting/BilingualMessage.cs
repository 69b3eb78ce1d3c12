namespace ESign.Pdf.Reporting;

/// <summary>Takes one language out of a message that says everything twice: "中文 / English".</summary>
internal static class BilingualMessage
{
    private const string Separator = " / ";

    /// <summary>
    /// The half in the language asked for. Quoted names may hold the separator too, once in each half: then the middle one
    /// divides. A message that does not divide so is shown whole.
    /// </summary>
    public static string In(string message, bool chinese)
    {
        string[] parts = message.Split(Separator);
        if (parts.Length % 2 != 0)
        {
            return message;
        }

        int middle = parts.Length / 2;
        string first = string.Join(Separator, parts[..middle]);
        return !HasChinese(first) ? message : chinese ? first : string.Join(Separator, parts[middle..]);
    }

    private static bool HasChinese(string text) => text.Any(c => c is >= '\u4E00' and <= '\u9FFF');
}
