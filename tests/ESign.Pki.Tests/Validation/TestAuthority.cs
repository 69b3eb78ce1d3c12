using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;

namespace ESign.Pki.Tests.Validation;

/// <summary>A small authority for tests, made with the platform's builders: whatever it issues, our code did not write.</summary>
internal sealed class TestAuthority : IDisposable
{
    public static readonly DateTimeOffset From = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset To = new(2034, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Now = new(2025, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _platform;
    private byte _serial;

    private TestAuthority(string name, TestAuthority? issuer, X509Extension[] extensions, X509KeyUsageFlags usage, int? pathLength, bool isAuthority)
    {
        CertificateRequest request = Request(name, _key, extensions);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, pathLength is not null, pathLength ?? 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        _platform = issuer is null
            ? request.Create(request.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), From, To, [1])
            : issuer.Sign(request);
        Certificate = Certificate.FromX509Certificate2(_platform);
    }

    public Certificate Certificate { get; }

    public static TestAuthority Root(params X509Extension[] extensions) =>
        new("CN=Root", issuer: null, extensions, X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, pathLength: null, isAuthority: true);

    public TestAuthority Intermediate(string name, params X509Extension[] extensions) => Authority(name, null, extensions);

    public TestAuthority Authority(string name, int? pathLength, params X509Extension[] extensions) =>
        new(name, this, extensions, X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, pathLength, isAuthority: true);

    public TestAuthority Without(string name, X509KeyUsageFlags usage, bool isAuthority = true) => new(name, this, [], usage, pathLength: null, isAuthority);

    public Certificate Leaf(string name = "CN=Leaf", params X509Extension[] extensions)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 leaf = Sign(Request(name, key, extensions));
        return Certificate.FromX509Certificate2(leaf);
    }

    /// <summary>A certificate whose key the caller keeps, for OCSP responders.</summary>
    public Certificate Leaf(ECDsa key, string name, params X509Extension[] extensions)
    {
        using X509Certificate2 leaf = Sign(Request(name, key, extensions));
        return Certificate.FromX509Certificate2(leaf);
    }

    /// <summary>The same, until a moment.</summary>
    public Certificate Leaf(ECDsa key, string name, DateTimeOffset until, params X509Extension[] extensions)
    {
        using X509Certificate2 leaf = Sign(Request(name, key, extensions), until);
        return Certificate.FromX509Certificate2(leaf);
    }

    /// <summary>A certificate for a key as somebody else encoded it.</summary>
    public Certificate Leaf(string name, byte[] subjectPublicKeyInfo)
    {
        var request = new CertificateRequest(new X500DistinguishedName(name), PublicKey.CreateFromSubjectPublicKeyInfo(subjectPublicKeyInfo, out _), HashAlgorithmName.SHA256);
        using X509Certificate2 leaf = Sign(request);
        return Certificate.FromX509Certificate2(leaf);
    }

    /// <summary>A certificate whose authority key identifier the caller writes.</summary>
    public Certificate LeafIdentifying(X509Extension authorityKeyIdentifier)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = Request("CN=Leaf", key, [authorityKeyIdentifier]);
        using X509Certificate2 leaf = request.Create(_platform.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), From, To, [0x10, ++_serial]);
        return Certificate.FromX509Certificate2(leaf);
    }

    public byte[] SignBytes(byte[] data) => _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public CertificateRevocationList Crl(Action<AsnWriter>? entries = null, DateTimeOffset? thisUpdate = null, DateTimeOffset? nextUpdate = null, params (string Oid, bool Critical, byte[] Value)[] extensions)
    {
        var tbs = new AsnWriter(AsnEncodingRules.DER);
        using (tbs.PushSequence())
        {
            tbs.WriteInteger(1);
            WriteAlgorithm(tbs);
            tbs.WriteEncodedValue(Certificate.Subject.RawData.Span);
            tbs.WriteUtcTime(thisUpdate ?? Now.AddDays(-1));
            tbs.WriteUtcTime(nextUpdate ?? Now.AddDays(6));
            if (entries is not null)
            {
                using (tbs.PushSequence())
                {
                    entries(tbs);
                }
            }

            using (tbs.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            using (tbs.PushSequence())
            {
                foreach ((string oid, bool critical, byte[] value) in extensions.Length > 0 && extensions.Any(e => e.Oid == "2.5.29.20") ? extensions : [("2.5.29.20", false, [2, 1, 5]), .. extensions])
                {
                    WriteExtension(tbs, oid, critical, value);
                }
            }
        }

        byte[] signed = tbs.Encode();
        var crl = new AsnWriter(AsnEncodingRules.DER);
        using (crl.PushSequence())
        {
            crl.WriteEncodedValue(signed);
            WriteAlgorithm(crl);
            crl.WriteBitString(SignBytes(signed));
        }

        return CertificateRevocationList.Decode(crl.Encode());
    }

    public static Action<AsnWriter> Entry(Certificate certificate, DateTimeOffset at, RevocationReason? reason = null, DateTimeOffset? invalidity = null, string? unknownCritical = null, byte[]? certificateIssuer = null) => writer =>
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(certificate.SerialNumber.Span);
            writer.WriteUtcTime(at);
            if (reason is null && invalidity is null && unknownCritical is null && certificateIssuer is null)
            {
                return;
            }

            using (writer.PushSequence())
            {
                if (reason is { } code)
                {
                    WriteExtension(writer, "2.5.29.21", false, [10, 1, (byte)code]);
                }

                if (invalidity is { } date)
                {
                    var value = new AsnWriter(AsnEncodingRules.DER);
                    value.WriteGeneralizedTime(date, omitFractionalSeconds: true);
                    WriteExtension(writer, "2.5.29.24", false, value.Encode());
                }

                if (certificateIssuer is not null)
                {
                    WriteExtension(writer, "2.5.29.29", true, certificateIssuer);
                }

                if (unknownCritical is not null)
                {
                    WriteExtension(writer, unknownCritical, true, [5, 0]);
                }
            }
        }
    };

    /// <summary>An OCSP response, encoded by our responder's encoder and signed here.</summary>
    public static OcspResponse Ocsp(Certificate responder, Func<byte[], byte[]> sign, OcspSingleResponse answer, DateTimeOffset? producedAt = null, params Certificate[] enclosed)
    {
        byte[] keyHash = SHA1.HashData(SubjectPublicKeyInfo.Decode(responder.SubjectPublicKeyInfo).PublicKey.Span);
        byte[] data = OcspResponse.EncodeResponseData(keyHash, producedAt ?? Now.AddHours(-1), [answer], []);
        return OcspResponse.Decode(OcspResponse.Encode(data, new AlgorithmIdentifier("1.2.840.10045.4.3.2"), sign(data), enclosed));
    }

    public void Dispose()
    {
        _platform.Dispose();
        _key.Dispose();
    }

    private static CertificateRequest Request(string name, ECDsa key, X509Extension[] extensions)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        foreach (X509Extension extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        return request;
    }

    private X509Certificate2 Sign(CertificateRequest request, DateTimeOffset? until = null)
    {
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_platform, true, false));
        return request.Create(_platform.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), From, until ?? To, [0x10, ++_serial]);
    }

    private static void WriteAlgorithm(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.840.10045.4.3.2");
        }
    }

    private static void WriteExtension(AsnWriter writer, string oid, bool critical, byte[] value)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            if (critical)
            {
                writer.WriteBoolean(true);
            }

            writer.WriteOctetString(value);
        }
    }
}
