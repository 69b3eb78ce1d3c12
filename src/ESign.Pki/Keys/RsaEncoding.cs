using System.Formats.Asn1;
using System.Security.Cryptography;

namespace ESign.Pki.Keys;

/// <summary>Checks encoded messages of RSA signatures for what the platform cannot: other digests, salts and masks.</summary>
/// <remarks>RFC 8017 §9.1.2 (EMSA-PSS-VERIFY, steps by number), §9.2 (EMSA-PKCS1-v1_5), B.2.1 (MGF1).</remarks>
internal static class RsaEncoding
{
    /// <summary>Whether the message is the one encoding EMSA-PKCS1-v1_5 gives the digest.</summary>
    /// <param name="message">The opened signature, as long as the modulus.</param>
    /// <param name="algorithm">The digest algorithm.</param>
    /// <param name="digest">The digest of the data.</param>
    public static bool IsPkcs1(ReadOnlySpan<byte> message, DigestAlgorithm algorithm, ReadOnlySpan<byte> digest)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, initialCapacity: 96);
        using (writer.PushSequence())
        {
            Asn1.AlgorithmIdentifier.WithNull(algorithm.Oid).Write(writer);
            writer.WriteOctetString(digest);
        }

        byte[] info = writer.Encode();
        if (message.Length < info.Length + 11)
        {
            return false;
        }

        Span<byte> expected = new byte[message.Length];
        expected.Fill(0xFF);
        expected[0] = 0;
        expected[1] = 1;
        expected[^(info.Length + 1)] = 0;
        info.CopyTo(expected[^info.Length..]);
        return CryptographicOperations.FixedTimeEquals(message, expected);
    }

    /// <summary>Whether the message is an EMSA-PSS encoding of the digest.</summary>
    /// <param name="message">The opened signature, as long as the modulus.</param>
    /// <param name="emBits">One bit less than the modulus has.</param>
    /// <param name="pss">Digest, mask digest and salt length.</param>
    /// <param name="digest">The digest of the data.</param>
    public static bool IsPss(ReadOnlySpan<byte> message, int emBits, PssParameters pss, ReadOnlySpan<byte> digest)
    {
        int hLen = pss.Digest.SizeInBytes;
        int emLen = (emBits + 7) / 8;
        if (emLen < message.Length)
        {
            // The modulus has one bit more than whole octets: the first octet is outside the encoding.
            if (message[0] != 0)
            {
                return false;
            }

            message = message[1..];
        }

        // 3, 4
        if (emLen < hLen + pss.SaltLength + 2 || message[^1] != 0xBC || digest.Length != hLen)
        {
            return false;
        }

        // 5, 6
        byte[] db = message[..(emLen - hLen - 1)].ToArray();
        ReadOnlySpan<byte> h = message.Slice(db.Length, hLen);
        byte unused = (byte)(0xFF << (8 - ((8 * emLen) - emBits)));
        if ((db[0] & unused) != 0)
        {
            return false;
        }

        // 7, 8, 9
        UnmaskInPlace(db, h, pss.MaskDigest);
        db[0] &= (byte)~unused;

        // 10
        int padding = emLen - hLen - pss.SaltLength - 2;
        if (db.AsSpan(0, padding).ContainsAnyExcept((byte)0) || db[padding] != 1)
        {
            return false;
        }

        // 11, 12, 13, 14
        byte[] m = [0, 0, 0, 0, 0, 0, 0, 0, .. digest, .. db.AsSpan(padding + 1)];
        return CryptographicOperations.FixedTimeEquals(h, pss.Digest.Compute(m));
    }

    private static void UnmaskInPlace(Span<byte> masked, ReadOnlySpan<byte> seed, DigestAlgorithm digest)
    {
        byte[] block = [.. seed, 0, 0, 0, 0];
        Span<byte> mask = stackalloc byte[64];
        mask = mask[..digest.SizeInBytes];
        for (uint counter = 0; !masked.IsEmpty; counter++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(block.AsSpan(seed.Length), counter);
            digest.Compute(block, mask);
            int take = Math.Min(mask.Length, masked.Length);
            for (int i = 0; i < take; i++)
            {
                masked[i] ^= mask[i];
            }

            masked = masked[take..];
        }
    }
}
