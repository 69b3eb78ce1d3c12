namespace ESign.Pki.Cms;

/// <summary>What one check of a signature found. A bad signature is an outcome, never an exception.</summary>
internal enum CmsCheck
{
    /// <summary>Checked, and right.</summary>
    Passed,

    /// <summary>Checked, and wrong.</summary>
    Failed,

    /// <summary>What would be checked is not there.</summary>
    Absent,

    /// <summary>What would be checked cannot be read.</summary>
    Malformed,

    /// <summary>Right, but by an algorithm that no longer proves it (MD5, or SHA-1 where it may not stand).</summary>
    Weak,

    /// <summary>An algorithm ESign does not know.</summary>
    Unsupported,

    /// <summary>Could not be checked because something it needs is missing, for example the certificate.</summary>
    NotEvaluated,
}
