namespace ESign.Pki.Revocation;

/// <summary>Compares octet strings by content.</summary>
internal sealed class OctetsComparer : IEqualityComparer<ReadOnlyMemory<byte>>
{
    private OctetsComparer()
    {
    }

    public static OctetsComparer Instance { get; } = new();

    public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

    public int GetHashCode(ReadOnlyMemory<byte> octets)
    {
        var hash = default(HashCode);
        hash.AddBytes(octets.Span);
        return hash.ToHashCode();
    }
}
