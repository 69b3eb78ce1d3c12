using System.Formats.Asn1;
using System.Security.Cryptography;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;

namespace ESign.Pki.ElectronicSeals;

/// <summary>Whose keys may use a seal: certificates, or digests of certificates.</summary>
/// <remarks>
/// GB/T 38540-2020: <c>certListType INTEGER { certificates(1), digests(2) }</c>, then <c>SEQUENCE OF OCTET STRING</c> or
/// <c>SEQUENCE OF CertDigestObj</c>. GM/T 0031-2014 has no type and certificates only.
/// </remarks>
public sealed class SealSignerList
{
    /// <summary>A seal is used by a handful of persons; certificates of earlier years may stay in the list.</summary>
    private const int MaximumCount = 1024;

    private const int TypeCertificates = 1;
    private const int TypeDigests = 2;

    private SealSignerList(IReadOnlyList<ReadOnlyMemory<byte>> certificates, IReadOnlyList<SealSignerDigest> digests)
    {
        Certificates = certificates;
        Digests = digests;
    }

    /// <summary>The certificates as DER; empty when the seal lists digests.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Certificates { get; }

    /// <summary>The digests; empty when the seal lists certificates.</summary>
    internal IReadOnlyList<SealSignerDigest> Digests { get; }

    /// <summary>Lists whole certificates.</summary>
    /// <param name="signers">Whose keys may use the seal; at least one.</param>
    /// <exception cref="ArgumentException">The list is empty or has more than 1024 entries.</exception>
    public static SealSignerList OfCertificates(params IEnumerable<Certificate> signers)
    {
        ArgumentNullException.ThrowIfNull(signers);
        ReadOnlyMemory<byte>[] certificates = [.. signers.Select(static certificate => certificate.RawData)];
        ThrowIfUnusable(certificates.Length);
        return new SealSignerList(certificates, []);
    }

    /// <summary>Lists digests, so that the seal does not show who may use it.</summary>
    /// <param name="algorithm">How to digest; SM3 in seals made with SM2.</param>
    /// <param name="signers">Whose keys may use the seal; at least one.</param>
    /// <exception cref="ArgumentException">The list is empty or has more than 1024 entries, or the algorithm is too weak.</exception>
    public static SealSignerList OfDigests(DigestAlgorithm algorithm, params IEnumerable<Certificate> signers)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentNullException.ThrowIfNull(signers);
        if (!algorithm.IsAcceptableForSigning)
        {
            throw new ArgumentException($"摘要算法{algorithm.Name}过弱 / {algorithm.Name} is too weak to name a certificate.", nameof(algorithm));
        }

        SealSignerDigest[] digests = [.. signers.Select(certificate => new SealSignerDigest(algorithm.Name, algorithm.Compute(certificate.RawData.Span)))];
        ThrowIfUnusable(digests.Length);
        return new SealSignerList([], digests);
    }

    /// <summary>Whether a certificate may use the seal.</summary>
    /// <param name="certificate">The certificate of a signer.</param>
    /// <returns>True when the list has its bytes, or a digest of them by an algorithm that still names them.</returns>
    public bool Contains(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ReadOnlyMemory<byte> encoded = certificate.RawData;
        return Certificates.Any(listed => listed.Span.SequenceEqual(encoded.Span)) || Digests.Any(listed => Names(listed, encoded.Span));
    }

    internal static SealSignerList Read(DerReader property, bool hasType)
    {
        int at = property.Offset;
        int type = hasType ? property.ReadInt32() : TypeCertificates;
        DerReader list = property.ReadSequence();
        return type switch
        {
            TypeCertificates => new SealSignerList(ReadEntries(list, static list => list.ReadOctetString()), []),
            TypeDigests => new SealSignerList([], ReadEntries(list, ReadDigest)),
            _ => throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "a certListType other than 1 (certificates) and 2 (digests)", at),
        };
    }

    internal void Write(AsnWriter writer)
    {
        writer.WriteInteger(Digests.Count > 0 ? TypeDigests : TypeCertificates);
        using (writer.PushSequence()) // SES_CertList
        {
            foreach (ReadOnlyMemory<byte> certificate in Certificates)
            {
                writer.WriteOctetString(certificate.Span);
            }

            foreach (SealSignerDigest digest in Digests)
            {
                using (writer.PushSequence()) // CertDigestObj
                {
                    writer.WriteCharacterString(UniversalTagNumber.PrintableString, digest.Type);
                    writer.WriteOctetString(digest.Value.Span);
                }
            }
        }
    }

    /// <summary>The type is free text: where it names no algorithm, every one that makes digests of this length is tried.</summary>
    private static bool Names(SealSignerDigest listed, ReadOnlySpan<byte> encoded)
    {
        foreach (DigestAlgorithm algorithm in DigestAlgorithm.All)
        {
            if (algorithm.IsAcceptableForSigning
                && algorithm.SizeInBytes == listed.Value.Length
                && CryptographicOperations.FixedTimeEquals(algorithm.Compute(encoded), listed.Value.Span))
            {
                return true;
            }
        }

        return false;
    }

    private static SealSignerDigest ReadDigest(DerReader list)
    {
        DerReader digest = list.ReadSequence();
        var read = new SealSignerDigest(digest.ReadCharacterString(UniversalTagNumber.PrintableString), digest.ReadOctetString());
        digest.ThrowIfNotEmpty();
        return read;
    }

    private static List<T> ReadEntries<T>(DerReader list, Func<DerReader, T> read)
    {
        var entries = new List<T>();
        while (list.HasData)
        {
            if (entries.Count == MaximumCount)
            {
                throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, $"more than {MaximumCount} signers of one seal", list.Offset);
            }

            entries.Add(read(list));
        }

        return entries;
    }

    private static void ThrowIfUnusable(int count)
    {
        if (count is 0 or > MaximumCount)
        {
            throw new ArgumentException($"印章须列出1至{MaximumCount}个签章人证书，实际为{count}个 / A seal lists 1 to {MaximumCount} signers, not {count}.");
        }
    }
}
