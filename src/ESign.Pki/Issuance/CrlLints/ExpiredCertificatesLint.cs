using ESign.Pki.Asn1;
using ESign.Pki.Certificates;

namespace ESign.Pki.Issuance.CrlLints;

/// <summary>The promise to keep expired certificates, begun already.</summary>
internal sealed class ExpiredCertificatesLint : ICrlLint
{
    public string Rule => "crl-expired-certificates";

    public string Citation => "X.509 §9.5.2.8";

    public string? Evaluate(CrlLintSubject subject)
    {
        if (subject.Find(ExtensionOid.ExpiredCertsOnCrl) is not { } extension)
        {
            return "未声明保留过期证书 / the list does not say since when it keeps expired certificates, which contracts outlive";
        }

        var reader = new DerReader(extension.Value);
        DateTimeOffset since = reader.ReadGeneralizedTime();
        reader.ThrowIfNotEmpty();
        return since > subject.ThisUpdate ? "保留起始时间在未来 / it promises to keep what expires only in the future" : null;
    }
}
