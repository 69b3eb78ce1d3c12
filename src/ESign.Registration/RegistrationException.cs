namespace ESign.Registration;

/// <summary>A registration rule is not met; nothing changed.</summary>
public sealed class RegistrationException : Exception
{
    /// <summary>Makes the refusal.</summary>
    /// <param name="code">A stable code, for example <c>age</c> or <c>letter-date</c>.</param>
    /// <param name="message">What is not met, Chinese and English.</param>
    public RegistrationException(string code, string message)
        : base(message) => Code = code;

    /// <summary>A stable code.</summary>
    public string Code { get; }
}
