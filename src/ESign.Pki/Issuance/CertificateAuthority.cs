using System.Globalization;
using System.Security.Cryptography;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using ESign.Pki.Names;

namespace ESign.Pki.Issuance;

/// <summary>A certificate authority: a certificate, its key, and the rules by which it issues and revokes.</summary>
/// <remarks>
/// RFC 5280. Thread-safe. Every certificate goes the same way: intent recorded, linted on a copy signed with a throw-away key,
/// signed, compared, recorded (<see cref="ICertificateRepository"/>).
/// </remarks>
public sealed partial class CertificateAuthority
{
    private readonly IssuancePipeline _pipeline;

    /// <summary>Takes up an authority that exists.</summary>
    /// <param name="credential">Its certificate, the authorities above it (root last) and its key.</param>
    /// <param name="options">How it works; defaults when absent.</param>
    /// <exception cref="ArgumentException">The certificate is not an authority's.</exception>
    public CertificateAuthority(SigningCredential credential, CertificateAuthorityOptions? options = null)
        : this((credential ?? throw new ArgumentNullException(nameof(credential))).Certificate, credential.Issuers, credential.Key, options ?? new CertificateAuthorityOptions())
    {
    }

    private CertificateAuthority(Certificate certificate, IReadOnlyList<Certificate> issuers, ISigningKey key, CertificateAuthorityOptions options)
    {
        if (!certificate.IsAuthority || certificate.KeyUsage is not { } usage || !usage.HasFlag(KeyUsages.KeyCertSign) || certificate.SubjectKeyIdentifier is not { } keyIdentifier)
        {
            throw new ArgumentException("证书不是CA证书 / The certificate is not an authority's: it lacks cA, keyCertSign or a subject key identifier (RFC 5280 §4.2.1)");
        }

        ThrowIfUnfit(key);
        if (!key.SubjectPublicKeyInfo.Span.SequenceEqual(certificate.SubjectPublicKeyInfo.Span))
        {
            throw new ArgumentException("私钥与CA证书不匹配 / The key does not belong to the authority's certificate");
        }

        options.Publication.CheckPartitions();
        Certificate = certificate;
        Issuers = issuers;
        Key = key;
        Options = options;
        KeyIdentifier = keyIdentifier;
        Id = Convert.ToHexStringLower(keyIdentifier.Span);
        _pipeline = new IssuancePipeline(options);
    }

    /// <summary>The authority's certificate.</summary>
    public Certificate Certificate { get; }

    /// <summary>The authorities above it, nearest first; empty for a root.</summary>
    public IReadOnlyList<Certificate> Issuers { get; }

    /// <summary>How it works.</summary>
    public CertificateAuthorityOptions Options { get; }

    /// <summary>Its key identifier in lower-case hexadecimal: how repositories name it.</summary>
    public string Id { get; }

    /// <summary>Where it records what it issues.</summary>
    public ICertificateRepository Repository => Options.Repository;

    internal ISigningKey Key { get; }

    internal ReadOnlyMemory<byte> KeyIdentifier { get; }

    private IssuerFacts Facts => new(Certificate.Subject.RawData, KeyIdentifier, Certificate.NotBefore, Certificate.NotAfter);

    /// <summary>Makes a root: a self-signed certificate for a key, recorded like any other.</summary>
    /// <param name="subject">Its name (<see cref="CertificateSubject.Service"/>).</param>
    /// <param name="key">Its key; the caller keeps it.</param>
    /// <param name="options">How it works; defaults when absent.</param>
    /// <param name="profile">A <see cref="CertificateProfile.Root"/> with other settings, if wanted.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The authority.</returns>
    /// <exception cref="IssuanceRefusedException">Subject or key are not allowed.</exception>
    public static async ValueTask<CertificateAuthority> CreateRootAsync(CertificateSubject subject, ISigningKey key, CertificateAuthorityOptions? options = null, CertificateProfile? profile = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ThrowIfUnfit(key);
        options ??= new CertificateAuthorityOptions();
        profile ??= CertificateProfile.Root;
        if (!string.Equals(profile.Name, CertificateProfile.Root.Name, StringComparison.Ordinal))
        {
            throw new ArgumentException("根证书只能使用root类型 / A root is made with the root profile", nameof(profile));
        }

        await CheckSubjectAndKeyAsync(profile, subject, key.SubjectPublicKeyInfo, options.Repository, cancellationToken).ConfigureAwait(false);
        DateTimeOffset notBefore = TbsCertificateWriter.ToSecond(options.TimeProvider.GetUtcNow() - profile.Backdate);
        DateTimeOffset notAfter = notBefore + profile.DefaultValidity - TimeSpan.FromSeconds(1);
        byte[] name = subject.EncodeName(options.Pseudonyms);
        byte[] keyIdentifier = ComputeKeyIdentifier(key.SubjectPublicKeyInfo);
        var facts = new IssuerFacts(name, keyIdentifier, notBefore, notAfter);

        (CertificateContent, IssuanceIntent) Compose(string serialNumber)
        {
            var content = new CertificateContent
            {
                SerialNumber = serialNumber,
                SignatureAlgorithm = key.Algorithm.Identifier,
                IssuerName = name,
                NotBefore = notBefore,
                NotAfter = notAfter,
                SubjectName = name,
                SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
                Profile = profile,
                SubjectKeyIdentifier = keyIdentifier,
                PathLength = profile.PathLength,
                Publication = new PublicationPoints(),
                Subject = subject,
            };
            return (content, CreateIntent(content, Convert.ToHexStringLower(keyIdentifier), options, evidence: null));
        }

        Certificate certificate = await new IssuancePipeline(options).IssueAsync(key, facts, Compose, cancellationToken).ConfigureAwait(false);
        return new CertificateAuthority(certificate, [], key, options);
    }

    /// <summary>Makes an authority below this one.</summary>
    /// <param name="subject">Its name (<see cref="CertificateSubject.Service"/>).</param>
    /// <param name="key">Its key; the caller keeps it.</param>
    /// <param name="options">How it works; this authority's options without its publication points when absent.</param>
    /// <param name="profile">A <see cref="CertificateProfile.IssuingCa"/> with other settings, if wanted.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The new authority.</returns>
    /// <exception cref="IssuanceRefusedException">Subject, key or path length are not allowed.</exception>
    public async ValueTask<CertificateAuthority> CreateIssuingCaAsync(CertificateSubject subject, ISigningKey key, CertificateAuthorityOptions? options = null, CertificateProfile? profile = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ThrowIfUnfit(key);
        profile ??= CertificateProfile.IssuingCa;
        if (!profile.IsAuthority)
        {
            throw new ArgumentException("下级CA只能使用issuing-ca类型 / An authority is made with the issuing-ca profile", nameof(profile));
        }

        var request = new IssuanceRequest { Subject = subject, SubjectPublicKeyInfo = key.SubjectPublicKeyInfo };
        IssuedCertificate issued = await IssueAsync(profile, request, cancellationToken).ConfigureAwait(false);
        options ??= Options with { Publication = new PublicationPoints() };
        return new CertificateAuthority(issued.Certificate, issued.Issuers, key, options);
    }

    /// <summary>Issues a certificate.</summary>
    /// <param name="profile">What kind.</param>
    /// <param name="request">For whom and which key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The certificate; it is recorded.</returns>
    /// <exception cref="IssuanceRefusedException">The profile does not allow it, or a lint objects; nothing was signed.</exception>
    public async ValueTask<IssuedCertificate> IssueAsync(CertificateProfile profile, IssuanceRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(request);
        await CheckSubjectAndKeyAsync(profile, request.Subject, request.SubjectPublicKeyInfo, Repository, cancellationToken).ConfigureAwait(false);
        CheckPathLength(profile);
        (DateTimeOffset notBefore, DateTimeOffset notAfter) = ChooseValidity(profile, request.Validity);
        byte[] name = request.Subject.EncodeName(Options.Pseudonyms);
        byte[] keyIdentifier = ComputeKeyIdentifier(request.SubjectPublicKeyInfo);
        if (keyIdentifier.AsSpan().SequenceEqual(KeyIdentifier.Span))
        {
            throw new IssuanceRefusedException("key", ["申请的公钥与CA公钥相同 / The key is the authority's own"]);
        }

        (CertificateContent, IssuanceIntent) Compose(string serialNumber)
        {
            var content = new CertificateContent
            {
                SerialNumber = serialNumber,
                SignatureAlgorithm = Key.Algorithm.Identifier,
                IssuerName = Certificate.Subject.RawData,
                NotBefore = notBefore,
                NotAfter = notAfter,
                SubjectName = name,
                SubjectPublicKeyInfo = request.SubjectPublicKeyInfo,
                Profile = profile,
                AuthorityKeyIdentifier = KeyIdentifier,
                SubjectKeyIdentifier = keyIdentifier,
                PathLength = profile.PathLength,
                Publication = Options.Publication,
                Partition = ChoosePartition(serialNumber),
                Subject = request.Subject,
                EmailAddress = request.EmailAddress,
            };
            return (content, CreateIntent(content, Id, Options, request.EvidenceReference));
        }

        Certificate certificate = await _pipeline.IssueAsync(Key, Facts, Compose, cancellationToken).ConfigureAwait(false);
        return new IssuedCertificate(certificate, [Certificate, .. Issuers]);
    }

    /// <summary>RFC 7093 §2 (1): the leftmost 160 bits of the SHA-256 of the subjectPublicKey bits.</summary>
    internal static byte[] ComputeKeyIdentifier(ReadOnlyMemory<byte> subjectPublicKeyInfo) =>
        SHA256.HashData(SubjectPublicKeyInfo.Decode(subjectPublicKeyInfo).PublicKey.Span)[..20];

    private static async ValueTask CheckSubjectAndKeyAsync(CertificateProfile profile, CertificateSubject subject, ReadOnlyMemory<byte> key, ICertificateRepository repository, CancellationToken cancellationToken)
    {
        if (!profile.SubjectKinds.Contains(subject.Kind))
        {
            throw new IssuanceRefusedException("subject", [$"证书类型{profile.Name}不能签发给{subject.Kind} / Profile {profile.Name} is not for a subject of kind {subject.Kind}"]);
        }

        await CheckKeyAsync(profile, key, repository, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask CheckKeyAsync(CertificateProfile profile, ReadOnlyMemory<byte> key, ICertificateRepository repository, CancellationToken cancellationToken)
    {
        if (profile.Keys.FindFault(key) is { } fault)
        {
            throw new IssuanceRefusedException("key", [fault]);
        }

        if (await repository.IsKeyCompromisedAsync(HashKey(key), cancellationToken).ConfigureAwait(false))
        {
            throw new IssuanceRefusedException("key", ["该公钥曾因私钥泄露被吊销 / The key was revoked as compromised before"]);
        }
    }

    private static string HashKey(ReadOnlyMemory<byte> key) => Convert.ToHexStringLower(SHA256.HashData(key.Span));

    private static IssuanceIntent CreateIntent(CertificateContent content, string issuerId, CertificateAuthorityOptions options, string? evidence) => new()
    {
        IssuerId = issuerId,
        SerialNumber = content.SerialNumber,
        ProfileName = content.Profile.Name,
        SubjectName = content.Subject?.ToString() ?? DistinguishedName.Decode(content.SubjectName).ToString(),
        CreditCode = content.Subject?.CreditCode?.Value,
        Pseudonym = content.Subject?.Document is { } document ? options.Pseudonyms.Compute(document) : null,
        KeyHash = HashKey(content.SubjectPublicKeyInfo),
        NotBefore = content.NotBefore,
        NotAfter = content.NotAfter,
        Partition = content.Partition,
        EvidenceReference = evidence,
        TbsCertificate = TbsCertificateWriter.WriteTbs(content),
        IntendedAt = options.TimeProvider.GetUtcNow(),
    };

    private void CheckPathLength(CertificateProfile profile)
    {
        if (string.Equals(profile.Name, CertificateProfile.Root.Name, StringComparison.Ordinal))
        {
            throw new IssuanceRefusedException("issuer", ["根证书是自签名的 / A root is self-signed: CertificateAuthority.CreateRootAsync"]);
        }

        if (profile.IsAuthority && Certificate.BasicConstraints?.PathLength is { } limit && limit <= (profile.PathLength ?? int.MaxValue - 1))
        {
            throw new IssuanceRefusedException("issuer", [$"本CA的路径长度限制为{limit}，不能签发该下级CA / This authority's path length {limit} leaves no room for that authority below it (RFC 5280 §4.2.1.9)"]);
        }
    }

    private (DateTimeOffset NotBefore, DateTimeOffset NotAfter) ChooseValidity(CertificateProfile profile, TimeSpan? requested)
    {
        DateTimeOffset now = Options.TimeProvider.GetUtcNow();
        if (now < Certificate.NotBefore || now > Certificate.NotAfter)
        {
            throw new IssuanceRefusedException("issuer", [$"CA证书的有效期为{TbsCertificateWriter.Describe(Certificate.NotBefore)}至{TbsCertificateWriter.Describe(Certificate.NotAfter)}，现在不在其内 / The authority's certificate is valid from {TbsCertificateWriter.Describe(Certificate.NotBefore)} to {TbsCertificateWriter.Describe(Certificate.NotAfter)}, not now"]);
        }

        if (requested is { } asked && (asked <= TimeSpan.Zero || asked > profile.MaximumValidity))
        {
            (double days, double most) = (asked.TotalDays, profile.MaximumValidity.TotalDays);
            throw new IssuanceRefusedException("validity", [string.Create(CultureInfo.InvariantCulture, $"证书类型{profile.Name}的有效期应大于0且不超过{most}天，而不是{days}天 / Certificates of profile {profile.Name} are valid for more than 0 and at most {most} days, not {days}")]);
        }

        DateTimeOffset notBefore = TbsCertificateWriter.ToSecond(now - profile.Backdate);
        if (notBefore < Certificate.NotBefore)
        {
            notBefore = Certificate.NotBefore;
        }

        // RFC 5280 §4.1.2.5: both ends belong to the period.
        DateTimeOffset notAfter = TbsCertificateWriter.ToSecond(notBefore + (requested ?? profile.DefaultValidity) - TimeSpan.FromSeconds(1));
        if (notAfter <= Certificate.NotAfter)
        {
            return (notBefore, notAfter);
        }

        return requested is null
            ? (notBefore, Certificate.NotAfter)
            : throw new IssuanceRefusedException("validity", [$"有效期超过CA证书的截止时间{TbsCertificateWriter.Describe(Certificate.NotAfter)} / The validity would end after the authority's own, {TbsCertificateWriter.Describe(Certificate.NotAfter)}"]);
    }

    /// <summary>Certificates and lists are signed under the SM2 user id of GM/T 0009 (GM/T 0015).</summary>
    private static void ThrowIfUnfit(ISigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Algorithm.Sm2UserId is not null)
        {
            throw new ArgumentException($"CA不能以{key.Algorithm.Name}签发：SM2用户标识须为1234567812345678 / An authority does not sign with {key.Algorithm.Name}: its SM2 user id is 1234567812345678 (GM/T 0009).", nameof(key));
        }
    }

    // The random octets decide, so that partitions fill evenly.
    private int ChoosePartition(string serialNumber) => Options.Publication.CrlPartitions == 0
        ? 0
        : (int)(Convert.ToUInt32(serialNumber.Substring(2, 8), 16) % (uint)Options.Publication.CrlPartitions);
}
