using ESign.Pki.Asn1;
using ESign.Pki.Keys;

namespace ESign.Pki.Issuance;

/// <summary>A PKCS#10 certification request, of which only key and signature count here.</summary>
/// <remarks>
/// RFC 2986 §4.2: <c>CertificationRequest ::= SEQUENCE { certificationRequestInfo, signatureAlgorithm, signature BIT STRING }</c>,
/// <c>CertificationRequestInfo ::= SEQUENCE { version INTEGER { v1(0) }, subject Name, subjectPKInfo, attributes [0] }</c>.
/// </remarks>
internal sealed class CertificationRequest
{
    /// <summary>Requests are a few kilobytes; whoever sends more sends something else.</summary>
    private const int MaximumSize = 1 << 16;

    private readonly ReadOnlyMemory<byte> _info;
    private readonly AlgorithmIdentifier _algorithm;
    private readonly ReadOnlyMemory<byte> _signature;

    private CertificationRequest(ReadOnlyMemory<byte> encoded)
    {
        if (encoded.Length > MaximumSize)
        {
            throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, "a certification request larger than 64 KiB");
        }

        DerReader request = DerReader.OpenSequence(encoded);
        _info = request.ReadEncodedValue();
        _algorithm = AlgorithmIdentifier.Read(request);
        _signature = request.ReadBitStringOctets();
        request.ThrowIfNotEmpty();

        DerReader info = DerReader.OpenSequence(_info);
        if (info.ReadInt32() != 0)
        {
            throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "a certification request of a version other than v1 (RFC 2986 §4.1)");
        }

        Subject = info.ReadEncodedValue();
        SubjectPublicKeyInfo = info.ReadEncodedValue();
    }

    /// <summary>The name the request claims, as DER; nobody verified it.</summary>
    public ReadOnlyMemory<byte> Subject { get; }

    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    public static CertificationRequest Decode(ReadOnlyMemory<byte> encoded) => new(encoded);

    public static CertificationRequest FromPem(string pem)
    {
        byte[]? request = PemText.ReadBlocks(pem).FirstOrDefault(static block => block.Label is "CERTIFICATE REQUEST" or "NEW CERTIFICATE REQUEST").Data;
        return new CertificationRequest(request ?? throw new Asn1FormatException(Asn1ErrorCode.Absent, "no CERTIFICATE REQUEST block found (RFC 7468 §7)"));
    }

    public bool ProvesPossession() => SignatureVerifier.Verify(SubjectPublicKeyInfo.Span, _algorithm, _info.Span, _signature.Span);
}
