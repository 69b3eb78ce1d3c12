using ESign.Pki.Revocation;

namespace ESign.Pki.Issuance;

/// <summary>One entry of a CRL.</summary>
/// <param name="SerialNumber">The serial number's content octets.</param>
/// <param name="RevokedAt">The revocation date.</param>
/// <param name="Reason">The reason.</param>
/// <param name="InvalidityDate">The invalidity date, if known.</param>
internal readonly record struct RevokedCertificate(ReadOnlyMemory<byte> SerialNumber, DateTimeOffset RevokedAt, RevocationReason Reason, DateTimeOffset? InvalidityDate = null);
