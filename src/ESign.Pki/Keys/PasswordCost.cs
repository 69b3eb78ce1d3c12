using System.Formats.Asn1;
using System.Security.Cryptography;
using ESign.Pki.Asn1;

namespace ESign.Pki.Keys;

/// <summary>Refuses password-based encryption whose iteration count would keep a server busy for minutes.</summary>
/// <remarks>RFC 8018 §6.2 (PBES2 with PBKDF2), App. A.3 (PBES1), RFC 7292 App. C (pkcs-12PbeParams) and App. B (MAC).</remarks>
internal static class PasswordCost
{
    /// <summary>About four seconds of PBKDF2-HMAC-SHA-256; writers use 2,000 to 1,000,000.</summary>
    public const int MaximumIterations = 10_000_000;

    private const string Pbes2 = "1.2.840.113549.1.5.13";
    private const string Pbkdf2 = "1.2.840.113549.1.5.12";

    /// <summary>Checks an <c>EncryptedPrivateKeyInfo</c> (RFC 5958 §3) before its password is tried.</summary>
    /// <exception cref="CryptographicException">It is malformed or asks for too many iterations.</exception>
    public static void CheckEncryptedPrivateKey(ReadOnlyMemory<byte> encoded)
    {
        try
        {
            CheckAlgorithm(AlgorithmIdentifier.Read(new DerReader(encoded, AsnEncodingRules.BER).ReadSequence()));
        }
        catch (Asn1FormatException exception)
        {
            throw new CryptographicException(exception.Message, exception);
        }
    }

    /// <summary>Checks every encryption and the MAC of a PFX (RFC 7292 §4) before its password is tried.</summary>
    /// <exception cref="CryptographicException">It is malformed or asks for too many iterations.</exception>
    public static void CheckPkcs12(ReadOnlyMemory<byte> encoded)
    {
        try
        {
            DerReader pfx = new DerReader(encoded, AsnEncodingRules.BER).ReadSequence();
            pfx.ReadInteger();
            DerReader authSafe = pfx.ReadSequence();
            authSafe.ReadObjectIdentifier();
            DerReader contents = new DerReader(authSafe.ReadExplicit(0).ReadOctetString(), AsnEncodingRules.BER).ReadSequence();
            while (contents.HasData)
            {
                CheckContent(contents.ReadSequence());
            }

            if (pfx.HasData)
            {
                // MacData ::= SEQUENCE { mac DigestInfo, macSalt OCTET STRING, iterations INTEGER DEFAULT 1 }
                DerReader mac = pfx.ReadSequence();
                mac.ReadSequence();
                mac.ReadOctetString();
                CheckIterations(mac.HasData ? mac.ReadInt32() : 1);
            }
        }
        catch (Asn1FormatException exception)
        {
            throw new CryptographicException("不是有效的 PKCS#12 文件 / Not a PKCS#12 file: " + exception.Message, exception);
        }
    }

    private static void CheckContent(DerReader contentInfo)
    {
        const string Data = "1.2.840.113549.1.7.1";
        const string EncryptedData = "1.2.840.113549.1.7.6";
        switch (contentInfo.ReadObjectIdentifier())
        {
            case Data:
                DerReader bags = new DerReader(contentInfo.ReadExplicit(0).ReadOctetString(), AsnEncodingRules.BER).ReadSequence();
                while (bags.HasData)
                {
                    CheckBag(bags.ReadSequence());
                }

                break;
            case EncryptedData:
                // EncryptedData ::= SEQUENCE { version, EncryptedContentInfo ::= SEQUENCE { contentType, algorithm, content } }
                DerReader encrypted = contentInfo.ReadExplicit(0).ReadSequence();
                encrypted.ReadInteger();
                DerReader content = encrypted.ReadSequence();
                content.ReadObjectIdentifier();
                CheckAlgorithm(AlgorithmIdentifier.Read(content));
                break;
        }
    }

    private static void CheckBag(DerReader bag)
    {
        const string ShroudedKey = "1.2.840.113549.1.12.10.1.2";
        if (string.Equals(bag.ReadObjectIdentifier(), ShroudedKey, StringComparison.Ordinal))
        {
            CheckAlgorithm(AlgorithmIdentifier.Read(bag.ReadExplicit(0).ReadSequence()));
        }
    }

    private static void CheckAlgorithm(AlgorithmIdentifier algorithm)
    {
        if (!algorithm.HasParameters)
        {
            return;
        }

        DerReader parameters = new DerReader(algorithm.Parameters, AsnEncodingRules.BER).ReadSequence();
        if (string.Equals(algorithm.Oid, Pbes2, StringComparison.Ordinal))
        {
            AlgorithmIdentifier derivation = AlgorithmIdentifier.Read(parameters);
            if (!string.Equals(derivation.Oid, Pbkdf2, StringComparison.Ordinal))
            {
                return;
            }

            parameters = new DerReader(derivation.Parameters, AsnEncodingRules.BER).ReadSequence();
        }

        // PBKDF2-params and pkcs-12PbeParams both start with salt, iterations.
        parameters.ReadEncodedValue();
        CheckIterations(parameters.ReadInt32());
    }

    private static void CheckIterations(int iterations)
    {
        if (iterations is < 1 or > MaximumIterations)
        {
            throw new CryptographicException(string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"密码迭代次数{iterations}不在1至{MaximumIterations}之间 / The password's iteration count {iterations} is outside 1 to {MaximumIterations}."));
        }
    }
}
