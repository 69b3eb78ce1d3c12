namespace ESign.Pki.ElectronicSeals;

/// <summary>A certificate that may use a seal, listed by its digest.</summary>
/// <remarks>GB/T 38540-2020 <c>CertDigestObj ::= SEQUENCE { type PrintableString, value OCTET STRING }</c>.</remarks>
/// <param name="Type">How the digest was computed, as the seal's maker writes it, for example <c>SM3</c>.</param>
/// <param name="Value">The digest of the certificate's DER.</param>
internal sealed record SealSignerDigest(string Type, ReadOnlyMemory<byte> Value);
