namespace ESign.Pki.Asn1;

/// <summary>The kinds of damage an <see cref="Asn1FormatException"/> names; stable between versions.</summary>
internal enum Asn1ErrorCode
{
    /// <summary>The bytes break the encoding rules (X.690): a wrong tag, length or value form.</summary>
    Malformed,

    /// <summary>The structure ends before the bytes do.</summary>
    TrailingData,

    /// <summary>The encoding is well formed but is not what the ASN.1 type allows here.</summary>
    UnexpectedValue,

    /// <summary>A file holds nothing of the kind that is asked for.</summary>
    Absent,

    /// <summary>The structure is nested deeper, or a value is longer, than ESign reads.</summary>
    LimitExceeded,
}
