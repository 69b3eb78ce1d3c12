using System.Globalization;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;

namespace ESign.Pki.Validation;

/// <summary>Judges one candidate path, revocation aside.</summary>
/// <remarks>
/// RFC 5280 §6.1, with the policy graph of RFC 9618. One call per lettered step, in the order of the RFC; the first
/// finding ends it. §6.1.3 (a)(3), revocation, follows once the rest holds: its evidence may have to be fetched.
/// </remarks>
internal sealed class PathProcessor
{
    private readonly PathRequest _request;
    private readonly PathPolicy _policy;
    private readonly IReadOnlyList<Certificate> _path; // anchor first
    private readonly SignatureLedger _signatures;
    private readonly DateTimeOffset _time;

    // §6.1.2: state variables.
    private readonly PolicyGraph _policyGraph = new();
    private readonly NameConstraints _nameConstraints;
    private int _explicitPolicy;
    private int _inhibitAnyPolicy;
    private int _policyMapping;
    private int _maximumPathLength;

    public PathProcessor(PathRequest request, PathPolicy policy, IReadOnlyList<Certificate> anchorFirst, SignatureLedger signatures, WorkBudget.Spending budget)
    {
        _request = request;
        _policy = policy;
        _path = anchorFirst;
        _signatures = signatures;

        // Validity is written in whole seconds (§4.1.2.5): the moment in question counts as the second it lies in.
        _time = new DateTimeOffset(request.Time.UtcTicks - (request.Time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        _nameConstraints = new NameConstraints(budget, IsStrict);
        int n = Last;
        _explicitPolicy = request.RequireExplicitPolicy ? 0 : n + 1;
        _inhibitAnyPolicy = request.InhibitAnyPolicy ? 0 : n + 1;
        _policyMapping = request.InhibitPolicyMapping ? 0 : n + 1;
        _maximumPathLength = n;
    }

    /// <summary>§6.1.6: the user-constrained-policy-set, once the path was processed.</summary>
    public IReadOnlyList<string> UserConstrainedPolicies { get; private set; } = [];

    private bool AsksForStatus => _request.UnknownRevocation != UnknownRevocation.Off;

    private bool IsStrict => _policy.Strictness == ProfileStrictness.FullProfile;

    private int Last => _path.Count - 1;

    /// <summary>The first reason why the path fails, or <see langword="null"/>.</summary>
    public PathFinding? Process()
    {
        PathFinding? finding = Guarded(_path[0], StartFromAnchor);
        for (int i = 1; i <= Last && finding is null; i++)
        {
            int index = i;
            finding = Guarded(_path[i], certificate => ProcessCertificate(certificate, index)
                ?? (index < Last ? PrepareForNext(certificate) : WrapUp(certificate)));
        }

        return finding ?? Guarded(_path[Last], CheckTarget);
    }

    // §6.1.1 (d) takes only a name and a key from the anchor; where it is a certificate its constraints hold too (RFC 5937 §3).
    private PathFinding? StartFromAnchor(Certificate anchor)
    {
        if (IsStrict && (ProfileRules.Check(anchor, AnchorRole(anchor), AsksForStatus) ?? CheckValidityPeriod(anchor)) is { } finding)
        {
            return finding;
        }

        return Last == 0
            ? CheckValidityPeriod(anchor) ?? ExplicitPolicySuffices(anchor)
            : (IsStrict ? CheckIsAuthority(anchor) ?? CheckMaySignCertificates(anchor) ?? CheckCriticalExtensions(anchor) : null)
                ?? AddNameConstraints(anchor)
                ?? LowerPathLength(anchor);
    }

    private ProfileRole AnchorRole(Certificate anchor) =>
        Last == 0 ? ProfileRole.TrustedTarget
        : _signatures.Check(anchor, anchor).IsValid ? ProfileRole.SelfSignedAnchor
        : ProfileRole.Anchor;

    // §6.1.3
    private PathFinding? ProcessCertificate(Certificate certificate, int index) =>
        CheckExtensionsDecode(certificate)
        ?? VerifySignature(certificate, _path[index - 1]) // (a)(1)
        ?? CheckValidityPeriod(certificate) // (a)(2)
        ?? CheckIssuerName(certificate, _path[index - 1]) // (a)(4)
        ?? CheckNameConstraints(certificate, index) // (b), (c)
        ?? ProcessPolicies(certificate, index) // (d), (e), (f)
        ?? CheckProfile(certificate, index);

    // §6.1.4
    private PathFinding? PrepareForNext(Certificate certificate) =>
        MapPolicies(certificate) // (a), (b)
        ?? AddNameConstraints(certificate) // (g)
        ?? LowerPolicyCounters(certificate) // (h), (i), (j)
        ?? CheckIsAuthority(certificate) // (k)
        ?? SpendPathLength(certificate) // (l)
        ?? LowerPathLength(certificate) // (m)
        ?? CheckMaySignCertificates(certificate) // (n)
        ?? CheckCriticalExtensions(certificate); // (o)

    // §6.1.5
    private PathFinding? WrapUp(Certificate certificate)
    {
        _explicitPolicy -= _explicitPolicy > 0 ? 1 : 0; // (a)
        if (certificate.PolicyConstraints is { RequireExplicitPolicy: 0 })
        {
            _explicitPolicy = 0; // (b)
        }

        return CheckCriticalExtensions(certificate) // (f)
            ?? ExplicitPolicySuffices(certificate); // (g)
    }

    private PathFinding? ExplicitPolicySuffices(Certificate certificate)
    {
        UserConstrainedPolicies = _policyGraph.UserConstrainedPolicies(_request.Policies);
        return _explicitPolicy > 0 || UserConstrainedPolicies.Count > 0
            ? null
            : Finding(PathErrorCode.Policy, "RFC 5280 §6.1.5 (g)", "没有可接受的证书策略 / no certificate policy that holds for the whole path is acceptable", certificate);
    }

    private PathFinding? VerifySignature(Certificate certificate, Certificate issuer)
    {
        if (!certificate.SignatureAlgorithm.Equals(certificate.TbsSignatureAlgorithm))
        {
            return Finding(PathErrorCode.AlgorithmMismatch, "RFC 5280 §4.1.1.2", "内外签名算法不一致 / the signed and the outer signature algorithm differ", certificate);
        }

        SignatureCheck check = _signatures.Check(certificate, issuer);
        return check.Outcome switch
        {
            SignatureOutcome.Unsupported => Unsupported(check, certificate),
            SignatureOutcome.Invalid => Finding(PathErrorCode.BadSignature, "RFC 5280 §6.1.3 (a)(1)", $"证书签名验证失败：{check.Reason} / the certificate's signature is wrong: {check.Reason}", certificate),
            _ => CheckStrength(certificate, issuer),
        };
    }

    private PathFinding? CheckStrength(Certificate certificate, Certificate issuer) =>
        _policy.Algorithms.Refuse(certificate.SignatureAlgorithm, issuer, _time) is { } weak
            ? Finding(PathErrorCode.WeakAlgorithm, "ETSI EN 319 102-1 §5.2.8", $"{weak}在该时间已不可信 / {weak} is not believed at this time", certificate)
            : null;

    private PathFinding? CheckValidityPeriod(Certificate certificate)
    {
        if (_time < certificate.NotBefore)
        {
            return Finding(PathErrorCode.NotYetValid, "RFC 5280 §6.1.3 (a)(2)", string.Create(CultureInfo.InvariantCulture, $"{certificate.NotBefore:yyyy-MM-dd'T'HH:mm:ss'Z'}之前尚未生效 / not valid before {certificate.NotBefore:yyyy-MM-dd'T'HH:mm:ss'Z'}"), certificate);
        }

        return _time > certificate.NotAfter
            ? Finding(PathErrorCode.Expired, "RFC 5280 §6.1.3 (a)(2)", string.Create(CultureInfo.InvariantCulture, $"证书已于{certificate.NotAfter:yyyy-MM-dd'T'HH:mm:ss'Z'}过期 / expired on {certificate.NotAfter:yyyy-MM-dd'T'HH:mm:ss'Z'}"), certificate)
            : null;
    }

    private static PathFinding? CheckIssuerName(Certificate certificate, Certificate issuer) =>
        certificate.Issuer.Equals(issuer.Subject)
            ? null
            : Finding(PathErrorCode.NoPath, "RFC 5280 §6.1.3 (a)(4)", "颁发者名称不匹配 / the issuer name is not the issuer's subject name", certificate);

    // "If certificate i is self-issued and it is not the final certificate in the path, skip this step."
    private PathFinding? CheckNameConstraints(Certificate certificate, int index) =>
        certificate.IsSelfIssued && index < Last ? null : _nameConstraints.Check(certificate);

    private PathFinding? ProcessPolicies(Certificate certificate, int index)
    {
        if (certificate.CertificatePolicies is { } policies)
        {
            _policyGraph.AddCertificate(policies, _inhibitAnyPolicy > 0 || (index < Last && certificate.IsSelfIssued)); // (d)
        }
        else
        {
            _policyGraph.Clear(); // (e)
        }

        return _explicitPolicy > 0 || !_policyGraph.IsEmpty // (f)
            ? null
            : Finding(PathErrorCode.Policy, "RFC 5280 §6.1.3 (f)", "要求明确的证书策略，但没有有效策略 / an explicit policy is required and none is valid", certificate);
    }

    private PathFinding? MapPolicies(Certificate certificate)
    {
        if (certificate.PolicyMappings is not { } mappings)
        {
            return null;
        }

        if (mappings.Any(static mapping => mapping.InvolvesAnyPolicy))
        {
            return Finding(PathErrorCode.Policy, "RFC 5280 §6.1.4 (a)", "策略映射不得涉及 anyPolicy / a policy mapping maps to or from anyPolicy", certificate);
        }

        _policyGraph.Map(mappings, _policyMapping > 0);
        return null;
    }

    private PathFinding? AddNameConstraints(Certificate certificate) => _nameConstraints.Add(certificate);

    private PathFinding? LowerPolicyCounters(Certificate certificate)
    {
        if (!certificate.IsSelfIssued) // (h)
        {
            _explicitPolicy -= _explicitPolicy > 0 ? 1 : 0;
            _policyMapping -= _policyMapping > 0 ? 1 : 0;
            _inhibitAnyPolicy -= _inhibitAnyPolicy > 0 ? 1 : 0;
        }

        if (certificate.PolicyConstraints is { } constraints) // (i)
        {
            _explicitPolicy = Math.Min(_explicitPolicy, constraints.RequireExplicitPolicy ?? int.MaxValue);
            _policyMapping = Math.Min(_policyMapping, constraints.InhibitPolicyMapping ?? int.MaxValue);
        }

        _inhibitAnyPolicy = Math.Min(_inhibitAnyPolicy, certificate.InhibitAnyPolicy ?? int.MaxValue); // (j)
        return null;
    }

    private static PathFinding? CheckIsAuthority(Certificate certificate) => certificate.IsAuthority
        ? null
        : Finding(PathErrorCode.NotAnAuthority, "RFC 5280 §6.1.4 (k)", "颁发者不是证书机构 / an issuer is not a certificate authority", certificate);

    private PathFinding? SpendPathLength(Certificate certificate)
    {
        if (certificate.IsSelfIssued)
        {
            return null;
        }

        return _maximumPathLength-- > 0
            ? null
            : Finding(PathErrorCode.PathTooLong, "RFC 5280 §6.1.4 (l)", "中间证书数量超过路径长度限制 / more intermediates than the path length constraint allows", certificate);
    }

    private PathFinding? LowerPathLength(Certificate certificate)
    {
        _maximumPathLength = Math.Min(_maximumPathLength, certificate.BasicConstraints?.PathLength ?? int.MaxValue);
        return null;
    }

    private static PathFinding? CheckMaySignCertificates(Certificate certificate) =>
        certificate.KeyUsage is { } usage && !usage.HasFlag(KeyUsages.KeyCertSign)
            ? Finding(PathErrorCode.KeyUsage, "RFC 5280 §6.1.4 (n)", "颁发者密钥不可签发证书 / an issuer's key may not sign certificates", certificate)
            : null;

    private static PathFinding? CheckCriticalExtensions(Certificate certificate) =>
        ProfileRules.UnknownCritical(certificate) is { } extension
            ? Finding(PathErrorCode.UnknownCriticalExtension, "RFC 5280 §4.2", $"含有未识别的关键扩展：{extension.Oid} / a critical extension is not understood: {extension.Oid}", certificate)
            : null;

    private static PathFinding? CheckExtensionsDecode(Certificate certificate) =>
        ProfileRules.Duplicate(certificate) is { } oid
            ? Finding(PathErrorCode.MalformedExtension, "RFC 5280 §4.2", $"扩展重复出现：{oid} / an extension appears twice: {oid}", certificate)
            : ProfileRules.DecodeAll(certificate);

    private PathFinding? CheckProfile(Certificate certificate, int index) =>
        IsStrict ? ProfileRules.Check(certificate, index < Last ? ProfileRole.Intermediate : ProfileRole.Target, AsksForStatus) : null;

    // What the caller asks of the target beyond §6.1.
    private PathFinding? CheckTarget(Certificate target) =>
        TargetRules.CheckIntermediates(_path, _request)
        ?? TargetRules.CheckKeyUsage(target, _request)
        ?? TargetRules.CheckPurpose(_path, _request)
        ?? TargetRules.CheckPeerName(target, _request);

    private static PathFinding Unsupported(SignatureCheck check, Certificate certificate) => check == SignatureLedger.Exhausted
        ? Finding(PathErrorCode.WorkLimit, "RFC 4158 §2.4.2", "签名验证次数超出限额 / more signatures to verify than the work budget allows", certificate)
        : Finding(PathErrorCode.UnsupportedAlgorithm, "RFC 5280 §6.1.3 (a)(1)", $"不支持的签名算法：{check.Reason} / unsupported signature algorithm: {check.Reason}", certificate);

    private static PathFinding? Guarded(Certificate certificate, Func<Certificate, PathFinding?> step)
    {
        try
        {
            return step(certificate);
        }
        catch (Asn1FormatException exception)
        {
            return Finding(PathErrorCode.MalformedExtension, "RFC 5280 §4.2", $"扩展格式错误：{exception.Detail} / a malformed extension: {exception.Detail}", certificate);
        }
    }

    private static PathFinding Finding(PathErrorCode code, string citation, string message, Certificate certificate) =>
        new(code, citation, message, certificate);
}
