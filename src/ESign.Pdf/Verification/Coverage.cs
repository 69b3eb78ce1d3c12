namespace ESign.Pdf.Verification;

/// <summary>What a signature covers (ISO 32000-2 §12.8.1).</summary>
public enum Coverage
{
    /// <summary>Less than a whole revision, or something other than its own value is left out: nothing can be concluded from it.</summary>
    Invalid,

    /// <summary>A whole revision, and bytes follow it; what was appended is judged by <see cref="SignatureVerdict.LaterChanges"/>.</summary>
    WholeRevision,

    /// <summary>The whole file as it is.</summary>
    WholeFile,
}
