using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace ESign.Pki.Keys;

/// <summary>
/// The public keys imported last, so that many signatures by one key import it once. Holds nothing secret, answers as
/// if it were not there, and stays bounded whatever keys it is shown.
/// </summary>
/// <param name="capacity">How many keys are kept; the oldest goes first.</param>
internal sealed class VerificationKeyCache(int capacity)
{
    private readonly ConcurrentDictionary<byte[], VerificationKey> _keys = new(new BytesComparer());
    private readonly ConcurrentQueue<byte[]> _order = new();

    public int Count => _keys.Count;

    /// <summary>The key of a SubjectPublicKeyInfo; null when it cannot be imported, with the reason.</summary>
    public VerificationKey? GetOrImport(ReadOnlySpan<byte> subjectPublicKeyInfo, out SignatureCheck failure)
    {
        failure = default;
        if (_keys.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(subjectPublicKeyInfo, out VerificationKey? key))
        {
            return key;
        }

        byte[] encoded = subjectPublicKeyInfo.ToArray();
        key = VerificationKey.Import(encoded, out failure);
        if (key is not null && _keys.TryAdd(encoded, key))
        {
            _order.Enqueue(encoded);

            // A key that goes may still be in use: its native handle is left to its finalizer.
            if (_order.Count > capacity && _order.TryDequeue(out byte[]? oldest))
            {
                _keys.TryRemove(oldest, out _);
            }
        }

        return key;
    }

    private sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
