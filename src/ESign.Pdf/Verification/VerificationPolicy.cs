using ESign.Pki.Certificates;
using ESign.Pki.Revocation;
using ESign.Pki.Validation;

namespace ESign.Pdf.Verification;

/// <summary>Whom to trust and what to demand when signatures are judged. Nothing is fetched and nobody is trusted unless it says so.</summary>
public sealed record VerificationPolicy
{
    /// <summary>Whom to trust for signers. <see cref="TrustAnchors.None"/> (the default) trusts nobody.</summary>
    public TrustAnchors TrustAnchors { get; init; } = TrustAnchors.None;

    /// <summary>Whom to trust for timestamps; <see langword="null"/> (the default) for the same as for signers.</summary>
    public TrustAnchors? TimestampAnchors { get; init; }

    /// <summary>
    /// Until when an anchor vouches for anybody (ETSI EN 319 102-1 §5.2.6, sunset date): what is not proven to be older is indeterminate.
    /// Anchors that are not listed vouch without end; empty by default.
    /// </summary>
    public IReadOnlyDictionary<Certificate, DateTimeOffset> AnchorSunsetDates { get; init; } = new Dictionary<Certificate, DateTimeOffset>();

    /// <summary>
    /// Signature policy documents at hand. A signature made under a policy must name one of them; with none (the default) the policy
    /// is reported and not processed.
    /// </summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> SignaturePolicies { get => field; init => field = value ?? []; } = [];

    /// <summary>Judges integrity and later changes alone: trust is not looked at, and nothing better than indeterminate comes out.</summary>
    public bool IntegrityOnly { get; init; }

    /// <summary>Certificates that may be needed to find a signer or build a path.</summary>
    public IReadOnlyList<Certificate> Certificates { get; init; } = [];

    /// <summary>Revocation lists at hand.</summary>
    public IReadOnlyList<CertificateRevocationList> RevocationLists { get; init; } = [];

    /// <summary>OCSP answers at hand.</summary>
    public IReadOnlyList<OcspResponse> OcspResponses { get; init; } = [];

    /// <summary>Where else revocation evidence comes from, for example an <c>OnlineRevocationSource</c>; <see langword="null"/> (the default) for nowhere.</summary>
    public IRevocationSource? RevocationSource { get; init; }

    /// <summary>What becomes of a certificate whose revocation status cannot be learnt. By default the signature is indeterminate.</summary>
    public UnknownRevocation UnknownRevocation { get; init; } = UnknownRevocation.Reject;

    /// <summary>Which algorithms are believed, and until when; and what one path may cost.</summary>
    public PathPolicy Path { get; init; } = new();

    /// <summary>The time to judge for; <see langword="null"/> (the default) for the present.</summary>
    public DateTimeOffset? ValidationTime { get; init; }

    /// <summary>Tells the present.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The password of an encrypted file, or <see langword="null"/>.</summary>
    public string? Password { get; init; }
}
