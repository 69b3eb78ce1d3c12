using System.Formats.Asn1;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using ESign.Pki.Names;

namespace ESign.Pki.Revocation;

/// <summary>A responder's answer, read and never changed; and the encoder a responder uses.</summary>
/// <remarks>
/// RFC 6960 §4.2.
/// <code>
/// OCSPResponse      ::= SEQUENCE { responseStatus ENUMERATED, responseBytes [0] EXPLICIT SEQUENCE { responseType OID, response OCTET STRING } OPTIONAL }
/// BasicOCSPResponse ::= SEQUENCE { tbsResponseData, signatureAlgorithm, signature BIT STRING, certs [0] EXPLICIT SEQUENCE OF Certificate OPTIONAL }
/// ResponseData      ::= SEQUENCE { version [0] EXPLICIT DEFAULT v1, responderID CHOICE { byName [1] EXPLICIT Name, byKey [2] EXPLICIT OCTET STRING },
///                                  producedAt GeneralizedTime, responses SEQUENCE OF SingleResponse, responseExtensions [1] EXPLICIT OPTIONAL }
/// </code>
/// </remarks>
public sealed class OcspResponse
{
    /// <summary>The largest answer read; with a chain of certificates it has about 10 kB.</summary>
    internal const int MaximumSize = 1 << 20;

    private const int MaximumResponses = 1_000;
    private const int MaximumCertificates = 32;

    private OcspResponse(ReadOnlyMemory<byte> rawData, IReadOnlyList<Certificate> known)
    {
        if (rawData.Length > MaximumSize)
        {
            throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, "an OCSP response larger than 1 MiB");
        }

        RawData = rawData;
        DerReader response = DerReader.OpenSequence(rawData);
        Status = (OcspResponseStatus)response.ReadEnumerated();
        if (!Enum.IsDefined(Status))
        {
            throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "an OCSP response status RFC 6960 does not know");
        }

        if (response.NextIsContext(0))
        {
            DerReader wrapper = response.ReadExplicit(0);
            DerReader bytes = wrapper.ReadSequence();
            wrapper.ThrowIfNotEmpty();
            if (!string.Equals(bytes.ReadObjectIdentifier(), ExtensionOid.OcspBasicResponse, StringComparison.Ordinal))
            {
                throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "an OCSP response type other than id-pkix-ocsp-basic");
            }

            ReadBasic(bytes.ReadOctetString(), known);
            bytes.ThrowIfNotEmpty();
        }
        else if (Status == OcspResponseStatus.Successful)
        {
            throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "a successful OCSP response without response bytes (RFC 6960 §4.2.1)");
        }

        response.ThrowIfNotEmpty();
    }

    /// <summary>The whole response as DER.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>Whether the responder answered.</summary>
    internal OcspResponseStatus Status { get; }

    /// <summary>When the answer was signed.</summary>
    public DateTimeOffset ProducedAt { get; private set; }

    /// <summary>Certificates the responder enclosed, usually its own.</summary>
    public IReadOnlyList<Certificate> Certificates { get; private set; } = [];

    /// <summary>The response's extensions.</summary>
    internal IReadOnlyList<CertificateExtension> Extensions { get; private set; } = [];

    /// <summary>The nonce, or <see langword="null"/>.</summary>
    /// <exception cref="Asn1FormatException">The nonce is malformed.</exception>
    public ReadOnlyMemory<byte>? Nonce => OcspRequest.DecodeNonce(Extensions);

    /// <summary>The responder by name, or <see langword="null"/>.</summary>
    internal DistinguishedName? ResponderName { get; private set; }

    /// <summary>The responder by the SHA-1 digest of its key, or <see langword="null"/>.</summary>
    internal ReadOnlyMemory<byte>? ResponderKeyHash { get; private set; }

    /// <summary>Whether the answer says to be from the holder of a certificate; its signature tells whether it is.</summary>
    internal bool NamesResponder(Certificate candidate) => ResponderName is { } name
        ? candidate.Subject.Equals(name)
        : ResponderKeyHash is { } hash && HasKey(candidate, hash.Span);

    internal IReadOnlyList<OcspSingleResponse> Responses { get; private set; } = [];

    internal ReadOnlyMemory<byte> TbsResponseData { get; private set; }

    internal AlgorithmIdentifier? SignatureAlgorithm { get; private set; }

    internal ReadOnlyMemory<byte> SignatureValue { get; private set; }

    /// <summary>Decodes a response.</summary>
    /// <param name="encoded">The whole encoding; kept, not copied.</param>
    /// <exception cref="Asn1FormatException">The bytes are not an OCSP response.</exception>
    public static OcspResponse Decode(ReadOnlyMemory<byte> encoded) => new(encoded, known: []);

    /// <summary>Decodes a response from hostile bytes.</summary>
    /// <param name="encoded">The whole encoding; kept, not copied.</param>
    /// <param name="response">The response, or <see langword="null"/> when the bytes are not one.</param>
    /// <returns>Whether the bytes are an OCSP response.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> encoded, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out OcspResponse? response) =>
        TryDecode(encoded, known: [], out response);

    /// <summary>Decodes a response, some of whose certificates need not be decoded anew.</summary>
    /// <param name="encoded">The whole encoding; kept, not copied.</param>
    /// <param name="known">Those certificates.</param>
    /// <param name="response">The response, or <see langword="null"/> when the bytes are not one.</param>
    /// <returns>Whether the bytes are an OCSP response.</returns>
    internal static bool TryDecode(ReadOnlyMemory<byte> encoded, IReadOnlyList<Certificate> known, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out OcspResponse? response)
    {
        try
        {
            response = new OcspResponse(encoded, known);
            return true;
        }
        catch (Asn1FormatException)
        {
            response = null;
            return false;
        }
    }

    /// <summary>The answer of a responder that has none.</summary>
    internal static byte[] EncodeError(OcspResponseStatus status)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, 16);
        using (writer.PushSequence())
        {
            writer.WriteEnumeratedValue(status);
        }

        return writer.Encode();
    }

    /// <summary>The part a responder signs; the responder is named by its key.</summary>
    /// <param name="responderKeyHash">SHA-1 of the responder's subjectPublicKey octets (RFC 6960 §4.2.1 KeyHash).</param>
    /// <param name="producedAt">The moment of signing.</param>
    /// <param name="responses">One answer for each certificate.</param>
    /// <param name="extensions">The nonce, if the request had one.</param>
    internal static byte[] EncodeResponseData(ReadOnlySpan<byte> responderKeyHash, DateTimeOffset producedAt, IReadOnlyList<OcspSingleResponse> responses, IReadOnlyList<CertificateExtension> extensions)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, (responses.Count * 256) + 512);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(OcspEncoding.Context(2)))
            {
                writer.WriteOctetString(responderKeyHash);
            }

            writer.WriteGeneralizedTime(producedAt, omitFractionalSeconds: true);
            using (writer.PushSequence())
            {
                foreach (OcspSingleResponse response in responses)
                {
                    response.Write(writer);
                }
            }

            OcspEncoding.WriteExtensions(writer, 1, extensions);
        }

        return writer.Encode();
    }

    /// <summary>The whole response around signed data.</summary>
    internal static byte[] Encode(ReadOnlySpan<byte> responseData, AlgorithmIdentifier algorithm, ReadOnlySpan<byte> signature, IReadOnlyList<Certificate> certificates)
    {
        int size = responseData.Length + signature.Length + certificates.Sum(certificate => certificate.RawData.Length) + 256;
        var basic = new AsnWriter(AsnEncodingRules.DER, size);
        using (basic.PushSequence()) // BasicOCSPResponse
        {
            basic.WriteEncodedValue(responseData);
            algorithm.Write(basic);
            basic.WriteBitString(signature);
            if (certificates.Count > 0)
            {
                using (basic.PushSequence(OcspEncoding.Context(0)))
                using (basic.PushSequence())
                {
                    foreach (Certificate certificate in certificates)
                    {
                        basic.WriteEncodedValue(certificate.RawData.Span);
                    }
                }
            }
        }

        var writer = new AsnWriter(AsnEncodingRules.DER, size + 64);
        using (writer.PushSequence()) // OCSPResponse
        {
            writer.WriteEnumeratedValue(OcspResponseStatus.Successful);
            using (writer.PushSequence(OcspEncoding.Context(0)))
            using (writer.PushSequence()) // ResponseBytes
            {
                writer.WriteObjectIdentifier(ExtensionOid.OcspBasicResponse);
                writer.WriteOctetString(basic.Encode());
            }
        }

        return writer.Encode();
    }

    private void ReadBasic(ReadOnlyMemory<byte> encoded, IReadOnlyList<Certificate> known)
    {
        DerReader basic = DerReader.OpenSequence(encoded);
        TbsResponseData = basic.PeekEncodedValue();
        DerReader data = basic.ReadSequence();
        SignatureAlgorithm = AlgorithmIdentifier.Read(basic);
        SignatureValue = basic.ReadBitStringOctets();
        if (basic.NextIsContext(0))
        {
            DerReader wrapper = basic.ReadExplicit(0);
            Certificates = ReadCertificates(wrapper.ReadSequence(), known);
            wrapper.ThrowIfNotEmpty();
        }

        basic.ThrowIfNotEmpty();
        ReadData(data);
    }

    private void ReadData(DerReader data)
    {
        OcspEncoding.ReadVersion(data);
        if (data.NextIsContext(1))
        {
            DerReader name = data.ReadExplicit(1);
            ResponderName = DistinguishedName.Decode(name);
            name.ThrowIfNotEmpty();
        }
        else
        {
            DerReader key = data.ReadExplicit(2);
            ResponderKeyHash = key.ReadOctetString();
            key.ThrowIfNotEmpty();
        }

        ProducedAt = data.ReadGeneralizedTime();
        DerReader list = data.ReadSequence();
        var responses = new List<OcspSingleResponse>();
        while (list.HasData)
        {
            responses.Add(OcspSingleResponse.Read(list));
            if (responses.Count > MaximumResponses)
            {
                throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, "an OCSP response about more than 1,000 certificates");
            }
        }

        Responses = responses;
        Extensions = OcspEncoding.ReadExtensions(data, 1);
        data.ThrowIfNotEmpty();
    }

    // A certificate we cannot read cannot be the responder's; the answer may stand without it.
    private static List<Certificate> ReadCertificates(DerReader list, IReadOnlyList<Certificate> known)
    {
        var certificates = new List<Certificate>();
        for (int i = 0; list.HasData && i < MaximumCertificates; i++)
        {
            if (Certificate.TryDecode(list.ReadEncodedValue(), known, out Certificate? certificate))
            {
                certificates.Add(certificate);
            }
        }

        return certificates;
    }

    // "SHA-1 hash of responder's public key (excluding the tag and length fields)": an identifier, no security rests on it.
    private static bool HasKey(Certificate candidate, ReadOnlySpan<byte> hash)
    {
        try
        {
            return hash.SequenceEqual(DigestAlgorithm.Sha1.Compute(SubjectPublicKeyInfo.Decode(candidate.SubjectPublicKeyInfo).PublicKey.Span));
        }
        catch (Asn1FormatException)
        {
            return false; // a key that cannot be read signed nothing
        }
    }
}
