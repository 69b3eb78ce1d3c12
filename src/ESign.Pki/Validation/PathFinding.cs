using ESign.Pki.Certificates;

namespace ESign.Pki.Validation;

/// <summary>One reason why a path fails, with the clause it comes from.</summary>
/// <param name="Code">The kind of reason; stable between versions.</param>
/// <param name="Citation">The clause, for example <c>RFC 5280 §6.1.4 (k)</c>.</param>
/// <param name="Message">The reason in Chinese and English.</param>
/// <param name="Certificate">The certificate it concerns, or <see langword="null"/>.</param>
public sealed record PathFinding(PathErrorCode Code, string Citation, string Message, Certificate? Certificate)
{
    /// <summary>The message, and the clause in parentheses.</summary>
    public override string ToString() => $"{Message} ({Citation})";
}
