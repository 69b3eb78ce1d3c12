using ESign.Pki.Certificates;

namespace ESign.Pki.Issuance.CrlLints;

/// <summary>Only complete lists point to deltas.</summary>
internal sealed class FreshestCrlLint : ICrlLint
{
    public string Rule => "crl-freshest";

    public string Citation => "RFC 5280 §5.2.6";

    public string? Evaluate(CrlLintSubject subject) =>
        subject.IsDelta && subject.Find(ExtensionOid.FreshestCrl) is not null ? "增量列表不应指向增量列表 / a delta points to deltas" : null;
}
