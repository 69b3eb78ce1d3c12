namespace ESign.Pki.Validation;

/// <summary>The main status of a validation.</summary>
/// <remarks>ETSI EN 319 102-1 §5.1.3 table 5; building blocks (§5.2 ff.) use passed, failed and indeterminate with the same meanings.</remarks>
public enum Indication
{
    /// <summary>Every check holds.</summary>
    Passed,

    /// <summary>A check proves the object unusable.</summary>
    Failed,

    /// <summary>What is at hand does not decide.</summary>
    Indeterminate,
}
