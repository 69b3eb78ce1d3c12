using ESign.Pki.Names;

namespace ESign.Pki.Issuance.Lints;

/// <summary>The subject is named, has one common name and a two-letter country.</summary>
internal sealed class SubjectNameLint : ICertificateLint
{
    public string Rule => "subject-name";

    public string Citation => "RFC 5280 §4.1.2.6; subject layout";

    public string? Evaluate(LintSubject subject)
    {
        DistinguishedName name = subject.Certificate.Subject;
        if (!name.RawData.Span.SequenceEqual(subject.Content.SubjectName.Span))
        {
            return "主体名称与申请不一致 / the subject is not the one asked for";
        }

        string? country = name.GetValue(AttributeType.Country);
        return name.CommonName is { Length: > 0 } && country is [>= 'A' and <= 'Z', >= 'A' and <= 'Z']
            ? null
            : "主体名称缺少通用名或国家代码 / the subject lacks a common name or a two-letter country";
    }
}
