using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;

namespace ESign.Pki.Validation;

/// <summary>Which algorithms and key sizes are believed, and until when.</summary>
/// <remarks>
/// The question is always "was it believable at this time?": a signature proven to exist before an algorithm's last day
/// stays believable. ETSI EN 319 102-1 §5.2.8; dates after ETSI TS 119 312 and NIST SP 800-131A.
/// </remarks>
public sealed record AlgorithmPolicy
{
    private static readonly DateTimeOffset s_always = DateTimeOffset.MaxValue;

    /// <summary>The default: what to demand of a judgement made today.</summary>
    public static AlgorithmPolicy Default { get; } = new();

    /// <summary>Believes MD5, SHA-1 and short keys at any time: for judging old material whose age is known otherwise.</summary>
    public static AlgorithmPolicy JudgeThePast { get; } = new()
    {
        Md5Until = s_always,
        Sha1Until = s_always,
        MinimumRsaKeySize = 512,
        ShortRsaKeySize = 512,
        MinimumEllipticCurveKeySize = 160,
    };

    /// <summary>The last moment MD5 is believed; by default the end of 2008, when a forged authority certificate was shown.</summary>
    public DateTimeOffset Md5Until { get; init; } = new(2008, 12, 31, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The last moment SHA-1 is believed; by default 2017-02-23, when a collision was published.</summary>
    public DateTimeOffset Sha1Until { get; init; } = new(2017, 2, 23, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The smallest RSA modulus believed today, in bits.</summary>
    public int MinimumRsaKeySize { get; init; } = 2048;

    /// <summary>The smallest RSA modulus believed until <see cref="ShortRsaUntil"/>, in bits.</summary>
    public int ShortRsaKeySize { get; init; } = 1024;

    /// <summary>The last moment <see cref="ShortRsaKeySize"/> is believed; by default the end of 2013 (NIST SP 800-131A).</summary>
    public DateTimeOffset ShortRsaUntil { get; init; } = new(2013, 12, 31, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The smallest field of an elliptic curve believed at any time, in bits (ETSI TS 119 312 recommends none below 256).</summary>
    public int MinimumEllipticCurveKeySize { get; init; } = 256;

    /// <summary>Why a signature is not believable at a time, or <see langword="null"/> when it is.</summary>
    internal string? Refuse(AlgorithmIdentifier algorithm, Certificate signer, DateTimeOffset time) =>
        RefuseDigest(SignatureParameters.Resolve(algorithm, digest: null, out _)?.Digest, time) ?? RefuseKey(signer, time);

    /// <summary>Why a digest is not believable at a time, or <see langword="null"/> when it is.</summary>
    internal string? RefuseDigest(DigestAlgorithm? digest, DateTimeOffset time) =>
        ReferenceEquals(digest, DigestAlgorithm.Md5) && time > Md5Until ? "MD5"
        : ReferenceEquals(digest, DigestAlgorithm.Sha1) && time > Sha1Until ? "SHA-1"
        : null;

    private string? RefuseKey(Certificate signer, DateTimeOffset time)
    {
        PublicKeyKind? key = PublicKeyKind.Read(signer.SubjectPublicKeyInfo);
        int minimumRsa = time <= ShortRsaUntil ? Math.Min(ShortRsaKeySize, MinimumRsaKeySize) : MinimumRsaKeySize;
        return key switch
        {
            { Algorithm: "RSA" } when key.SizeInBits < minimumRsa => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"RSA-{key.SizeInBits}"),
            { Algorithm: "EC" } when key.SizeInBits < MinimumEllipticCurveKeySize => $"ECDSA {key.Curve}",
            _ => null, // Without a key there is no signature to refuse: the check of the value says so.
        };
    }
}
