namespace ESign.Pki.Names;

/// <summary>The sex an eighteen-digit identity number carries in its seventeenth digit (odd: male).</summary>
internal enum Sex
{
    /// <summary>女.</summary>
    Female,

    /// <summary>男.</summary>
    Male,
}
