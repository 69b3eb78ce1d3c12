namespace ESign.Pdf.Verification;

/// <summary>What a timestamp stamps.</summary>
internal enum TimestampKind
{
    /// <summary>The content before it was signed: a signed attribute, so the signature is not older (RFC 5126 §5.11.4).</summary>
    Content,

    /// <summary>The signature value: the signature is not younger (RFC 3161 appendix A).</summary>
    Signature,

    /// <summary>The whole document: a signature field of its own (ISO 32000-2 §12.8.5).</summary>
    Document,
}
