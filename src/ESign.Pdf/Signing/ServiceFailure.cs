namespace ESign.Pdf.Signing;

/// <summary>What to do when a timestamp authority or a revocation service does not answer.</summary>
public enum ServiceFailure
{
    /// <summary>Signing fails; nothing is written.</summary>
    Fail,

    /// <summary>The highest level that can be reached is written; <see cref="SignatureReceipt.Level"/> and its notes say which and why.</summary>
    LowerLevel,
}
