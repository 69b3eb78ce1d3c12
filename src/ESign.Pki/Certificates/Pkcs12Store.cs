using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using ESign.Pki.Asn1;
using ESign.Pki.Keys;

namespace ESign.Pki.Certificates;

/// <summary>PKCS#12 files: keys and certificates as bytes, so that SM2 fits in like the others.</summary>
/// <remarks>RFC 7292 §4; reads every password-based encryption the platform knows (PBES2, 3DES, RC2).</remarks>
internal static class Pkcs12Store
{
    /// <summary>
    /// Rounds for key, contents and MAC alike, as the weakest decides. The platform's own loader reads at most 300,000 each
    /// and 1,000,000 in all by default.
    /// </summary>
    private const int Iterations = 200_000;

    /// <summary>Bags read from one file; keystores have a handful.</summary>
    private const int MaximumBags = 10_000;

    private static readonly PbeParameters s_encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, Iterations);

    public static SigningCredential Load(ReadOnlyMemory<byte> encoded, ReadOnlySpan<char> password, SignatureAlgorithm? algorithm)
    {
        PasswordCost.CheckPkcs12(encoded);
        Pkcs12Info file = Pkcs12Info.Decode(encoded, out _, skipCopy: true);
        if (file.IntegrityMode == Pkcs12IntegrityMode.PublicKey || (file.IntegrityMode == Pkcs12IntegrityMode.Password && !file.VerifyMac(password)))
        {
            throw new CryptographicException("PKCS#12 密码错误或文件损坏 / The PKCS#12 password is wrong, or the file is damaged.");
        }

        LocalSigningKey? key = null;
        var certificates = new List<Certificate>();
        try
        {
            int bags = 0;
            foreach (Pkcs12SafeContents contents in file.AuthenticatedSafe)
            {
                if (contents.ConfidentialityMode == Pkcs12ConfidentialityMode.Password)
                {
                    contents.Decrypt(password);
                }

                foreach (Pkcs12SafeBag bag in contents.GetBags())
                {
                    if (++bags > MaximumBags)
                    {
                        throw new CryptographicException($"PKCS#12 条目超过{MaximumBags}个 / The PKCS#12 file has more than {MaximumBags} entries.");
                    }

                    ReadBag(bag, password, algorithm, ref key, certificates);
                }
            }

            return key is not null
                ? SigningCredential.FromParts(key, certificates)
                : throw new CryptographicException("PKCS#12 文件中没有私钥 / The PKCS#12 file holds no private key.");
        }
        catch (Asn1FormatException exception)
        {
            key?.Dispose();
            throw new CryptographicException("PKCS#12 文件损坏 / The PKCS#12 file is damaged: " + exception.Message, exception);
        }
        catch
        {
            key?.Dispose();
            throw;
        }
    }

    public static byte[] Export(SigningCredential credential, LocalSigningKey key, ReadOnlySpan<char> password)
    {
        var keyId = new Pkcs9LocalKeyId(SHA1.HashData(credential.Certificate.RawData.Span));
        var keys = new Pkcs12SafeContents();
        var shrouded = new Pkcs12ShroudedKeyBag(key.ExportEncryptedPkcs8(password, s_encryption), skipCopy: true);
        shrouded.Attributes.Add(keyId);
        keys.AddSafeBag(shrouded);

        var certificates = new Pkcs12SafeContents();
        certificates.AddSafeBag(CertificateBag(credential.Certificate, keyId));
        foreach (Certificate issuer in credential.Issuers)
        {
            certificates.AddSafeBag(CertificateBag(issuer, keyId: null));
        }

        var builder = new Pkcs12Builder();
        builder.AddSafeContentsUnencrypted(keys);
        builder.AddSafeContentsEncrypted(certificates, password, s_encryption);
        builder.SealWithMac(password, HashAlgorithmName.SHA256, Iterations);
        return builder.Encode();
    }

    private static void ReadBag(Pkcs12SafeBag bag, ReadOnlySpan<char> password, SignatureAlgorithm? algorithm, ref LocalSigningKey? key, List<Certificate> certificates)
    {
        switch (bag)
        {
            case Pkcs12ShroudedKeyBag shrouded when key is null:
                key = LocalSigningKey.FromEncryptedPkcs8(shrouded.EncryptedPkcs8PrivateKey, password, algorithm);
                break;
            case Pkcs12KeyBag plain when key is null:
                key = LocalSigningKey.FromPkcs8(plain.Pkcs8PrivateKey, algorithm);
                break;
            case Pkcs12CertBag { IsX509Certificate: true } certificate:
                certificates.Add(Certificate.Decode(new DerReader(certificate.EncodedCertificate).ReadOctetString()));
                break;
        }
    }

    private static Pkcs12CertBag CertificateBag(Certificate certificate, Pkcs9LocalKeyId? keyId)
    {
        const string X509Certificate = "1.2.840.113549.1.9.22.1";
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER, certificate.RawData.Length + 16);
        writer.WriteOctetString(certificate.RawData.Span);
        var bag = new Pkcs12CertBag(new Oid(X509Certificate), writer.Encode());
        if (keyId is not null)
        {
            bag.Attributes.Add(keyId);
        }

        return bag;
    }
}
