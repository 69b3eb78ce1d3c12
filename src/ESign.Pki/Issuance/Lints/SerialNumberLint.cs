namespace ESign.Pki.Issuance.Lints;

/// <summary>Positive, at most 20 octets, and random enough.</summary>
internal sealed class SerialNumberLint : ICertificateLint
{
    public string Rule => "serial-number";

    public string Citation => "RFC 5280 §4.1.2.2";

    public string? Evaluate(LintSubject subject)
    {
        ReadOnlySpan<byte> serial = subject.Certificate.SerialNumber.Span;
        bool positive = serial.Length > 0 && serial[0] < 0x80 && serial.ContainsAnyExcept((byte)0);
        return positive && serial.Length is >= 17 and <= 20
            ? null
            : "序列号应为正数、不超过20字节且含足够的随机位 / the serial number is not positive, longer than 20 octets or shorter than 128 random bits and an instance octet";
    }
}
