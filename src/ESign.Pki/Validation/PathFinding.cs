using ESign.Pki.Certificates;

namespace ESign.Pki.Validation;

/// <summary>One reason why a path fails, with the clause it comes from.</summary>
public sealed record PathFinding
{
    internal PathFinding(PathErrorCode code, string citation, string message, Certificate? certificate)
    {
        Code = code;
        Citation = citation;
        Message = message;
        Certificate = certificate;
    }

    /// <summary>The clause, for example <c>RFC 5280 §6.1.4 (k)</c>.</summary>
    public string Citation { get; }

    /// <summary>The reason in Chinese and English.</summary>
    public string Message { get; }

    /// <summary>The certificate it concerns, or <see langword="null"/>.</summary>
    public Certificate? Certificate { get; }

    internal PathErrorCode Code { get; }

    /// <summary>The message, and the clause in parentheses.</summary>
    public override string ToString() => $"{Message} ({Citation})";
}
