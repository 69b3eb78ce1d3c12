using ESign.Pki.Revocation;

namespace ESign.Pki.Issuance;

/// <summary>An OCSP response and what HTTP caches may do with it.</summary>
public sealed record OcspAnswer
{
    internal OcspAnswer(ReadOnlyMemory<byte> rawData, OcspResponseStatus status, DateTimeOffset? thisUpdate, DateTimeOffset? nextUpdate, bool isCacheable)
    {
        RawData = rawData;
        Status = status;
        ThisUpdate = thisUpdate;
        NextUpdate = nextUpdate;
        IsCacheable = isCacheable;
    }

    /// <summary>The DER response (<c>application/ocsp-response</c>).</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>When it was made (Last-Modified, RFC 5019 §6.2); <see langword="null"/> for an error.</summary>
    public DateTimeOffset? ThisUpdate { get; }

    /// <summary>Until when it is good (Expires and max-age); <see langword="null"/> for an error.</summary>
    public DateTimeOffset? NextUpdate { get; }

    /// <summary>Whether caches may keep it: it has no nonce and is no error.</summary>
    public bool IsCacheable { get; }

    /// <summary>Whether it holds an answer.</summary>
    internal OcspResponseStatus Status { get; }
}
