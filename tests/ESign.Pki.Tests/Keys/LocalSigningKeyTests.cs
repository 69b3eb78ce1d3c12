using System.Security.Cryptography;
using ESign.Pki.Keys;

namespace ESign.Pki.Tests.Keys;

public class LocalSigningKeyTests
{
    public static TheoryData<string> Algorithms() => [.. SignatureAlgorithm.All.Select(algorithm => algorithm.Name)];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task What_a_key_signs_verifies_and_nothing_else_does(string name)
    {
        using LocalSigningKey key = TestKeys.Create(name);
        byte[] data = RandomNumberGenerator.GetBytes(300);
        byte[] signature = await key.SignAsync(data);
        ReadOnlySpan<byte> publicKey = key.SubjectPublicKeyInfo.Span;
        Assert.Equal(SignatureCheck.Valid, SignatureVerifier.Check(publicKey, key.Algorithm.Identifier, data, signature));

        data[17] ^= 1;
        Assert.Equal(SignatureOutcome.Invalid, SignatureVerifier.Check(publicKey, key.Algorithm.Identifier, data, signature).Outcome);
        data[17] ^= 1;
        for (int i = 0; i < signature.Length; i++)
        {
            signature[i] ^= 0x10;
            Assert.Equal(SignatureOutcome.Invalid, SignatureVerifier.Check(publicKey, key.Algorithm.Identifier, data, signature).Outcome);
            signature[i] ^= 0x10;
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_key_comes_back_from_plain_forms(string name)
    {
        using LocalSigningKey key = TestKeys.Create(name);
        byte[] plain = key.ExportPkcs8();
        using LocalSigningKey fromPlain = LocalSigningKey.FromPkcs8(plain, key.Algorithm);
        using LocalSigningKey fromPem = LocalSigningKey.FromPem("text\n" + PemEncoding.WriteString("PRIVATE KEY", plain), algorithm: key.Algorithm);
        AssertSame(key, fromPlain);
        AssertSame(key, fromPem);
    }

    [Theory]
    [InlineData("RSA-PSS-SHA256")]
    [InlineData("ECDSA-P256-SHA256")]
    [InlineData("SM2-SM3")]
    public void A_key_comes_back_from_encrypted_forms(string name)
    {
        using LocalSigningKey key = TestKeys.Create(name);
        using LocalSigningKey fromDer = LocalSigningKey.FromEncryptedPkcs8(key.ExportEncryptedPkcs8("密码 1"), "密码 1", key.Algorithm);
        using LocalSigningKey fromPem = LocalSigningKey.FromPem("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" + key.ExportEncryptedPem("pw"), "pw", key.Algorithm);
        AssertSame(key, fromDer);
        AssertSame(key, fromPem);
    }

    [Theory]
    [InlineData(2048)]
    [InlineData(3072)]
    public void An_RSA_key_has_the_size_asked_for(int bits)
    {
        using LocalSigningKey key = LocalSigningKey.Create(SignatureAlgorithm.RsaPkcs1Sha256, bits);
        Assert.Equal(bits / 8, key.Sign("x"u8).Length);
    }

    [Theory]
    [InlineData("ECDSA-P384-SHA384")]
    [InlineData("ECDSA-BRAINPOOLP512R1-SHA512")]
    [InlineData("SM2-SM3")]
    public void The_curve_says_what_to_sign_with(string name)
    {
        using LocalSigningKey key = TestKeys.Create(name);
        using LocalSigningKey copy = LocalSigningKey.FromPkcs8(key.ExportPkcs8());
        Assert.Same(SignatureAlgorithm.FromName(name), copy.Algorithm);
    }

    [Fact]
    public void RSA_signs_with_SHA256_unless_told_otherwise()
    {
        using LocalSigningKey key = TestKeys.Create("RSA-PSS-SHA512");
        using LocalSigningKey copy = LocalSigningKey.FromPkcs8(key.ExportPkcs8());
        Assert.Same(SignatureAlgorithm.RsaPkcs1Sha256, copy.Algorithm);
    }

    // Some Chinese encoders name the key by the curve: AlgorithmIdentifier { 1.2.156.10197.1.301 }.
    [Fact]
    public void An_SM2_key_named_by_its_curve_is_read()
    {
        using LocalSigningKey key = TestKeys.Create("SM2-SM3");
        string pkcs8 = Convert.ToHexString(key.ExportPkcs8());
        string renamed = pkcs8
            .Replace("308187020100301306072A8648CE3D020106082A811CCF5501822D", "30818002010030" + "0C" + "06082A811CCF5501822D" + "0500", StringComparison.Ordinal);
        Assert.NotEqual(pkcs8, renamed);
        using LocalSigningKey copy = LocalSigningKey.FromPkcs8(Convert.FromHexString(renamed));
        Assert.Equal(key.SubjectPublicKeyInfo.ToArray(), copy.SubjectPublicKeyInfo.ToArray());
    }

    [Fact]
    public void The_wrong_password_is_an_error_with_a_reason()
    {
        using LocalSigningKey key = TestKeys.Create("ECDSA-P256-SHA256");
        byte[] encrypted = key.ExportEncryptedPkcs8("right");
        Assert.Contains("wrong password", Assert.Throws<CryptographicException>(() => LocalSigningKey.FromEncryptedPkcs8(encrypted, "wrong")).Message);
        Assert.Throws<ArgumentException>(() => key.ExportEncryptedPkcs8(""));
    }

    [Fact]
    public void An_iteration_count_that_would_block_a_server_is_refused_at_once()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] encrypted = key.ExportEncryptedPkcs8PrivateKey("pw", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 0x123456));
        int at = Convert.ToHexString(encrypted).IndexOf("0203123456", StringComparison.Ordinal) / 2;
        byte[] hostile = Lengthened(encrypted, at);
        Assert.Contains("iteration count", Assert.Throws<CryptographicException>(() => LocalSigningKey.FromEncryptedPkcs8(hostile, "pw")).Message);
    }

    [Fact]
    public void A_key_that_does_not_fit_the_algorithm_is_refused()
    {
        using LocalSigningKey key = TestKeys.Create("ECDSA-P256-SHA256");
        byte[] pkcs8 = key.ExportPkcs8();
        Assert.Throws<ArgumentException>(() => LocalSigningKey.FromPkcs8(pkcs8, SignatureAlgorithm.RsaPkcs1Sha256));
        Assert.Throws<ArgumentException>(() => LocalSigningKey.FromPkcs8(pkcs8, SignatureAlgorithm.Sm2Sm3));
        using RSA small = RSA.Create(1024);
        Assert.Throws<ArgumentException>(() => LocalSigningKey.FromPkcs8(small.ExportPkcs8PrivateKey()));
        Assert.Throws<ArgumentOutOfRangeException>(() => LocalSigningKey.Create(SignatureAlgorithm.RsaPssSha256, 1024));
    }

    [Theory]
    [InlineData("", "no private key")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "no private key")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----", "PKCS#8")]
    public void PEM_without_a_readable_key_says_so(string pem, string reason) =>
        Assert.Contains(reason, Assert.Throws<CryptographicException>(() => LocalSigningKey.FromPem(pem)).Message);

    [Fact]
    public void Many_threads_may_sign_with_one_key()
    {
        foreach (string name in (string[])["ECDSA-P256-SHA256", "RSA-PSS-SHA256", "SM2-SM3"])
        {
            using LocalSigningKey key = TestKeys.Create(name);
            byte[] publicKey = key.SubjectPublicKeyInfo.ToArray();
            Parallel.For(0, 64, i =>
            {
                byte[] data = BitConverter.GetBytes(i);
                Assert.True(SignatureVerifier.Verify(publicKey, key.Algorithm.Identifier, data, key.Sign(data)));
            });
        }
    }

    [Fact]
    public void A_saved_key_is_readable_by_its_owner_alone()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("esign-keys-");
        try
        {
            using LocalSigningKey key = TestKeys.Create("ECDSA-P256-SHA256");
            string path = Path.Combine(folder.FullName, "key.pem");
            File.WriteAllText(path, "an older file anyone may read");
            key.SaveEncryptedPem(path, "pw");
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            }

            using LocalSigningKey copy = LocalSigningKey.FromPem(File.ReadAllText(path), "pw");
            Assert.Equal(key.SubjectPublicKeyInfo.ToArray(), copy.SubjectPublicKeyInfo.ToArray());
            Assert.Single(folder.GetFiles());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_disposed_key_does_not_sign()
    {
        LocalSigningKey key = TestKeys.Create("ECDSA-P256-SHA256");
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Sign("x"u8));
    }

    private static void AssertSame(LocalSigningKey key, LocalSigningKey copy)
    {
        Assert.Equal(key.SubjectPublicKeyInfo.ToArray(), copy.SubjectPublicKeyInfo.ToArray());
        Assert.True(SignatureVerifier.Verify(key.SubjectPublicKeyInfo.Span, key.Algorithm.Identifier, "x"u8, copy.Sign("x"u8)));
    }

    // INTEGER 123456 becomes INTEGER 7FFFFFFF; every length above it grows by one.
    private static byte[] Lengthened(byte[] encrypted, int at)
    {
        byte[] result = [.. encrypted[..at], 0x02, 0x04, 0x7F, 0xFF, 0xFF, 0xFF, .. encrypted[(at + 5)..]];
        int position = 0;
        while (position < at)
        {
            int header = result[position + 1] < 0x80 ? 2 : 2 + (result[position + 1] & 0x7F);
            int length = header == 2 ? result[position + 1] : result[(position + 2)..(position + header)].Aggregate(0, (sum, octet) => (sum << 8) | octet);
            if (position + header + length + 1 > at && (result[position] & 0x20) != 0)
            {
                result[position + header - 1]++;
                position += header;
            }
            else
            {
                position += header + length;
            }
        }

        return result;
    }
}
