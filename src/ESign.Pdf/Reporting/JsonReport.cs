using System.Text.Json.Nodes;
using ESign.Pdf.Document;
using ESign.Pdf.Verification;
using ESign.Pdf.Verification.Modifications;
using ESign.Pki.Certificates;
using ESign.Pki.Validation;

namespace ESign.Pdf.Reporting;

/// <summary>A verification as JSON. The names are stable; what is unknown is null, never left out.</summary>
internal sealed class JsonReport(ReportLanguage language = ReportLanguage.Both)
{
    /// <summary>The report of a document that was judged.</summary>
    public JsonObject Write(string file, VerificationResult result) => new()
    {
        ["file"] = file,
        ["documentCode"] = (int)result.Code,
        ["verdict"] = ReportTerms.Name(result.Verdict),
        ["validationTime"] = ReportTerms.Iso(result.ValidationTime),
        ["revisions"] = result.RevisionCount,
        ["pages"] = result.PageCount,
        ["unsignedFields"] = List(result.UnsignedFields, name => JsonValue.Create(name)),
        ["signatures"] = List(result.Signatures, WriteSignature),
    };

    /// <summary>The report of a file that cannot be opened.</summary>
    public static JsonObject WriteUnreadable(string file, string code, string message) => WriteUnreadable(file, new JsonObject { ["code"] = code, ["message"] = message });

    /// <summary>The report of a file that is no readable PDF.</summary>
    public JsonObject WriteUnreadable(string file, PdfFormatException error) => WriteUnreadable(file, new JsonObject
    {
        ["code"] = error.Code.ToString(),
        ["message"] = ReportTerms.In(language, error.Message),
        ["offset"] = error.Offset < 0 ? null : error.Offset,
        ["citation"] = error.Clause.Length == 0 ? null : "ISO 32000-2 §" + error.Clause,
    });

    private static JsonObject WriteUnreadable(string file, JsonObject error) => new()
    {
        ["file"] = file,
        ["documentCode"] = (int)DocumentCode.BadFormat,
        ["verdict"] = "unreadable",
        ["signatures"] = new JsonArray(),
        ["error"] = error,
    };

    private JsonObject WriteSignature(SignatureVerdict signature)
    {
        SignaturePlace place = signature.Places[0];
        return new JsonObject
        {
            ["field"] = signature.FieldName,
            ["kind"] = signature.IsDocumentTimestamp ? "document-timestamp" : "signature",
            ["subFilter"] = signature.SubFilter,
            ["signer"] = signature.Certificate is { } signer ? signer.Subject.CommonName ?? signer.Subject.ToString() : null,
            ["indication"] = ReportTerms.Total(signature.Indication),
            ["subIndication"] = ReportTerms.Name(signature.SubIndication),
            ["code"] = (int)signature.Code,
            ["level"] = ReportTerms.Name(signature.Level),
            ["digestIntact"] = signature.DigestIntact,
            ["signatureIntact"] = signature.SignatureIntact,
            ["trusted"] = signature.Trusted,
            ["coverage"] = ReportTerms.Name(signature.Coverage),
            ["byteRange"] = signature.ByteRange is { } range ? new JsonArray(0, range.FirstLength, range.SecondStart, range.SecondLength) : null,
            ["revision"] = signature.Revision,
            ["removed"] = signature.IsRemoved,
            ["modifications"] = signature.Modifications is { } modifications ? WriteModifications(modifications) : null,
            ["docMdp"] = signature.DocMdp,
            ["reason"] = signature.Reason,
            ["location"] = signature.Location,
            ["signingTime"] = Time(signature.SigningTime),
            ["bestSignatureTime"] = Time(signature.BestSignatureTime),
            ["digestAlgorithm"] = signature.DigestAlgorithm,
            ["signatureAlgorithm"] = signature.SignatureAlgorithm,
            ["timestamps"] = List(signature.Timestamps, WriteTimestamp),
            ["page"] = PageOf(place),
            ["rectangle"] = Rectangle(RectangleOf(place)),
            ["places"] = List(signature.Places, WritePlace),
            ["certificate"] = signature.Certificate is { } certificate ? WriteCertificate(certificate) : null,
            ["certificatePath"] = List(signature.CertificatePath, WriteCertificate),
            ["missing"] = List(signature.Missing, line => JsonValue.Create(ReportTerms.In(language, line))),
            ["checks"] = List(signature.Checks, WriteCheck),
        };
    }

    private JsonObject WriteModifications(ModificationVerdict verdict) => new()
    {
        ["level"] = ReportTerms.Name(verdict.Level),
        ["permitted"] = verdict.Permitted,
        ["findings"] = List(verdict.Findings, finding => new JsonObject
        {
            ["rule"] = finding.Rule,
            ["citation"] = finding.Citation,
            ["object"] = finding.Object,
            ["page"] = finding.Page,
            ["rectangle"] = Rectangle(finding.Rectangle),
            ["permitted"] = finding.Permitted,
            ["message"] = ReportTerms.In(language, finding.Message),
        }),
    };

    private JsonObject WriteTimestamp(TimestampResult timestamp) => new()
    {
        ["kind"] = ReportTerms.Name(timestamp.Kind),
        ["time"] = Time(timestamp.Time),
        ["indication"] = ReportTerms.Block(timestamp.Indication),
        ["subIndication"] = ReportTerms.Name(timestamp.SubIndication),
        ["imprintIntact"] = timestamp.ImprintIntact,
        ["signatureIntact"] = timestamp.SignatureIntact,
        ["trusted"] = timestamp.Trusted,
        ["digestAlgorithm"] = timestamp.DigestAlgorithm,
        ["authority"] = timestamp.Certificate is { } authority ? authority.Subject.CommonName ?? authority.Subject.ToString() : null,
        ["message"] = ReportTerms.In(language, timestamp.Message),
    };

    private JsonObject WriteCheck(CheckResult check) => new()
    {
        ["rule"] = check.Rule,
        ["result"] = ReportTerms.Name(check.Outcome),
        ["subIndication"] = ReportTerms.Name(check.SubIndication),
        ["citation"] = check.Citation,
        ["message"] = ReportTerms.In(language, check.Message),
    };

    private static JsonObject WritePlace(SignaturePlace place) => new()
    {
        ["field"] = place.FieldName,
        ["page"] = PageOf(place),
        ["rectangle"] = Rectangle(RectangleOf(place)),
    };

    private static int? PageOf(SignaturePlace place) => place.Page == 0 ? null : place.Page;

    private static PdfRectangle? RectangleOf(SignaturePlace place) => place.Page == 0 && place.UserSpace == default ? null : place.UserSpace;

    private static JsonObject WriteCertificate(Certificate certificate) => new()
    {
        ["subject"] = certificate.Subject.ToString(),
        ["issuer"] = certificate.Issuer.ToString(),
        ["serialNumber"] = certificate.SerialNumberHex,
        ["notBefore"] = ReportTerms.Iso(certificate.NotBefore),
        ["notAfter"] = ReportTerms.Iso(certificate.NotAfter),
        ["sha256"] = Convert.ToHexStringLower(certificate.Sha256Fingerprint.Span),
    };

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> write) => new([.. items.Select(write)]);

    private static JsonNode? Time(DateTimeOffset? time) => time is { } value ? JsonValue.Create(ReportTerms.Iso(value)) : null;

    private static JsonArray? Rectangle(PdfRectangle? rectangle) => rectangle is { } box
        ? new JsonArray(Math.Round(box.Left, 3), Math.Round(box.Bottom, 3), Math.Round(box.Right, 3), Math.Round(box.Top, 3))
        : null;
}
