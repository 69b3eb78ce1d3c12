using System.Security.Cryptography;

namespace ESign.Pki.Transparency;

/// <summary>The three hashes of RFC 6962 §2.1; the prefixes keep a leaf from passing as a node.</summary>
internal static class MerkleHash
{
    public const int SizeInBytes = SHA256.HashSizeInBytes;

    public static byte[] Empty() => SHA256.HashData([]);

    public static byte[] Leaf(ReadOnlySpan<byte> record)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0x00]);
        hash.AppendData(record);
        return hash.GetHashAndReset();
    }

    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * SizeInBytes)];
        input[0] = 0x01;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + SizeInBytes)..]);
        return SHA256.HashData(input);
    }
}
