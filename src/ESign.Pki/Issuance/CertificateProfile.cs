using ESign.Pki.Certificates;
using ESign.Pki.Names;

namespace ESign.Pki.Issuance;

/// <summary>A kind of certificate: who may have it, for which keys, for how long, and what it says.</summary>
/// <remarks>
/// RFC 5280 §4.2 for the extensions; RFC 9336 for documentSigning; RFC 3161 §2.3 for timeStamping; RFC 6960 §4.2.2.2 for OCSP
/// signing. Profiles are values: <c>CertificateProfile.Person with { DefaultValidity = TimeSpan.FromDays(180) }</c>. What makes a
/// profile safe – key usage, subject kinds, authority or not – cannot be changed.
/// </remarks>
public sealed record CertificateProfile
{
    /// <summary>
    /// The arc of ESign's own policy identifiers, made from a UUID (ITU-T X.667 §7: 2.25.UUID needs no registration).
    /// An operator with a practice statement of their own sets <see cref="PolicyOid"/>.
    /// </summary>
    private const string PolicyArc = "2.25.147775247216424714532568950255451698360.1.";

    /// <summary>Microsoft's document signing purpose, which readers knew years before RFC 9336.</summary>
    private const string MicrosoftDocumentSigning = "1.3.6.1.4.1.311.10.3.12";

    private const KeyUsages SigningUsage = KeyUsages.DigitalSignature | KeyUsages.ContentCommitment;

    private CertificateProfile(string name, int policyNumber)
    {
        Name = name;
        PolicyOid = PolicyArc + policyNumber;
    }

    /// <summary>A self-signed root. Made by <see cref="CertificateAuthority.CreateRootAsync"/> only.</summary>
    public static CertificateProfile Root { get; } = new("root", 1)
    {
        IsAuthority = true,
        KeyUsage = KeyUsages.KeyCertSign | KeyUsages.CrlSign,
        SubjectKinds = [CertificateSubjectKind.Service],
        DefaultValidity = TimeSpan.FromDays(7305),
        MaximumValidity = TimeSpan.FromDays(10958),
        NamesPolicies = false,
    };

    /// <summary>An authority below a root that issues to subscribers and no further authority.</summary>
    public static CertificateProfile IssuingCa { get; } = new("issuing-ca", 2)
    {
        IsAuthority = true,
        PathLength = 0,
        KeyUsage = KeyUsages.KeyCertSign | KeyUsages.CrlSign,
        SubjectKinds = [CertificateSubjectKind.Service],
        DefaultValidity = TimeSpan.FromDays(3653),
        MaximumValidity = TimeSpan.FromDays(5479),
    };

    /// <summary>A timestamp authority: timeStamping alone and critical.</summary>
    public static CertificateProfile TimestampAuthority { get; } = new("timestamp-authority", 3)
    {
        KeyUsage = KeyUsages.DigitalSignature,
        ExtendedKeyUsages = [KeyPurpose.TimeStamping],
        ExtendedKeyUsageIsCritical = true,
        SubjectKinds = [CertificateSubjectKind.Service],
        DefaultValidity = TimeSpan.FromDays(1827),
        MaximumValidity = TimeSpan.FromDays(2192),
    };

    /// <summary>A delegated OCSP responder: short-lived, never checked for revocation itself.</summary>
    public static CertificateProfile OcspResponder { get; } = new("ocsp-responder", 4)
    {
        KeyUsage = KeyUsages.DigitalSignature,
        ExtendedKeyUsages = [KeyPurpose.OcspSigning],
        SubjectKinds = [CertificateSubjectKind.Service],
        DefaultValidity = TimeSpan.FromDays(30),
        MaximumValidity = TimeSpan.FromDays(90),
        IsOcspNoCheck = true,
    };

    /// <summary>An organisation's seal.</summary>
    public static CertificateProfile EnterpriseSeal { get; } = Signing("enterprise-seal", 5, CertificateSubjectKind.Enterprise);

    /// <summary>A person who signs for an organisation.</summary>
    public static CertificateProfile EnterpriseOperator { get; } = Signing("enterprise-operator", 6, CertificateSubjectKind.EnterpriseOperator);

    /// <summary>A person who signs in their own name.</summary>
    public static CertificateProfile Person { get; } = Signing("person", 7, CertificateSubjectKind.Person);

    /// <summary>An event certificate (事件证书): for one signing, its key thrown away afterwards.</summary>
    public static CertificateProfile EventCertificate { get; } = Signing("event", 8, CertificateSubjectKind.Person, CertificateSubjectKind.EnterpriseOperator, CertificateSubjectKind.Enterprise) with
    {
        DefaultValidity = TimeSpan.FromDays(1),
        MaximumValidity = TimeSpan.FromDays(7),
    };

    /// <summary>Somebody, or a program, that authenticates to a service (TLS client authentication) and signs nothing else.</summary>
    public static CertificateProfile Access { get; } = new("access", 10)
    {
        KeyUsage = KeyUsages.DigitalSignature,
        ExtendedKeyUsages = [KeyPurpose.ClientAuth],
        SubjectKinds = [CertificateSubjectKind.Person, CertificateSubjectKind.EnterpriseOperator, CertificateSubjectKind.Enterprise, CertificateSubjectKind.Service],
        DefaultValidity = TimeSpan.FromDays(365),
        MaximumValidity = TimeSpan.FromDays(1096),
    };

    /// <summary>Every built-in profile.</summary>
    public static IReadOnlyList<CertificateProfile> All { get; } =
        [Root, IssuingCa, TimestampAuthority, OcspResponder, EnterpriseSeal, EnterpriseOperator, Person, EventCertificate, Access];

    /// <summary>One authority certified by another under the name it has: rollover and bridges. Its path length is the authority's own.</summary>
    internal static CertificateProfile CrossCertificate { get; } = new("cross", 9)
    {
        IsAuthority = true,
        KeyUsage = KeyUsages.KeyCertSign | KeyUsages.CrlSign,
        SubjectKinds = [CertificateSubjectKind.Service],
        DefaultValidity = TimeSpan.FromDays(10958),
        MaximumValidity = TimeSpan.FromDays(10958),
    };

    /// <summary>The name in records and on the command line, for example <c>enterprise-seal</c>.</summary>
    public string Name { get; }

    /// <summary>The certificate policy the certificate asserts (RFC 5280 §4.2.1.4), dotted.</summary>
    public string PolicyOid { get; init; }

    /// <summary>Whether the certificate is an authority's.</summary>
    public bool IsAuthority { get; private init; }

    /// <summary>How many authorities may stand below, or <see langword="null"/> for no limit.</summary>
    public int? PathLength { get; private init; }

    /// <summary>What the key may be used for; the extension is critical.</summary>
    internal KeyUsages KeyUsage { get; private init; }

    /// <summary>The purposes, dotted; empty for authorities.</summary>
    public IReadOnlyList<string> ExtendedKeyUsages { get; private init; } = [];

    /// <summary>Whether the purposes are critical (RFC 3161 §2.3 wants it of timestamp authorities).</summary>
    public bool ExtendedKeyUsageIsCritical { get; private init; }

    /// <summary>The subjects allowed.</summary>
    internal IReadOnlyList<CertificateSubjectKind> SubjectKinds { get; private init; } = [];

    /// <summary>Which public keys are allowed.</summary>
    internal SubjectKeyPolicy Keys { get; init; } = SubjectKeyPolicy.Default;

    /// <summary>How long the certificate is valid when nobody says otherwise.</summary>
    public TimeSpan DefaultValidity { get; init => field = CheckPositive(value); }

    /// <summary>The longest validity a request may ask for.</summary>
    public TimeSpan MaximumValidity { get; init => field = CheckPositive(value); }

    /// <summary>How far the beginning lies before the moment of issuance, for verifiers whose clocks run late. Five minutes.</summary>
    public TimeSpan Backdate
    {
        get;
        init => field = value >= TimeSpan.Zero && value <= TimeSpan.FromHours(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "倒填时间应在0至1小时之间 / Between nothing and one hour");
    } = TimeSpan.FromMinutes(5);

    /// <summary>Whether the certificate carries ocsp-nocheck (RFC 6960 §4.2.2.2.1) in place of revocation pointers.</summary>
    internal bool IsOcspNoCheck { get; private init; }

    /// <summary>Whether the certificate names policies; trust anchors do not (RFC 5280 §6.1.1 takes them as input).</summary>
    internal bool NamesPolicies { get; private init; } = true;

    /// <summary>Finds a built-in profile.</summary>
    /// <param name="name">Its <see cref="Name"/>.</param>
    /// <returns>The profile, or <see langword="null"/>.</returns>
    public static CertificateProfile? FromName(string name) =>
        All.FirstOrDefault(profile => string.Equals(profile.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static TimeSpan CheckPositive(TimeSpan value) => value > TimeSpan.Zero
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "有效期应大于零 / A validity is longer than nothing");

    // Certificates for signing documents: who may hold one is all they differ in, unless they say more.
    private static CertificateProfile Signing(string name, int policyNumber, params IReadOnlyList<CertificateSubjectKind> holders) => new(name, policyNumber)
    {
        KeyUsage = SigningUsage,
        ExtendedKeyUsages = [KeyPurpose.DocumentSigning, MicrosoftDocumentSigning],
        SubjectKinds = holders,
        DefaultValidity = TimeSpan.FromDays(365),
        MaximumValidity = TimeSpan.FromDays(1096),
    };
}
