namespace ESign.Pdf;

/// <summary>Why a file cannot be read as a PDF. The names are stable and appear in JSON answers.</summary>
public enum PdfErrorCode
{
    /// <summary>No <c>%PDF-</c> header where one must be.</summary>
    NotAPdf,

    /// <summary>A token or object is malformed.</summary>
    Syntax,

    /// <summary>The cross-reference information is missing or wrong and could not be rebuilt.</summary>
    CrossReference,

    /// <summary>The trailer, catalog or page tree is missing, malformed or circular.</summary>
    Structure,

    /// <summary>A stream cannot be decoded.</summary>
    Stream,

    /// <summary>The encryption dictionary is malformed.</summary>
    Encryption,

    /// <summary>The file is encrypted and the password given does not open it.</summary>
    PasswordRequired,

    /// <summary>A documented resource limit was reached: depth, size, count or work.</summary>
    LimitExceeded,

    /// <summary>The file uses something ESign does not support.</summary>
    Unsupported,

    /// <summary>A font program (embedded, or given by the caller) is malformed or of a kind that cannot be used.</summary>
    Font,
}
