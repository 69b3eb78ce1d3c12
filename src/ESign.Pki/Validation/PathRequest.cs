using ESign.Pki.Certificates;
using ESign.Pki.Revocation;

namespace ESign.Pki.Validation;

/// <summary>One question to a <c>PathValidator</c>: is this certificate good, at this time, for this purpose?</summary>
/// <remarks>The inputs of RFC 5280 §6.1.1, and the evidence at hand.</remarks>
public sealed record PathRequest
{
    /// <summary>The policy that means "any" (RFC 5280 §4.2.1.4).</summary>
    public const string AnyPolicy = "2.5.29.32.0";

    /// <summary>The certificate in question.</summary>
    public required Certificate Target { get; init; }

    /// <summary>The moment in question (the control time): validity, revocation and algorithms are judged at it.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>
    /// Up to when CRLs and OCSP answers may have been issued; <see langword="null"/> for <see cref="Time"/>. Set it to the
    /// present when judging the past: evidence that is newer than the moment in question tells more about it.
    /// </summary>
    public DateTimeOffset? EvidenceTime { get; init; }

    /// <summary>Certificates that may stand between target and anchor, or sign CRLs; in any order.</summary>
    public IReadOnlyList<Certificate> Certificates { get; init; } = [];

    /// <summary>Where CRLs and OCSP answers come from.</summary>
    public IReadOnlyList<IRevocationSource> RevocationSources { get; init; } = [];

    /// <summary>What becomes of a certificate of unknown status.</summary>
    public UnknownRevocation UnknownRevocation { get; init; } = UnknownRevocation.Reject;

    /// <summary>The extended key usage the target needs, in dotted form, or <see langword="null"/> for any (RFC 5280 §4.2.1.12).</summary>
    public string? Purpose { get; init; }

    /// <summary>Key usages the target needs where it has the extension (RFC 5280 §4.2.1.3).</summary>
    internal KeyUsages RequiredKeyUsage { get; init; }

    /// <summary>The user-initial-policy-set (§6.1.1 (c)).</summary>
    public IReadOnlyList<string> Policies { get; init; } = [AnyPolicy];

    /// <summary>initial-explicit-policy (§6.1.1 (f)).</summary>
    public bool RequireExplicitPolicy { get; init; }

    /// <summary>initial-policy-mapping-inhibit (§6.1.1 (e)).</summary>
    public bool InhibitPolicyMapping { get; init; }

    /// <summary>initial-any-policy-inhibit (§6.1.1 (g)).</summary>
    public bool InhibitAnyPolicy { get; init; }

    /// <summary>The host name or address the target must name, or <see langword="null"/> (RFC 9525 §6).</summary>
    public string? PeerName { get; init; }

    /// <summary>The most intermediates, self-issued ones not counted, or <see langword="null"/> for no limit of the caller's.</summary>
    public int? MaximumIntermediates { get; init; }
}
