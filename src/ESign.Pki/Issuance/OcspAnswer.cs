using ESign.Pki.Revocation;

namespace ESign.Pki.Issuance;

/// <summary>An OCSP response and what HTTP caches may do with it.</summary>
/// <param name="RawData">The DER response (<c>application/ocsp-response</c>).</param>
/// <param name="Status">Whether it holds an answer.</param>
/// <param name="ThisUpdate">When it was made (Last-Modified, RFC 5019 §6.2); null for an error.</param>
/// <param name="NextUpdate">Until when it is good (Expires and max-age); null for an error.</param>
/// <param name="IsCacheable">Whether caches may keep it: it has no nonce and is no error.</param>
public sealed record OcspAnswer(ReadOnlyMemory<byte> RawData, OcspResponseStatus Status, DateTimeOffset? ThisUpdate, DateTimeOffset? NextUpdate, bool IsCacheable);
