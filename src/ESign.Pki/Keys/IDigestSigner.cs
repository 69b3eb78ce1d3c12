namespace ESign.Pki.Keys;

/// <summary>A key that can sign a digest made elsewhere: what signing by hash needs, where the document never arrives.</summary>
internal interface IDigestSigner
{
    /// <summary>Signs a digest of the key's algorithm.</summary>
    /// <exception cref="ArgumentException">The digest has another length.</exception>
    byte[] SignDigest(ReadOnlySpan<byte> digest);
}
