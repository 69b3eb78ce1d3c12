using ESign.Pki.Keys;

namespace ESign.Pki.Cms;

/// <summary>What a signature covers: bytes at hand, a digest already computed, or something that is digested when a verifier asks.</summary>
/// <remarks>A verifier learns only from the signature which digest it needs; SM2 without attributes digests Z before the content (GB/T 32918.2 §6).</remarks>
internal sealed class SignedContent
{
    private readonly Func<DigestAlgorithm, ReadOnlyMemory<byte>, byte[]?> _digest;

    private SignedContent(Func<DigestAlgorithm, ReadOnlyMemory<byte>, byte[]?> digest) => _digest = digest;

    /// <summary>Content that is in memory.</summary>
    /// <param name="content">The bytes that are signed.</param>
    public static SignedContent FromBytes(ReadOnlyMemory<byte> content) => new((algorithm, prefix) =>
    {
        if (prefix.IsEmpty)
        {
            return algorithm.Compute(content.Span);
        }

        using RunningDigest digest = algorithm.Start();
        digest.Append(prefix.Span);
        digest.Append(content.Span);
        return digest.GetCurrentDigest();
    });

    /// <summary>Content of which only the digest is known.</summary>
    /// <param name="algorithm">How it was computed.</param>
    /// <param name="digest">The digest of the content.</param>
    public static SignedContent FromDigest(DigestAlgorithm algorithm, ReadOnlyMemory<byte> digest)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        byte[] value = digest.ToArray();
        return new((asked, prefix) => asked == algorithm && prefix.IsEmpty ? value : null);
    }

    /// <summary>Content digested on demand, for example the byte ranges of a file.</summary>
    /// <param name="digest">
    /// Given an algorithm and bytes that go before the content (usually none), returns the digest,
    /// or <see langword="null"/> when it cannot.
    /// </param>
    public static SignedContent FromDigester(Func<DigestAlgorithm, ReadOnlyMemory<byte>, byte[]?> digest)
    {
        ArgumentNullException.ThrowIfNull(digest);
        return new(digest);
    }

    internal byte[]? Digest(DigestAlgorithm algorithm, ReadOnlyMemory<byte> prefix = default) => _digest(algorithm, prefix);
}
