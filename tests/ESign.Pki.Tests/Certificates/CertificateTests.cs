using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;

namespace ESign.Pki.Tests.Certificates;

/// <summary>RFC 5280 §4.1: what our model reads equals what the platform's reads.</summary>
public sealed class CertificateTests
{
    private static readonly DateTimeOffset s_from = new(2024, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly DateTimeOffset s_to = new(2051, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Fields_agree_with_the_platform()
    {
        using X509Certificate2 platform = Make();
        Certificate certificate = Certificate.Decode(platform.RawData);

        Assert.Equal(3, certificate.Version);
        Assert.Equal(platform.SerialNumber.ToLowerInvariant(), certificate.SerialNumberHex);
        Assert.Equal(platform.IssuerName.RawData, certificate.Issuer.RawData.ToArray());
        Assert.Equal(platform.SubjectName.RawData, certificate.Subject.RawData.ToArray());
        Assert.Equal(s_from, certificate.NotBefore);
        Assert.Equal(s_to, certificate.NotAfter);
        Assert.Equal(platform.PublicKey.ExportSubjectPublicKeyInfo(), certificate.SubjectPublicKeyInfo.ToArray());
        Assert.Equal(SHA256.HashData(platform.RawData), certificate.Sha256Fingerprint.ToArray());
        Assert.Equal(platform.Extensions.Select(e => (e.Oid!.Value!, e.Critical)), certificate.Extensions.Select(e => (e.Oid, e.IsCritical)));
        Assert.Equal(platform.RawData, certificate.ToX509Certificate2().RawData);
    }

    [Fact]
    public void Typed_extensions_are_decoded()
    {
        using X509Certificate2 platform = Make();
        Certificate certificate = Certificate.FromX509Certificate2(platform);

        Assert.True(certificate.IsAuthority);
        Assert.Equal(3, certificate.BasicConstraints!.PathLength);
        Assert.Equal(KeyUsages.KeyCertSign | KeyUsages.CrlSign | KeyUsages.DecipherOnly, certificate.KeyUsage);
        Assert.Equal([KeyPurpose.OcspSigning, KeyPurpose.TimeStamping], certificate.ExtendedKeyUsage);
        Assert.Equal(
            [(GeneralNameKind.Email, "a@example.com"), (GeneralNameKind.Dns, "example.com"), (GeneralNameKind.Uri, "http://example.com/"), (GeneralNameKind.IpAddress, "192.0.2.1")],
            certificate.SubjectAlternativeName!.Select(name => (name.Kind, name.Text)));
        Assert.Equal(certificate.SubjectKeyIdentifier!.Value.ToArray(), certificate.AuthorityKeyIdentifier!.KeyIdentifier!.Value.ToArray());
        Assert.Null(certificate.NameConstraints);
        Assert.Null(certificate.InhibitAnyPolicy);
    }

    [Fact]
    public void A_known_encoding_is_not_decoded_anew_and_another_is()
    {
        using X509Certificate2 one = Make();
        using X509Certificate2 other = Make();
        var known = Certificate.Decode(one.RawData);

        Assert.True(Certificate.TryDecode(one.RawData, [known], out Certificate? recognised));
        Assert.Same(known, recognised);
        Assert.True(Certificate.TryDecode(other.RawData, [known], out Certificate? decoded));
        Assert.Equal(other.RawData, decoded.RawData.ToArray());
        Assert.False(Certificate.TryDecode(one.RawData.AsMemory(1), [known], out _));
    }

    [Fact]
    public void Every_way_of_keeping_certificates_loads()
    {
        using X509Certificate2 one = Make();
        using X509Certificate2 two = Make();
        byte[][] both = [one.RawData, two.RawData];
        string pem = "# a comment\n" + one.ExportCertificatePem() + "\nsome text\n" + two.ExportCertificatePem() + "\n";
        byte[] bundle = new X509Certificate2Collection { one, two }.Export(X509ContentType.Pkcs7)!;

        Assert.Equal(both, Certificate.LoadMany(System.Text.Encoding.ASCII.GetBytes(pem)).Select(c => c.RawData.ToArray()));
        Assert.Equal(both, Certificate.LoadMany((byte[])[.. one.RawData, .. two.RawData]).Select(c => c.RawData.ToArray()));
        Assert.Equivalent(both, Certificate.LoadMany(bundle).Select(c => c.RawData.ToArray()));
        Assert.Equal(one.RawData, Certificate.FromPem(pem).RawData.ToArray());
        Assert.Equal(one.ExportCertificatePem(), Certificate.FromPem(pem).ToPem());
        Assert.Throws<Asn1FormatException>(() => Certificate.LoadMany("nothing here"u8.ToArray()));
    }

    [Fact]
    public void No_damaged_byte_escapes_as_another_exception()
    {
        using X509Certificate2 platform = Make();
        byte[] original = platform.RawData;
        for (int i = 0; i < original.Length; i++)
        {
            byte[] damaged = [.. original];
            damaged[i] ^= 0x5A;
            if (Certificate.TryDecode(damaged, out Certificate? certificate))
            {
                ReadEverything(certificate);
            }

            Assert.False(Certificate.TryDecode(original.AsMemory(0, i), out _));
        }
    }

    private static void ReadEverything(Certificate certificate)
    {
        Func<object?>[] readers =
        [
            () => certificate.BasicConstraints, () => certificate.KeyUsage, () => certificate.ExtendedKeyUsage, () => certificate.SubjectAlternativeName,
            () => certificate.SubjectKeyIdentifier, () => certificate.AuthorityKeyIdentifier, () => certificate.ToString(), () => certificate.GetHashCode(),
        ];
        foreach (Func<object?> read in readers)
        {
            try
            {
                read();
            }
            catch (Asn1FormatException)
            {
                // The one way malformed extensions may show.
            }
        }
    }

    private static X509Certificate2 Make()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=\"Example, Inc.\", OU=测试+O=B, C=CN", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 3, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign | X509KeyUsageFlags.DecipherOnly, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(KeyPurpose.OcspSigning), new Oid(KeyPurpose.TimeStamping)], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddEmailAddress("a@example.com");
        names.AddDnsName("example.com");
        names.AddUri(new Uri("http://example.com/"));
        names.AddIpAddress(System.Net.IPAddress.Parse("192.0.2.1"));
        request.CertificateExtensions.Add(names.Build());
        var identifier = new X509SubjectKeyIdentifierExtension(request.PublicKey, false);
        request.CertificateExtensions.Add(identifier);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(identifier));
        return request.CreateSelfSigned(s_from, s_to);
    }
}
