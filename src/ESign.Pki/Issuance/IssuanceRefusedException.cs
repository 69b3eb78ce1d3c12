namespace ESign.Pki.Issuance;

/// <summary>An authority refuses to issue; nothing was signed.</summary>
public sealed class IssuanceRefusedException : Exception
{
    /// <summary>Makes the refusal.</summary>
    /// <param name="code">A stable code: <c>subject</c>, <c>key</c>, <c>validity</c>, <c>issuer</c>, <c>proof-of-possession</c>, <c>lint</c>.</param>
    /// <param name="findings">Every reason, Chinese and English.</param>
    public IssuanceRefusedException(string code, IReadOnlyList<string> findings)
        : base(string.Join(Environment.NewLine, findings))
    {
        Code = code;
        Findings = findings;
    }

    /// <summary>A stable code.</summary>
    public string Code { get; }

    /// <summary>Every reason, Chinese and English.</summary>
    public IReadOnlyList<string> Findings { get; }
}
