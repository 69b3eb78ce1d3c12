namespace ESign.Pdf.Verification;

/// <summary>The PAdES baseline level a signature has reached (ETSI EN 319 142-1 §6).</summary>
public enum SignatureLevel
{
    /// <summary>No baseline signature; see <see cref="SignatureVerdict.Missing"/>.</summary>
    None,

    /// <summary>B-B: the signer's certificate is bound by a signed attribute.</summary>
    BB,

    /// <summary>B-T: a trusted time exists for the signature.</summary>
    BT,

    /// <summary>B-LT: what is needed to validate it is in the document.</summary>
    BLT,

    /// <summary>B-LTA: a document timestamp protects that material.</summary>
    BLTA,
}
