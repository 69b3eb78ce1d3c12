using System.Security.Cryptography;
using ESign.Pki.Asn1;
using ESign.Pki.Keys.Gm;

namespace ESign.Pki.Keys;

/// <summary>A message digest algorithm: its name, object identifier and how to compute it.</summary>
/// <remarks>
/// SHA-2: FIPS 180-4; SHA-3: FIPS 202; SM3: GB/T 32905. MD5, SHA-1, SHA-224 and SHA3-224 exist only to judge signatures
/// of others: nothing in ESign signs with them.
/// </remarks>
public sealed class DigestAlgorithm
{
    private readonly HashAlgorithmName? _native;

    private DigestAlgorithm(string name, string oid, int sizeInBytes, HashAlgorithmName? native, bool canSign = true)
    {
        Name = name;
        Oid = oid;
        SizeInBytes = sizeInBytes;
        _native = native;
        IsAcceptableForSigning = canSign;
        Identifier = new AlgorithmIdentifier(oid);
    }

    /// <summary>MD5, for judging old signatures only.</summary>
    public static DigestAlgorithm Md5 { get; } = new("MD5", Oids.Md5, 16, HashAlgorithmName.MD5, canSign: false);

    /// <summary>SHA-1, for judging old signatures only.</summary>
    public static DigestAlgorithm Sha1 { get; } = new("SHA1", Oids.Sha1, 20, HashAlgorithmName.SHA1, canSign: false);

    /// <summary>SHA-224, for judging signatures of others only.</summary>
    public static DigestAlgorithm Sha224 { get; } = new("SHA224", Oids.Sha224, 28, native: null, canSign: false);

    /// <summary>SHA-256.</summary>
    public static DigestAlgorithm Sha256 { get; } = new("SHA256", Oids.Sha256, 32, HashAlgorithmName.SHA256);

    /// <summary>SHA-384.</summary>
    public static DigestAlgorithm Sha384 { get; } = new("SHA384", Oids.Sha384, 48, HashAlgorithmName.SHA384);

    /// <summary>SHA-512.</summary>
    public static DigestAlgorithm Sha512 { get; } = new("SHA512", Oids.Sha512, 64, HashAlgorithmName.SHA512);

    /// <summary>SHA3-224, for judging signatures of others only.</summary>
    public static DigestAlgorithm Sha3_224 { get; } = new("SHA3-224", Oids.Sha3_224, 28, native: null, canSign: false);

    /// <summary>SHA3-256.</summary>
    public static DigestAlgorithm Sha3_256 { get; } = new("SHA3-256", Oids.Sha3_256, 32, HashAlgorithmName.SHA3_256);

    /// <summary>SHA3-384.</summary>
    public static DigestAlgorithm Sha3_384 { get; } = new("SHA3-384", Oids.Sha3_384, 48, HashAlgorithmName.SHA3_384);

    /// <summary>SHA3-512.</summary>
    public static DigestAlgorithm Sha3_512 { get; } = new("SHA3-512", Oids.Sha3_512, 64, HashAlgorithmName.SHA3_512);

    /// <summary>SM3 (GB/T 32905).</summary>
    public static DigestAlgorithm Sm3 { get; } = new("SM3", Oids.Sm3, 32, native: null);

    /// <summary>SHAKE256 with 512 bits: what Ed448 wants in CMS (RFC 8419 §3.1). Nothing else uses it, so it is not in <see cref="All"/>.</summary>
    internal static DigestAlgorithm Shake256 { get; } = new("SHAKE256", Oids.Shake256, 64, native: null);

    /// <summary>Every algorithm ESign can compute.</summary>
    public static IReadOnlyList<DigestAlgorithm> All { get; } =
        [Md5, Sha1, Sha224, Sha256, Sha384, Sha512, Sha3_224, Sha3_256, Sha3_384, Sha3_512, Sm3];

    /// <summary>The usual name, for example <c>SHA256</c>.</summary>
    public string Name { get; }

    /// <summary>The object identifier in dotted form.</summary>
    public string Oid { get; }

    /// <summary>The length of a digest in bytes.</summary>
    public int SizeInBytes { get; }

    /// <summary>Whether new signatures may use it. False for MD5, SHA-1, SHA-224 and SHA3-224.</summary>
    public bool IsAcceptableForSigning { get; }

    /// <summary>The BCL name, or <see langword="null"/> where the BCL has none (SM3, SHA-224, SHA3-224).</summary>
    internal HashAlgorithmName? Native => _native;

    /// <summary>The identifier with absent parameters, as CMS <c>digestAlgorithm</c> carries it (RFC 5754 §2).</summary>
    internal AlgorithmIdentifier Identifier { get; }

    /// <summary>Finds an algorithm by its object identifier.</summary>
    /// <param name="oid">A dotted object identifier.</param>
    /// <returns>The algorithm, or <see langword="null"/> when ESign does not know it.</returns>
    public static DigestAlgorithm? FromOid(string oid)
    {
        foreach (DigestAlgorithm algorithm in All)
        {
            if (string.Equals(algorithm.Oid, oid, StringComparison.Ordinal))
            {
                return algorithm;
            }
        }

        return null;
    }

    /// <summary>Understands the <c>digestAlgorithm</c> of a signer. RFC 8702 §3.1 and RFC 8419 §2.3 name SHAKE256 with 512 bits in two ways.</summary>
    internal static DigestAlgorithm? FromIdentifier(AlgorithmIdentifier identifier) => identifier.Oid switch
    {
        Oids.Shake256 => Shake256,
        Oids.Shake256Len => identifier.Parameters.Span.SequenceEqual((ReadOnlySpan<byte>)[0x02, 0x02, 0x02, 0x00]) ? Shake256 : null, // INTEGER 512
        _ => FromOid(identifier.Oid),
    };

    /// <summary>Computes the digest of bytes that are all at hand.</summary>
    /// <param name="data">The bytes to digest.</param>
    /// <returns>A new array of <see cref="SizeInBytes"/> bytes.</returns>
    public byte[] Compute(ReadOnlySpan<byte> data)
    {
        byte[] digest = new byte[SizeInBytes];
        Compute(data, digest);
        return digest;
    }

    /// <summary>Computes the digest into memory the caller owns.</summary>
    /// <param name="data">The bytes to digest.</param>
    /// <param name="destination">At least <see cref="SizeInBytes"/> bytes.</param>
    public void Compute(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        if (_native is { } native)
        {
            CryptographicOperations.HashData(native, data, destination);
        }
        else
        {
            ManagedDigest state = StartManaged();
            state.Append(data);
            state.Finish(destination);
        }
    }

    /// <summary>Starts a running digest.</summary>
    internal RunningDigest Start() => RunningDigest.Create(this);

    /// <summary>Starts a digest the BCL does not have.</summary>
    internal ManagedDigest StartManaged() => Oid switch
    {
        Oids.Sm3 => new Sm3Digest(),
        Oids.Sha224 => new Sha224Digest(),
        Oids.Shake256 => Sha3Digest.Shake256(SizeInBytes),
        _ => new Sha3Digest(SizeInBytes),
    };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
