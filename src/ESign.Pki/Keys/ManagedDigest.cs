namespace ESign.Pki.Keys;

/// <summary>The state of a digest computed in C# because the BCL has none of that kind.</summary>
internal abstract class ManagedDigest
{
    public abstract void Append(ReadOnlySpan<byte> data);

    public abstract ManagedDigest Clone();

    /// <summary>Pads and writes the digest; the state is spent.</summary>
    public abstract void Finish(Span<byte> destination);
}
