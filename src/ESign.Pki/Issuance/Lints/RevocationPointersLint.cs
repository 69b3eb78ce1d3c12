using ESign.Pki.Certificates;

namespace ESign.Pki.Issuance.Lints;

/// <summary>CRL and OCSP addresses are the issuer's; a responder with ocsp-nocheck has none.</summary>
internal sealed class RevocationPointersLint : ICertificateLint
{
    public string Rule => "revocation-pointers";

    public string Citation => "RFC 5280 §4.2.1.13, §4.2.2.1; RFC 6960 §4.2.2.2.1";

    public string? Evaluate(LintSubject subject)
    {
        IReadOnlyList<DistributionPoint> points = subject.Certificate.CrlDistributionPoints ?? [];
        string[] uris = [.. points.SelectMany(point => point.Name?.FullName ?? []).Select(name => name.Text)];
        IReadOnlyList<string> expected = subject.IsSelfSigned || subject.Certificate.HasOcspNoCheck ? [] : subject.Content.Publication.CrlUrisFor(subject.Content.Partition);
        if (!uris.SequenceEqual(expected, StringComparer.Ordinal))
        {
            return "CRL分发点与CA配置不符 / the CRL distribution points are not the issuer's";
        }

        return subject.Certificate.HasOcspNoCheck == subject.Profile.IsOcspNoCheck
            ? null
            : "ocsp-nocheck扩展与证书类型不符 / ocsp-nocheck is not as the profile says";
    }
}
