using System.Globalization;
using System.Xml;
using ESign.Pdf.Verification;
using ESign.Pdf.Verification.Modifications;
using ESign.Pki.Certificates;
using ESign.Pki.Validation;

namespace ESign.Pdf.Reporting;

/// <content>The verdict (§4.3.4): indications, the chain they rest on, and what we found beyond the standard.</content>
internal sealed partial class EtsiReportWriter
{
    private void WriteStatus(SignatureVerdict verdict)
    {
        Start("SignatureValidationStatus");
        Element("MainIndication", EtsiNames.SignatureIndication(verdict.Indication));
        if (verdict.Indication != Indication.Passed && verdict.SubIndication != SubIndication.None)
        {
            Element("SubIndication", EtsiNames.SubIndicationUri(verdict.SubIndication));
        }

        Start("AssociatedValidationReportData");
        if (verdict.CertificatePath.Count > 0)
        {
            WriteChain(verdict.CertificatePath, verdict.Trusted);
        }

        string[] evidence = [.. verdict.Revocation.SelectMany(_objects.Add).Distinct(StringComparer.Ordinal)];
        if (evidence.Length > 0)
        {
            Reference("RelatedValidationObject", evidence);
        }

        if (verdict.Revocation.FirstOrDefault(status => status.RevokedAt is not null) is { } revoked)
        {
            Start("RevocationStatusInformation");
            Reference("ValidationObjectId", _objects.Add(revoked.Certificate));
            Element("RevocationTime", Time(revoked.RevokedAt!.Value));
            End();
        }

        WriteOwnFindings(verdict);
        End();
        End();
    }

    private void WriteChain(IReadOnlyList<Certificate> path, bool trusted)
    {
        Start("CertificateChain");
        Reference("SigningCertificate", _objects.Add(path[0]));
        int intermediates = trusted ? path.Count - 1 : path.Count;
        for (int i = 1; i < intermediates; i++)
        {
            Reference("IntermediateCertificate", _objects.Add(path[i]));
        }

        if (trusted)
        {
            Reference("TrustAnchor", _objects.Add(path[^1]));
        }

        End();
    }

    private void WriteOwnFindings(SignatureVerdict verdict)
    {
        Start("AdditionalValidationReportData");
        OwnData("level", ReportTerms.Name(verdict.Level) ?? "none");
        OwnData("coverage", ReportTerms.Name(verdict.Coverage));
        foreach (string missing in verdict.Missing)
        {
            OwnData("missing", missing);
        }

        if (verdict.Modifications is { } modifications)
        {
            Start("ReportData");
            Element("Type", EtsiNames.OwnPrefix + "modifications");
            Start("Value");
            _xml.WriteStartElement("e", "Modifications", Own);
            _xml.WriteAttributeString("Level", ReportTerms.Name(modifications.Level));
            _xml.WriteAttributeString("Permitted", XmlConvert.ToString(modifications.Permitted));
            foreach (ModificationFinding finding in modifications.Findings)
            {
                WriteFinding(finding);
            }

            End();
            End();
            End();
        }

        End();
    }

    private void WriteFinding(ModificationFinding finding)
    {
        _xml.WriteStartElement("e", "Finding", Own);
        _xml.WriteAttributeString("Rule", finding.Rule);
        _xml.WriteAttributeString("Permitted", XmlConvert.ToString(finding.Permitted));
        if (finding.Page is { } page)
        {
            _xml.WriteAttributeString("Page", XmlConvert.ToString(page));
        }

        if (finding.Rectangle is { } box)
        {
            _xml.WriteAttributeString("Rectangle", string.Create(CultureInfo.InvariantCulture, $"{box.Left:0.##} {box.Bottom:0.##} {box.Right:0.##} {box.Top:0.##}"));
        }

        OwnElement("Object", finding.Object);
        OwnElement("Citation", finding.Citation);
        OwnElement("Message", finding.Message);
        End();
    }

    private void OwnData(string type, string value)
    {
        Start("ReportData");
        Element("Type", EtsiNames.OwnPrefix + type);
        Element("Value", value);
        End();
    }
}
