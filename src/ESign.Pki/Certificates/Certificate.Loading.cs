using System.Formats.Asn1;
using System.Security.Cryptography;
using ESign.Pki.Asn1;

namespace ESign.Pki.Certificates;

/// <content>Loading from what people keep certificates in: PEM, DER and PKCS#7 bundles.</content>
public sealed partial class Certificate
{
    private const string SignedDataOid = "1.2.840.113549.1.7.2";

    /// <summary>The most certificates one file may hold; system trust stores have about 150.</summary>
    private const int MaximumBundle = 10_000;

    /// <summary>The first certificate of a PEM text.</summary>
    /// <param name="pem">Text with a <c>CERTIFICATE</c> block (RFC 7468 §5).</param>
    /// <exception cref="Asn1FormatException">There is no certificate, or it is malformed.</exception>
    public static Certificate FromPem(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        List<Certificate> certificates = ReadPem(pem, limit: 1);
        return certificates.Count > 0 ? certificates[0] : throw NoCertificate();
    }

    /// <summary>Every certificate of a file's content: PEM text, one or several DER certificates, or a PKCS#7 bundle (DER or PEM).</summary>
    /// <param name="content">The file's bytes; kept, not copied.</param>
    /// <exception cref="Asn1FormatException">There is no certificate, or one is malformed.</exception>
    public static IReadOnlyList<Certificate> LoadMany(ReadOnlyMemory<byte> content)
    {
        List<Certificate> certificates = LooksLikeDer(content.Span)
            ? ReadDer(content)
            : ReadPem(PemText.Decode(content.Span), MaximumBundle);
        return certificates.Count > 0 ? certificates : throw NoCertificate();
    }

    /// <summary>The certificate as PEM text (RFC 7468 §5).</summary>
    public string ToPem() => PemEncoding.WriteString("CERTIFICATE", RawData.Span);

    private static bool LooksLikeDer(ReadOnlySpan<byte> content) => content.Length > 1 && content[0] == 0x30 && content[1] >= 0x80;

    private static List<Certificate> ReadPem(string text, int limit)
    {
        var certificates = new List<Certificate>();
        foreach ((string label, byte[] data) in PemText.ReadBlocks(text))
        {
            switch (label)
            {
                case "CERTIFICATE" or "X509 CERTIFICATE" or "TRUSTED CERTIFICATE":
                    // OpenSSL's TRUSTED CERTIFICATE appends its own settings to the certificate.
                    certificates.Add(new Certificate(label is "TRUSTED CERTIFICATE" ? new DerReader(data).ReadEncodedValue() : data));
                    break;
                case "PKCS7" or "CMS":
                    certificates.AddRange(ReadDer(data));
                    break;
            }

            if (certificates.Count >= limit)
            {
                break;
            }
        }

        return certificates;
    }

    private static List<Certificate> ReadDer(ReadOnlyMemory<byte> content)
    {
        if (IsContentInfo(content))
        {
            return ReadBundle(content);
        }

        var certificates = new List<Certificate>();
        var reader = new DerReader(content);
        while (reader.HasData && certificates.Count < MaximumBundle)
        {
            certificates.Add(new Certificate(reader.ReadEncodedValue()));
        }

        return certificates;
    }

    private static bool IsContentInfo(ReadOnlyMemory<byte> content)
    {
        try
        {
            DerReader outer = new DerReader(content, AsnEncodingRules.BER).ReadSequence();
            return outer.NextIs(Asn1Tag.ObjectIdentifier);
        }
        catch (Asn1FormatException)
        {
            return false;
        }
    }

    // RFC 5652 §5.1: SignedData ::= SEQUENCE { version, digestAlgorithms, encapContentInfo, certificates [0] IMPLICIT CertificateSet OPTIONAL, … }
    private static List<Certificate> ReadBundle(ReadOnlyMemory<byte> content)
    {
        DerReader contentInfo = DerReader.OpenSequence(content, AsnEncodingRules.BER);
        if (!string.Equals(contentInfo.ReadObjectIdentifier(), SignedDataOid, StringComparison.Ordinal))
        {
            throw NoCertificate();
        }

        DerReader signedData = contentInfo.ReadExplicit(0).ReadSequence();
        signedData.ReadEncodedValue();
        signedData.ReadEncodedValue();
        signedData.ReadEncodedValue();
        var certificates = new List<Certificate>();
        if (signedData.NextIsContext(0))
        {
            DerReader set = signedData.ReadSetOf(ExtensionDecoding.Context(0), checkOrder: false);
            while (set.HasData && certificates.Count < MaximumBundle)
            {
                // Attribute certificates and other formats have context tags.
                bool isCertificate = set.NextIs(Asn1Tag.Sequence);
                ReadOnlyMemory<byte> value = set.ReadEncodedValue();
                if (isCertificate)
                {
                    certificates.Add(new Certificate(value));
                }
            }
        }

        return certificates;
    }

    private static Asn1FormatException NoCertificate() =>
        new(Asn1ErrorCode.Absent, "no certificate found (expected PEM, DER or PKCS#7)");
}
