namespace ESign.Pdf.Verification;

/// <summary>What all signatures of a document together say.</summary>
public enum DocumentVerdict
{
    /// <summary>Every signature passed and nothing forbidden happened since.</summary>
    Valid,

    /// <summary>A signature failed, or a forbidden change was made.</summary>
    Invalid,

    /// <summary>Nothing failed, but what is at hand does not decide about every signature.</summary>
    Indeterminate,

    /// <summary>There is no signature.</summary>
    Unsigned,
}
