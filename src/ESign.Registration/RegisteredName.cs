namespace ESign.Registration;

/// <summary>How registers write an organisation's name.</summary>
internal static class RegisteredName
{
    /// <summary>The name with full-width brackets, whichever it was typed with.</summary>
    public static string Of(string typed) => typed.Replace('(', '（').Replace(')', '）');
}
