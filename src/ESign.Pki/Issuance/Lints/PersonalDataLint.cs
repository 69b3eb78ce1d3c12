using System.Text;

namespace ESign.Pki.Issuance.Lints;

/// <summary>No identity number in full, unless the subject opted in.</summary>
internal sealed class PersonalDataLint : ICertificateLint
{
    public string Rule => "personal-data";

    public string Citation => "subject layout; Personal Information Protection Law Art. 6";

    public string? Evaluate(LintSubject subject)
    {
        if (subject.Content.Subject is not { Document: { } document, DisclosesIdentityNumber: false })
        {
            return null;
        }

        return subject.Certificate.TbsCertificate.Span.IndexOf(Encoding.ASCII.GetBytes(document.Value)) < 0
            ? null
            : "证书中出现了完整的证件号码 / the identity number appears in full";
    }
}
