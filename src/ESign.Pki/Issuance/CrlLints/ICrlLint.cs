namespace ESign.Pki.Issuance.CrlLints;

/// <summary>One thing a CRL must not get wrong.</summary>
internal interface ICrlLint
{
    /// <summary>A stable name.</summary>
    string Rule { get; }

    /// <summary>The clause that asks for it.</summary>
    string Citation { get; }

    /// <summary>Says what is wrong, or null.</summary>
    string? Evaluate(CrlLintSubject subject);
}
