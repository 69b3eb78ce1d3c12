namespace ESign.Pki.Keys;

/// <summary>The three things a signature check can find.</summary>
internal enum SignatureOutcome
{
    /// <summary>The signature is not the key's signature over the data.</summary>
    Invalid,

    /// <summary>The signature is right.</summary>
    Valid,

    /// <summary>ESign cannot compute the algorithm: neither right nor wrong was shown. Never to be taken for valid.</summary>
    Unsupported,
}

/// <summary>What a signature check found, and why when it is not valid.</summary>
internal readonly record struct SignatureCheck(SignatureOutcome Outcome, string Reason)
{
    public static SignatureCheck Valid { get; } = new(SignatureOutcome.Valid, "");

    public bool IsValid => Outcome == SignatureOutcome.Valid;

    public static SignatureCheck Invalid(string reason) => new(SignatureOutcome.Invalid, reason);

    public static SignatureCheck Unsupported(string reason) => new(SignatureOutcome.Unsupported, reason);

    /// <summary>The answer of a primitive.</summary>
    public static SignatureCheck From(bool isRight) => isRight ? Valid : Invalid("the signature value does not match");
}
