using System.Formats.Asn1;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;

namespace ESign.Pki.Revocation;

/// <summary>A question to an OCSP responder about one or more certificates.</summary>
/// <remarks>
/// RFC 6960 §4.1.1, nonce: RFC 9654. A signature on a request is read over: nothing here decides by who asks.
/// <code>
/// OCSPRequest ::= SEQUENCE { tbsRequest TBSRequest, optionalSignature [0] EXPLICIT Signature OPTIONAL }
/// TBSRequest  ::= SEQUENCE { version [0] EXPLICIT DEFAULT v1, requestorName [1] EXPLICIT GeneralName OPTIONAL,
///                            requestList SEQUENCE OF SEQUENCE { reqCert CertID, [0] EXPLICIT Extensions OPTIONAL },
///                            requestExtensions [2] EXPLICIT Extensions OPTIONAL }
/// </code>
/// </remarks>
internal sealed class OcspRequest
{
    /// <summary>RFC 6960 sets none; a page of certificates is more than any client asks about at once.</summary>
    private const int MaximumCertificates = 256;

    /// <summary>The largest request read: a kilobyte is usual.</summary>
    private const int MaximumSize = 256 << 10;

    private OcspRequest(ReadOnlyMemory<byte> rawData, IReadOnlyList<CertificateId> certificates, IReadOnlyList<CertificateExtension> extensions)
    {
        RawData = rawData;
        Certificates = certificates;
        Extensions = extensions;
    }

    /// <summary>The whole request as DER.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>The request's extensions.</summary>
    public IReadOnlyList<CertificateExtension> Extensions { get; }

    /// <summary>The nonce, or <see langword="null"/> (RFC 9654 §2.1).</summary>
    /// <exception cref="Asn1FormatException">The nonce is malformed.</exception>
    public ReadOnlyMemory<byte>? Nonce => DecodeNonce(Extensions);

    internal IReadOnlyList<CertificateId> Certificates { get; }

    /// <summary>Asks about one certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="issuer">Its issuer.</param>
    /// <param name="nonce">1 to 128 octets, or empty for none.</param>
    public static OcspRequest Create(Certificate certificate, Certificate issuer, ReadOnlyMemory<byte> nonce = default)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(issuer);
        return Create([CertificateId.Create(issuer, certificate.SerialNumber)], nonce);
    }

    /// <summary>Decodes a request.</summary>
    /// <param name="encoded">The whole encoding; kept, not copied.</param>
    /// <exception cref="Asn1FormatException">The bytes are not an OCSP request.</exception>
    public static OcspRequest Decode(ReadOnlyMemory<byte> encoded)
    {
        if (encoded.Length > MaximumSize)
        {
            throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, "an OCSP request larger than 256 KiB");
        }

        DerReader request = DerReader.OpenSequence(encoded);
        DerReader tbs = request.ReadSequence();
        if (request.NextIsContext(0))
        {
            request.ReadEncodedValue();
        }

        request.ThrowIfNotEmpty();
        OcspEncoding.ReadVersion(tbs);
        if (tbs.NextIsContext(1))
        {
            tbs.ReadEncodedValue();
        }

        IReadOnlyList<CertificateId> certificates = ReadList(tbs.ReadSequence());
        IReadOnlyList<CertificateExtension> extensions = OcspEncoding.ReadExtensions(tbs, 2);
        tbs.ThrowIfNotEmpty();
        return new OcspRequest(encoded, certificates, extensions);
    }

    internal static OcspRequest Create(IReadOnlyList<CertificateId> certificates, ReadOnlyMemory<byte> nonce)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, (certificates.Count * 160) + 256);
        using (writer.PushSequence()) // OCSPRequest
        using (writer.PushSequence()) // tbsRequest
        {
            using (writer.PushSequence()) // requestList
            {
                foreach (CertificateId certificate in certificates)
                {
                    using (writer.PushSequence())
                    {
                        certificate.Write(writer);
                    }
                }
            }

            OcspEncoding.WriteExtensions(writer, 2, nonce.IsEmpty ? [] : [OcspEncoding.NonceExtension(nonce)]);
        }

        return Decode(writer.Encode());
    }

    internal static ReadOnlyMemory<byte>? DecodeNonce(IReadOnlyList<CertificateExtension> extensions) =>
        CertificateExtension.Find(extensions, ExtensionOid.OcspNonce) is { } extension ? ExtensionDecoding.DecodeOctets(extension.Value) : (ReadOnlyMemory<byte>?)null;

    private static List<CertificateId> ReadList(DerReader list)
    {
        var certificates = new List<CertificateId>();
        while (list.HasData)
        {
            DerReader single = list.ReadSequence();
            certificates.Add(CertificateId.Read(single));
            OcspEncoding.ReadExtensions(single, 0);
            single.ThrowIfNotEmpty();
            if (certificates.Count > MaximumCertificates)
            {
                throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, "an OCSP request about more than 256 certificates");
            }
        }

        return certificates;
    }
}
