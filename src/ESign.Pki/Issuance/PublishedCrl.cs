namespace ESign.Pki.Issuance;

/// <summary>A CRL as published.</summary>
/// <param name="RawData">The DER bytes.</param>
/// <param name="Number">Its number; higher is newer (RFC 5280 §5.2.3).</param>
/// <param name="ThisUpdate">When it was made.</param>
/// <param name="NextUpdate">When the next one comes at the latest.</param>
/// <param name="EntryCount">How many certificates it lists.</param>
public sealed record PublishedCrl(ReadOnlyMemory<byte> RawData, long Number, DateTimeOffset ThisUpdate, DateTimeOffset NextUpdate, int EntryCount);
