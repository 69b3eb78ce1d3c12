namespace ESign.Pki.Issuance.CrlLints;

/// <summary>Each revoked certificate once, by a serial number that exists, revoked already.</summary>
internal sealed class EntriesLint : ICrlLint
{
    public string Rule => "crl-entries";

    public string Citation => "RFC 5280 §5.1.2.6, §4.1.2.2";

    /// <summary>What is revoked while a long list is being written may be on it already.</summary>
    private static readonly TimeSpan s_meanwhile = TimeSpan.FromMinutes(5);

    public string? Evaluate(CrlLintSubject subject) => subject.Entries switch
    {
        null => null,
        { Count: 0 } => "没有吊销时不应有列表 / revokedCertificates is present but empty",
        { HasBadSerialNumber: true } => "序列号应为正数且不超过20字节 / a serial number is not positive or longer than 20 octets",
        { HasRepeatedSerialNumber: true } => "同一序列号出现两次 / a serial number appears twice",
        { } entries when entries.LatestRevocation > subject.ThisUpdate + s_meanwhile => "吊销时间晚于thisUpdate / a certificate is revoked later than thisUpdate",
        _ => null,
    };
}
