namespace ESign.Pdf.Verification;

/// <summary>What one check found.</summary>
public enum CheckOutcome
{
    /// <summary>Checked, and right.</summary>
    Passed,

    /// <summary>Not wrong enough to change the verdict, but worth knowing.</summary>
    Warning,

    /// <summary>What is at hand does not decide.</summary>
    Indeterminate,

    /// <summary>Checked, and wrong.</summary>
    Failed,
}
