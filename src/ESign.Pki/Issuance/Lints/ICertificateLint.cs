namespace ESign.Pki.Issuance.Lints;

/// <summary>One thing a certificate must not get wrong.</summary>
internal interface ICertificateLint
{
    /// <summary>A stable name.</summary>
    string Rule { get; }

    /// <summary>The clause that asks for it.</summary>
    string Citation { get; }

    /// <summary>Says what is wrong, or null.</summary>
    string? Evaluate(LintSubject subject);
}
