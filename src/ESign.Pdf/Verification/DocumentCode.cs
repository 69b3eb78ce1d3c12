namespace ESign.Pdf.Verification;

/// <summary>The result in the numbers that Chinese signing platforms use.</summary>
internal enum DocumentCode
{
    /// <summary>1 · Untouched, and every signature is by someone the caller trusts.</summary>
    Intact = 1,

    /// <summary>2 · Untouched, and some signatures are by others.</summary>
    IntactWithOthers = 2,

    /// <summary>3 · Tampered with.</summary>
    Tampered = 3,

    /// <summary>4 · No signature.</summary>
    NoSignature = 4,

    /// <summary>5 · A signature whose format cannot be used.</summary>
    BadFormat = 5,
}
