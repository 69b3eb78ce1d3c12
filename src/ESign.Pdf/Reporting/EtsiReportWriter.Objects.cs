using ESign.Pdf.Verification;
using ESign.Pki.Validation;

namespace ESign.Pdf.Reporting;

/// <content>The objects that verdicts rest on (§4.4): certificates, revocation evidence, timestamps, the document.</content>
internal sealed partial class EtsiReportWriter
{
    // §4.4; timestamps carry a report of their own. Adding while writing is over by now.
    private void WriteObjects()
    {
        foreach (TimestampResult timestamp in _result.Signatures.SelectMany(verdict => verdict.Timestamps))
        {
            if (timestamp.Certificate is { } authority)
            {
                _objects.Add(authority);
            }
        }

        if (_objects.All.Count == 0 && _documentDigest is null)
        {
            return;
        }

        Start("SignatureValidationObjects");
        foreach (EtsiObjects.Entry entry in _objects.All)
        {
            WriteObject(entry);
        }

        if (_documentDigest is not null)
        {
            WriteDocument(_documentDigest);
        }

        End();
    }

    private void WriteObject(EtsiObjects.Entry entry)
    {
        Start("ValidationObject");
        _xml.WriteAttributeString("id", entry.Id);
        Element("ObjectType", entry.Type);
        Start("ValidationObjectRepresentation");
        Start("base64");
        Base64(entry.Data);
        End();
        End();
        if (entry.Timestamp is { Time: { } time } timestamp)
        {
            Start("POEProvisioning");
            Element("POETime", Time(time));
            End();
            Start("ValidationReport");
            Start("SignatureValidationStatus");
            Element("MainIndication", EtsiNames.ObjectIndication(timestamp.Indication));
            if (timestamp.Indication != Indication.Passed && timestamp.SubIndication != SubIndication.None)
            {
                Element("SubIndication", EtsiNames.SubIndicationUri(timestamp.SubIndication));
            }

            if (timestamp.Certificate is { } authority)
            {
                Start("AssociatedValidationReportData");
                Start("CertificateChain");
                Reference("SigningCertificate", _objects.Add(authority));
                End();
                End();
            }

            End();
            End();
        }

        End();
    }

    private void WriteDocument(byte[] sha256)
    {
        Start("ValidationObject");
        _xml.WriteAttributeString("id", "D-" + Convert.ToHexString(sha256.AsSpan(0, 16)));
        Element("ObjectType", EtsiNames.SignedDataObject);
        Start("ValidationObjectRepresentation");
        Start("DigestAlgAndValue");
        _xml.WriteStartElement("ds", "DigestMethod", Signatures);
        _xml.WriteAttributeString("Algorithm", EtsiNames.DigestUri("SHA256"));
        End();
        _xml.WriteStartElement("ds", "DigestValue", Signatures);
        Base64(sha256);
        End();
        End();
        End();
        End();
    }
}
