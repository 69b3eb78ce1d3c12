namespace ESign.Pdf.Signing;

/// <summary>Signing would break what is already there, or the document forbids it. Nothing was written.</summary>
public sealed class SigningRefusedException : Exception
{
    /// <summary>Makes the refusal.</summary>
    /// <param name="code">Why; stable between versions.</param>
    /// <param name="message">What stands against it, in Chinese and English.</param>
    public SigningRefusedException(SigningRefusal code, string message)
        : base(message) => Code = code;

    /// <summary>Why; stable between versions.</summary>
    public SigningRefusal Code { get; }
}
