using ESign.Pki.Names;

namespace ESign.Pki.Issuance.Lints;

/// <summary>Attributes are UTF8String or PrintableString and no longer than their bounds.</summary>
internal sealed class NameEncodingLint : ICertificateLint
{
    public string Rule => "name-encoding";

    public string Citation => "RFC 5280 §4.1.2.4, appendix A.1";

    public string? Evaluate(LintSubject subject)
    {
        foreach (IReadOnlyList<RelativeName> set in subject.Certificate.Subject.RelativeNames)
        {
            foreach (RelativeName attribute in set)
            {
                int bound = attribute.Oid is AttributeType.Locality or AttributeType.StateOrProvince ? 128 : attribute.Oid is AttributeType.Description ? 1024 : 64;
                if (string.IsNullOrEmpty(attribute.Text) || attribute.Text.Length > bound)
                {
                    return $"名称属性{attribute.Oid}为空或超过{bound}个字符 / attribute {attribute.Oid} is empty or longer than {bound} characters";
                }
            }
        }

        return null;
    }
}
