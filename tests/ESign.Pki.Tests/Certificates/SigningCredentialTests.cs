using System.Formats.Asn1;
using System.Security.Cryptography;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using ESign.Pki.Tests.Keys;
using ESign.Testing;

namespace ESign.Pki.Tests.Certificates;

public sealed class SigningCredentialTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("esign-credential-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("RSA-PKCS1-SHA256")]
    [InlineData("ECDSA-P256-SHA256")]
    [InlineData("SM2-SM3")]
    public void PKCS12_comes_back_as_it_was_written(string algorithm)
    {
        using SigningCredential credential = Create(algorithm);
        using SigningCredential copy = SigningCredential.LoadPkcs12(credential.ExportPkcs12("密码"), "密码");
        Assert.Equal(credential.Certificate, copy.Certificate);
        Assert.Equal(credential.Issuers, copy.Issuers);
        Assert.Equal(algorithm, copy.Key.Algorithm.Name);
    }

    [Theory]
    [InlineData("RSA-PKCS1-SHA256", false)]
    [InlineData("RSA-PKCS1-SHA256", true)]
    [InlineData("ECDSA-P256-SHA256", false)]
    [InlineData("SM2-SM3", false)]
    public void PKCS12_is_exchanged_with_openssl(string algorithm, bool legacy)
    {
        using SigningCredential credential = Create(algorithm);
        string ours = Path.Combine(_folder, "ours.p12");
        credential.SavePkcs12(ours, "pw");
        Tool read = Tool.Run("openssl", "pkcs12", "-in", ours, "-passin", "pass:pw", "-nodes");
        Assert.True(read.ExitCode == 0, read.Error);
        Assert.Contains("BEGIN PRIVATE KEY", read.Output);

        string all = Path.Combine(_folder, "all.pem");
        File.WriteAllText(all, read.Output);
        string theirs = Path.Combine(_folder, "theirs.p12");
        string[] arguments = ["pkcs12", "-export", "-in", all, "-passout", "pass:pw", "-out", theirs];
        Tool written = Tool.Run("openssl", legacy ? [.. arguments, "-legacy"] : arguments);
        Assert.True(written.ExitCode == 0, written.Error);
        using SigningCredential copy = SigningCredential.LoadPkcs12(theirs, "pw");
        Assert.Equal(credential.Certificate, copy.Certificate);
        Assert.Equal(credential.Issuers, copy.Issuers);

        using SigningCredential pem = SigningCredential.LoadPem(read.Output, read.Output);
        Assert.Equal(credential.Certificate, pem.Certificate);
        Assert.Equal(credential.Issuers, pem.Issuers);
    }

    [Fact]
    public void PKCS12_is_read_by_the_platform()
    {
        using SigningCredential credential = Create("ECDSA-P256-SHA256");
        using var certificate = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadPkcs12(credential.ExportPkcs12("pw"), "pw");
        Assert.True(certificate.HasPrivateKey);
        Assert.Equal(credential.Certificate.RawData.ToArray(), certificate.RawData);
    }

    [Fact]
    public void The_wrong_password_and_damage_are_errors_with_a_reason()
    {
        using SigningCredential credential = Create("ECDSA-P256-SHA256");
        byte[] pkcs12 = credential.ExportPkcs12("right");
        Assert.Contains("password is wrong", Assert.Throws<CryptographicException>(() => SigningCredential.LoadPkcs12(pkcs12, "wrong")).Message);
        for (int i = 0; i < pkcs12.Length; i += 101)
        {
            Assert.ThrowsAny<CryptographicException>(() => SigningCredential.LoadPkcs12(pkcs12.AsMemory(0, i), "right"));
        }
    }

    [Fact]
    public void A_key_of_another_certificate_is_refused()
    {
        using SigningCredential credential = Create("ECDSA-P256-SHA256");
        using LocalSigningKey other = TestKeys.Create("ECDSA-P256-SHA256");
        Assert.Throws<ArgumentException>(() => new SigningCredential(credential.Certificate, [], other));
        Assert.Throws<CryptographicException>(() => SigningCredential.LoadPem(credential.Certificate.ToPem(), PemEncoding.WriteString("PRIVATE KEY", other.ExportPkcs8())));
    }

    [Fact]
    public void A_saved_file_is_readable_by_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes");
            return;
        }

        using SigningCredential credential = Create("ECDSA-P256-SHA256");
        string path = Path.Combine(_folder, "key.p12");
        credential.SavePkcs12(path, "pw");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Throws<ArgumentException>(() => credential.SavePkcs12(path, ""));
    }

    // root → leaf, both with the same algorithm
    private static SigningCredential Create(string algorithm)
    {
        LocalSigningKey key = TestKeys.Create(algorithm);
        using LocalSigningKey rootKey = LocalSigningKey.Create(key.Algorithm, rsaKeySizeBits: 2048);
        Certificate root = Issue("Root " + algorithm, "Root " + algorithm, rootKey, rootKey);
        Certificate leaf = Issue("Leaf", "Root " + algorithm, key, rootKey);
        return new SigningCredential(leaf, [root], key);
    }

    private static Certificate Issue(string subject, string issuer, LocalSigningKey key, LocalSigningKey issuerKey)
    {
        var tbs = new AsnWriter(AsnEncodingRules.DER, 2048);
        using (tbs.PushSequence())
        {
            tbs.WriteInteger(subject.Length);
            issuerKey.Algorithm.Identifier.Write(tbs);
            WriteName(tbs, issuer);
            using (tbs.PushSequence())
            {
                tbs.WriteUtcTime(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
                tbs.WriteUtcTime(new DateTimeOffset(2036, 1, 1, 0, 0, 0, TimeSpan.Zero));
            }

            WriteName(tbs, subject);
            tbs.WriteEncodedValue(key.SubjectPublicKeyInfo.Span);
        }

        byte[] toBeSigned = tbs.Encode();
        var certificate = new AsnWriter(AsnEncodingRules.DER, 4096);
        using (certificate.PushSequence())
        {
            certificate.WriteEncodedValue(toBeSigned);
            issuerKey.Algorithm.Identifier.Write(certificate);
            certificate.WriteBitString(issuerKey.Sign(toBeSigned));
        }

        return Certificate.Decode(certificate.Encode());
    }

    private static void WriteName(AsnWriter writer, string commonName)
    {
        using (writer.PushSequence())
        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("2.5.4.3");
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, commonName);
        }
    }
}
