using ESign.Pki.Certificates;

namespace ESign.Pki.Issuance.Lints;

/// <summary>Critical in authorities with the agreed path length, absent in everybody else.</summary>
internal sealed class BasicConstraintsLint : ICertificateLint
{
    public string Rule => "basic-constraints";

    public string Citation => "RFC 5280 §4.2.1.9";

    public string? Evaluate(LintSubject subject)
    {
        BasicConstraints? constraints = subject.Certificate.BasicConstraints;
        if (!subject.Profile.IsAuthority)
        {
            return constraints is null ? null : "非CA证书不应含基本约束 / a certificate that is no authority's has basic constraints";
        }

        bool asAgreed = constraints is { IsAuthority: true } && constraints.PathLength == subject.Content.PathLength
            && subject.Certificate.FindExtension(ExtensionOid.BasicConstraints)!.IsCritical;
        return asAgreed ? null : "CA证书的基本约束缺失、不是关键扩展或路径长度不符 / an authority's basic constraints are missing, not critical or have another path length";
    }
}
