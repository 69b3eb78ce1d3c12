using System.Formats.Asn1;
using System.Globalization;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Names;

namespace ESign.Pki.Issuance;

/// <summary>Everything a certificate's signed part says.</summary>
internal sealed record CertificateContent
{
    public required string SerialNumber { get; init; }

    public required AlgorithmIdentifier SignatureAlgorithm { get; init; }

    /// <summary>The issuer's name exactly as its own certificate spells it (RFC 5280 §4.1.2.4: binary comparison must succeed).</summary>
    public required ReadOnlyMemory<byte> IssuerName { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    public required ReadOnlyMemory<byte> SubjectName { get; init; }

    public required ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; init; }

    public required CertificateProfile Profile { get; init; }

    /// <summary>The issuer's key identifier, or null in a self-signed certificate.</summary>
    public ReadOnlyMemory<byte>? AuthorityKeyIdentifier { get; init; }

    public required ReadOnlyMemory<byte> SubjectKeyIdentifier { get; init; }

    /// <summary>The path length of an authority; a link certificate has the one of the certificate it replaces.</summary>
    public int? PathLength { get; init; }

    public required PublicationPoints Publication { get; init; }

    public int Partition { get; init; }

    public CertificateSubject? Subject { get; init; }

    public string? EmailAddress { get; init; }

    /// <summary>The identity extensions of the certificate that is renewed, as they were encoded.</summary>
    public IReadOnlyList<CertificateExtension> CopiedExtensions { get; init; } = [];
}

/// <summary>Writes the signed part of a certificate, and the certificate around it.</summary>
/// <remarks>RFC 5280 §4.1.</remarks>
internal static class TbsCertificateWriter
{
    /// <summary>Certificates of ours are 700 to 1800 bytes; one growth step beyond is no harm.</summary>
    private const int InitialCapacity = 4096;

    private static readonly Asn1Tag Version = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Extensions = new(TagClass.ContextSpecific, 3);

    public static byte[] WriteTbs(CertificateContent content)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, InitialCapacity);
        using (writer.PushSequence()) // TBSCertificate
        {
            using (writer.PushSequence(Version))
            {
                writer.WriteInteger(2); // v3
            }

            writer.WriteInteger(Convert.FromHexString(content.SerialNumber)); // serialNumber
            content.SignatureAlgorithm.Write(writer); // signature
            writer.WriteEncodedValue(content.IssuerName.Span); // issuer
            using (writer.PushSequence()) // validity
            {
                WriteTime(writer, content.NotBefore);
                WriteTime(writer, content.NotAfter);
            }

            writer.WriteEncodedValue(content.SubjectName.Span); // subject
            writer.WriteEncodedValue(content.SubjectPublicKeyInfo.Span); // subjectPublicKeyInfo
            using (writer.PushSequence(Extensions))
            using (writer.PushSequence())
            {
                CertificateExtensions.Write(writer, content);
            }
        }

        return writer.Encode();
    }

    /// <summary><c>Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue BIT STRING }</c>.</summary>
    public static byte[] WriteCertificate(ReadOnlySpan<byte> tbs, AlgorithmIdentifier algorithm, ReadOnlySpan<byte> signature)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, tbs.Length + signature.Length + 256);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(tbs);
            algorithm.Write(writer);
            writer.WriteBitString(signature);
        }

        return writer.Encode();
    }

    /// <summary>RFC 5280 §4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050, both to the second and in UTC.</summary>
    public static void WriteTime(AsnWriter writer, DateTimeOffset time)
    {
        if (time.UtcDateTime.Year < 2050)
        {
            writer.WriteUtcTime(time.ToUniversalTime());
        }
        else
        {
            writer.WriteGeneralizedTime(time.ToUniversalTime(), omitFractionalSeconds: true);
        }
    }

    /// <summary>Cuts a time to the second, as certificates carry it.</summary>
    public static DateTimeOffset ToSecond(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    /// <summary>A time as ISO 8601, for messages.</summary>
    public static string Describe(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
