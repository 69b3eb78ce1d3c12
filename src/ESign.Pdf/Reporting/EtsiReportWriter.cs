using System.Globalization;
using System.Text;
using System.Xml;
using ESign.Pdf.Verification;
using ESign.Pki.Validation;

namespace ESign.Pdf.Reporting;

/// <summary>Writes the validation report of ETSI TS 119 102-2 v1.4.1; element order is that of its schema.</summary>
/// <remarks>
/// One <c>SignatureValidationReport</c> (§4.3) per signature and document timestamp, the objects it rests on in
/// <c>SignatureValidationObjects</c> (§4.4). What the standard has no element for – coverage, later changes, the messages
/// of the checks – stands where it lets others speak: <c>Indications</c> and <c>AdditionalValidationReportData</c>, in our
/// own namespace. A file without signatures, or that cannot be read, cannot be reported empty: its one report is
/// indeterminate and says so.
/// </remarks>
internal sealed partial class EtsiReportWriter
{
    private const string Signatures = "http://www.w3.org/2000/09/xmldsig#";
    private const string Own = EtsiNames.OwnPrefix + "1";

    private readonly XmlWriter _xml;
    private readonly EtsiObjects _objects = new();
    private readonly VerificationResult _result;
    private readonly byte[]? _documentDigest;
    private readonly PdfFormatException? _error;

    private EtsiReportWriter(XmlWriter xml, VerificationResult result, byte[]? documentDigest, PdfFormatException? error)
    {
        _xml = xml;
        _result = result;
        _documentDigest = documentDigest;
        _error = error;
    }

    public static byte[] Write(VerificationResult result, ReportedDocument? document) => Write(result, document?.Final.Sha256, error: null);

    /// <summary>The report of a file in which no signature could be looked for.</summary>
    public static byte[] WriteUnreadable(UnreadableFile file)
    {
        var nothing = new VerificationResult
        {
            Verdict = DocumentVerdict.Indeterminate,
            Code = DocumentCode.BadFormat,
            Signatures = [],
            ValidationTime = file.TriedAt,
            RevisionCount = 0,
            PageCount = 0,
        };
        return Write(nothing, file.Sha256, file.Error);
    }

    private static byte[] Write(VerificationResult result, byte[]? documentDigest, PdfFormatException? error)
    {
        using var stream = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, NewLineChars = "\n" };
        using (var xml = XmlWriter.Create(stream, settings))
        {
            new EtsiReportWriter(xml, result, documentDigest, error).WriteReport();
        }

        return stream.ToArray();
    }

    private void WriteReport()
    {
        Start("ValidationReport");
        _xml.WriteAttributeString("xmlns", "ds", null, Signatures);
        _xml.WriteAttributeString("xmlns", "e", null, Own);
        if (_result.Signatures.Count == 0)
        {
            WriteWithoutSignature();
        }

        for (int i = 0; i < _result.Signatures.Count; i++)
        {
            WriteSignature(_result.Signatures[i], i + 1);
        }

        WriteObjects();
        End();
    }

    private void WriteWithoutSignature()
    {
        Start("SignatureValidationReport");
        Start("SignatureValidationStatus");
        Element("MainIndication", EtsiNames.SignatureIndication(Indication.Indeterminate));
        End();
        Start("OtherInformation");
        if (_error is null)
        {
            OwnElement("NoSignature", "文件中没有签名 / The file has no signature.");
        }
        else
        {
            _xml.WriteStartElement("e", "Unreadable", Own);
            OwnElement("Code", _error.Code.ToString());
            OwnElement("Offset", _error.Offset.ToString(CultureInfo.InvariantCulture));
            OwnElement("Message", _error.Message);
            End();
        }

        End();
        End();
    }

    private void WriteSignature(SignatureVerdict verdict, int number)
    {
        Start("SignatureValidationReport");
        WriteIdentifier(verdict, number);
        WriteConstraints(verdict);
        WriteTimes(verdict);
        WriteSignersDocument(verdict);
        WriteAttributes(verdict);
        if (verdict.Certificate is { } certificate)
        {
            Start("SignerInformation");
            Reference("SignerCertificate", _objects.Add(certificate));
            Element("Signer", certificate.Subject.ToString());
            End();
        }

        Start("SignatureValidationProcess");
        Element("SignatureValidationProcessID", EtsiNames.Process(verdict));
        End();
        WriteStatus(verdict);
        End();
    }

    // §4.3.3: the signature value identifies the signature; DAIdentifier names it within the document.
    private void WriteIdentifier(SignatureVerdict verdict, int number)
    {
        Start("SignatureIdentifier");
        _xml.WriteAttributeString("id", string.Create(CultureInfo.InvariantCulture, $"S-{number}"));
        if (!verdict.SignatureValue.IsEmpty)
        {
            _xml.WriteStartElement("ds", "SignatureValue", Signatures);
            Base64(verdict.SignatureValue);
            End();
        }

        Element("HashOnly", "false");
        Element("DocHashOnly", "false");
        Element("DAIdentifier", verdict.FieldName);
        End();
    }

    // §4.3.5: one constraint for each check, with what was found in both languages.
    private void WriteConstraints(SignatureVerdict verdict)
    {
        if (verdict.Checks.Count == 0)
        {
            return;
        }

        Start("ValidationConstraintsEvaluationReport");
        foreach (CheckResult check in verdict.Checks)
        {
            Start("ValidationConstraint");
            Element("ValidationConstraintIdentifier", EtsiNames.OwnPrefix + "check:" + check.Rule);
            Start("ConstraintStatus");
            Element("Status", EtsiNames.ConstraintApplied);
            End();
            Start("ValidationStatus");
            Element("MainIndication", EtsiNames.ConstraintIndication(check.Outcome));
            if (check.SubIndication != SubIndication.None && check.Outcome is CheckOutcome.Failed or CheckOutcome.Indeterminate)
            {
                Element("SubIndication", EtsiNames.SubIndicationUri(check.SubIndication));
            }

            End();
            Start("Indications");
            OwnElement("Outcome", ReportTerms.Name(check.Outcome));
            OwnElement("Citation", check.Citation);
            OwnElement("Message", check.Message);
            End();
            End();
        }

        End();
    }

    // §4.3.6: without a proof of existence the best time is the validation time itself.
    private void WriteTimes(SignatureVerdict verdict)
    {
        Start("ValidationTimeInfo");
        Element("ValidationTime", Time(_result.ValidationTime));
        Start("BestSignatureTime");
        Element("POETime", Time(verdict.BestSignatureTime ?? _result.ValidationTime));
        Element("TypeOfProof", EtsiNames.ProofByValidation);
        End();
        End();
    }

    private void WriteSignersDocument(SignatureVerdict verdict)
    {
        if (verdict.ContentDigest.IsEmpty || EtsiNames.DigestUri(verdict.DigestAlgorithm) is not { } algorithm)
        {
            return;
        }

        Start("SignersDocument");
        Start("DigestAlgAndValue");
        _xml.WriteStartElement("ds", "DigestMethod", Signatures);
        _xml.WriteAttributeString("Algorithm", algorithm);
        End();
        _xml.WriteStartElement("ds", "DigestValue", Signatures);
        Base64(verdict.ContentDigest);
        End();
        End();
        End();
    }

    // Annex A; an attribute not signed is said so.
    private void WriteAttributes(SignatureVerdict verdict)
    {
        Start("SignatureAttributes");
        if (verdict.SigningTime is { } claimed)
        {
            Start("SigningTime");
            Element("Time", Time(claimed));
            End();
        }

        if (verdict.Location is { Length: > 0 } location)
        {
            Start("SignatureProductionPlace");
            Element("AddressString", location);
            End();
        }

        foreach (TimestampResult timestamp in verdict.Timestamps.Where(timestamp => timestamp.Time is not null))
        {
            WriteTimestampAttribute(timestamp);
        }

        if (verdict.Reason is { Length: > 0 } reason)
        {
            Start("Reason");
            Element("ReasonElement", reason);
            End();
        }

        Start("SubFilter");
        Element("SubFilterElement", verdict.SubFilter ?? "");
        End();
        if (verdict.ByteRange is { } range)
        {
            Element("ByteRange", string.Create(CultureInfo.InvariantCulture, $"0 {range.FirstLength} {range.SecondStart} {range.SecondLength}"));
        }

        End();
    }

    private void WriteTimestampAttribute(TimestampResult timestamp)
    {
        Start(timestamp.Kind switch
        {
            TimestampKind.Content => "AllDataObjectsTimeStamp",
            TimestampKind.Document => "DocTimeStamp",
            _ => "SignatureTimeStamp",
        });
        if (timestamp.Kind == TimestampKind.Content)
        {
            _xml.WriteAttributeString("Signed", "true");
        }

        if (_objects.Add(timestamp) is { } id)
        {
            Reference("AttributeObject", id);
        }

        Element("TimeStampValue", Time(timestamp.Time!.Value));
        End();
    }

    private void Start(string name) => _xml.WriteStartElement(name, EtsiNames.Namespace);

    private void End() => _xml.WriteEndElement();

    private void Element(string name, string value) => _xml.WriteElementString(name, EtsiNames.Namespace, DisplayText.Clean(value));

    private void OwnElement(string name, string value) => _xml.WriteElementString("e", name, Own, DisplayText.Clean(value));

    private void Reference(string name, params ReadOnlySpan<string> ids)
    {
        Start(name);
        _xml.WriteAttributeString("VOReference", string.Join(' ', ids!));
        End();
    }

    private void Base64(ReadOnlyMemory<byte> data) => _xml.WriteString(Convert.ToBase64String(data.Span));

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
