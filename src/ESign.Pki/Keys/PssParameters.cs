using System.Formats.Asn1;
using ESign.Pki.Asn1;

namespace ESign.Pki.Keys;

/// <summary>The parameters of RSASSA-PSS.</summary>
/// <remarks>
/// RFC 4055 §3.1: <c>RSASSA-PSS-params ::= SEQUENCE { hashAlgorithm [0] HashAlgorithm DEFAULT sha1Identifier,
/// maskGenAlgorithm [1] MaskGenAlgorithm DEFAULT mgf1SHA1Identifier, saltLength [2] INTEGER DEFAULT 20,
/// trailerField [3] INTEGER DEFAULT 1 }</c>.
/// </remarks>
internal sealed record PssParameters(DigestAlgorithm Digest, DigestAlgorithm MaskDigest, int SaltLength)
{
    /// <summary>Longer salts fit no RSA modulus ESign reads (16384 bits).</summary>
    private const int MaximumSaltLength = 2048;

    /// <summary>Decodes the parameters of an id-RSASSA-PSS identifier.</summary>
    /// <param name="parameters">The encoded <c>RSASSA-PSS-params</c>.</param>
    /// <param name="unsupported">On a null result: what ESign cannot compute.</param>
    /// <exception cref="Asn1FormatException">The encoding is malformed.</exception>
    public static PssParameters? Decode(ReadOnlyMemory<byte> parameters, out string unsupported)
    {
        DerReader sequence = DerReader.OpenSequence(parameters);
        string digestOid = Oids.Sha1;
        string mask = Oids.Mgf1;
        string maskDigestOid = Oids.Sha1;
        int salt = 20;
        int trailer = 1;
        if (sequence.NextIsContext(0))
        {
            digestOid = ReadExplicit(sequence, 0, ReadDigest);
        }

        if (sequence.NextIsContext(1))
        {
            (mask, maskDigestOid) = ReadExplicit(sequence, 1, ReadMask);
        }

        if (sequence.NextIsContext(2))
        {
            salt = ReadExplicit(sequence, 2, static reader => reader.ReadInt32());
        }

        if (sequence.NextIsContext(3))
        {
            trailer = ReadExplicit(sequence, 3, static reader => reader.ReadInt32());
        }

        sequence.ThrowIfNotEmpty();
        if (salt is < 0 or > MaximumSaltLength || trailer != 1)
        {
            throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, $"RSASSA-PSS-params with saltLength {salt} and trailerField {trailer}");
        }

        DigestAlgorithm? digest = DigestAlgorithm.FromOid(digestOid);
        DigestAlgorithm? maskDigest = DigestAlgorithm.FromOid(maskDigestOid);
        unsupported = digest is null ? $"PSS digest {digestOid}"
            : !string.Equals(mask, Oids.Mgf1, StringComparison.Ordinal) ? $"PSS mask generation {mask}"
            : maskDigest is null ? $"PSS mask digest {maskDigestOid}" : "";
        return unsupported.Length == 0 ? new PssParameters(digest!, maskDigest!, salt) : null;
    }

    /// <summary>The identifier with explicit NULL for the digests, as RFC 4055 §2.1 defines them.</summary>
    public AlgorithmIdentifier ToAlgorithmIdentifier()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, initialCapacity: 96);
        using (writer.PushSequence())
        {
            if (Digest != DigestAlgorithm.Sha1)
            {
                using (writer.PushSequence(Context(0)))
                {
                    AlgorithmIdentifier.WithNull(Digest.Oid).Write(writer);
                }
            }

            if (MaskDigest != DigestAlgorithm.Sha1)
            {
                using (writer.PushSequence(Context(1)))
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Oids.Mgf1);
                    AlgorithmIdentifier.WithNull(MaskDigest.Oid).Write(writer);
                }
            }

            if (SaltLength != 20)
            {
                using (writer.PushSequence(Context(2)))
                {
                    writer.WriteInteger(SaltLength);
                }
            }
        }

        return new AlgorithmIdentifier(Oids.RsaPss, writer.Encode());
    }

    /// <summary>RFC 4055 §3.3: a key with parameters fixes the digests and sets the least salt length.</summary>
    public bool Permits(PssParameters signature) =>
        Digest == signature.Digest && MaskDigest == signature.MaskDigest && signature.SaltLength >= SaltLength;

    private static T ReadExplicit<T>(DerReader sequence, int number, Func<DerReader, T> read)
    {
        DerReader inner = sequence.ReadExplicit(number);
        T value = read(inner);
        inner.ThrowIfNotEmpty();
        return value;
    }

    private static string ReadDigest(DerReader reader)
    {
        AlgorithmIdentifier digest = AlgorithmIdentifier.Read(reader);
        return digest.HasAbsentOrNullParameters
            ? digest.Oid
            : throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "a digest with parameters", reader.Offset);
    }

    private static (string Mask, string Digest) ReadMask(DerReader reader)
    {
        AlgorithmIdentifier mask = AlgorithmIdentifier.Read(reader);
        if (!string.Equals(mask.Oid, Oids.Mgf1, StringComparison.Ordinal))
        {
            return (mask.Oid, "");
        }

        var parameters = new DerReader(mask.Parameters);
        string digest = ReadDigest(parameters);
        parameters.ThrowIfNotEmpty();
        return (mask.Oid, digest);
    }

    private static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number, isConstructed: true);
}
