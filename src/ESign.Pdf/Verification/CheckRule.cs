namespace ESign.Pdf.Verification;

/// <summary>The names of the checks, as they stand in <see cref="CheckResult.Rule"/>. They are stable between versions.</summary>
internal static class CheckRule
{
    public const string Format = "format";
    public const string ByteRange = "byte-range";
    public const string Contents = "contents";
    public const string Coverage = "coverage";
    public const string SignatureDictionary = "signature-dictionary";
    public const string Removed = "removed";
    public const string Padding = "padding";
    public const string Container = "container";
    public const string Digest = "digest";
    public const string SignatureValue = "signature-value";
    public const string SigningCertificate = "signing-certificate";
    public const string CertificateBinding = "certificate-binding";
    public const string SignedAttributes = "signed-attributes";
    public const string Algorithms = "algorithms";
    public const string ClaimedTime = "claimed-time";
    public const string Timestamps = "timestamps";
    public const string TimestampOrder = "timestamp-order";
    public const string CertificatePath = "certificate-path";
    public const string SignaturePolicy = "signature-policy";
    public const string ElectronicSeal = "electronic-seal";
    public const string KeyUsage = "key-usage";
    public const string Revocation = "revocation";
    public const string LongTermData = "long-term-data";
    public const string Modifications = "modifications";
}
