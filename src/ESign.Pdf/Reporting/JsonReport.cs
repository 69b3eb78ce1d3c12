using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ESign.Pdf.Document;
using ESign.Pdf.Verification;
using ESign.Pdf.Verification.Modifications;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
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
        ["size"] = result.FileLength,
        ["encrypted"] = result.IsEncrypted,
        ["revisions"] = result.RevisionCount,
        ["pages"] = result.PageCount,
        ["unsignedFields"] = List(result.UnsignedFields, name => JsonValue.Create(name)),
        ["longTermData"] = result.Store is { } store ? WriteStore(store) : null,
        ["signatures"] = List(result.Signatures, signature => WriteSignature(signature, result.FileLength)),
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

    private JsonObject WriteSignature(SignatureVerdict signature, long fileLength)
    {
        SignaturePlace place = signature.Places[0];
        WrittenSignature written = signature.Written;
        return new JsonObject
        {
            ["field"] = signature.FieldName,
            ["kind"] = signature.IsDocumentTimestamp ? "document-timestamp" : "signature",
            ["type"] = written.Type,
            ["filter"] = written.Filter,
            ["subFilter"] = signature.SubFilter,
            ["name"] = written.Name,
            ["signer"] = signature.Certificate is { } signer ? signer.Subject.CommonName ?? signer.Subject.ToString() : null,
            ["indication"] = ReportTerms.Total(signature.Indication),
            ["subIndication"] = ReportTerms.Name(signature.SubIndication),
            ["code"] = (int)signature.Code,
            ["level"] = ReportTerms.Name(signature.Level),
            ["digestIntact"] = signature.DigestIntact,
            ["signatureIntact"] = signature.SignatureIntact,
            ["trusted"] = signature.Trusted,
            ["coverage"] = ReportTerms.Name(signature.Coverage),
            ["byteRange"] = written.ByteRange.Count > 0 ? List(written.ByteRange, number => JsonValue.Create(number)) : null,
            ["laterBytes"] = signature.ByteRange is { } range ? fileLength - range.End : null,
            ["revision"] = signature.Revision,
            ["removed"] = signature.IsRemoved,
            ["modifications"] = signature.Modifications is { } modifications ? WriteModifications(modifications) : null,
            ["docMdp"] = signature.DocMdp,
            ["fieldMdp"] = List(written.FieldMdps, WriteLock),
            ["lock"] = written.Lock is { } locked ? WriteLock(locked) : null,
            ["reason"] = signature.Reason,
            ["location"] = signature.Location,
            ["signingTime"] = Time(signature.SigningTime),
            ["signingTimeAttribute"] = Time(written.SigningTimeAttribute),
            ["bestSignatureTime"] = Time(signature.BestSignatureTime),
            ["digestAlgorithm"] = signature.DigestAlgorithm,
            ["contentDigest"] = signature.ContentDigest.IsEmpty ? null : Convert.ToHexStringLower(signature.ContentDigest.Span),
            ["signatureAlgorithm"] = signature.SignatureAlgorithm,
            ["signedAttributes"] = List(written.SignedAttributes, oid => JsonValue.Create(oid)),
            ["timestamp"] = signature.OwnTimestamp is { } own ? WriteTimestamp(own) : null,
            ["timestamps"] = List(signature.Timestamps, WriteTimestamp),
            ["page"] = PageOf(place),
            ["rectangle"] = Rectangle(RectangleOf(place)),
            ["places"] = List(signature.Places, WritePlace),
            ["certificate"] = signature.Certificate is { } certificate ? WriteCertificate(certificate) : null,
            ["certificatePath"] = List(signature.CertificatePath, WriteCertificate),
            ["revocation"] = List(signature.Revocation, WriteStatus),
            ["missing"] = List(signature.Missing, line => JsonValue.Create(ReportTerms.In(language, line))),
            ["checks"] = List(signature.Checks, WriteCheck),
        };
    }

    private static JsonObject WriteStore(StoreContents store) => new()
    {
        ["certificates"] = store.Certificates,
        ["crls"] = store.Crls,
        ["ocspResponses"] = store.OcspResponses,
        ["vri"] = store.Vri,
    };

    private static JsonObject WriteLock(FieldMdp locked) => new()
    {
        ["action"] = locked.Action,
        ["fields"] = List(locked.Fields, name => JsonValue.Create(name)),
        ["permissions"] = locked.Permissions,
    };

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
        ["serialNumber"] = timestamp.Token is { } token ? SerialNumber(token.Info.SerialNumber) : null,
        ["policy"] = timestamp.Token?.Info.PolicyOid,
        ["certificate"] = timestamp.Certificate is { } certificate ? WriteCertificate(certificate) : null,
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
        ["serialNumber"] = SerialNumber(certificate.SerialNumber),
        ["notBefore"] = ReportTerms.Iso(certificate.NotBefore),
        ["notAfter"] = ReportTerms.Iso(certificate.NotAfter),
        ["publicKey"] = PublicKeyKind.Read(certificate.SubjectPublicKeyInfo) is { } key ? WriteKey(key) : null,
        ["sha256"] = Convert.ToHexStringLower(certificate.Sha256Fingerprint.Span),
    };

    private static JsonObject WriteKey(PublicKeyKind key) => new()
    {
        ["algorithm"] = key.Algorithm,
        ["size"] = key.SizeInBits,
        ["curve"] = key.Curve,
    };

    private JsonObject WriteStatus(CertificateStatus status) => new()
    {
        ["subject"] = status.Certificate.Subject.ToString(),
        ["serialNumber"] = SerialNumber(status.Certificate.SerialNumber),
        ["status"] = ReportTerms.Name(status.Status),
        ["revokedAt"] = Time(status.RevokedAt),
        ["reason"] = status.Reason is { } reason ? JsonNamingPolicy.CamelCase.ConvertName(reason.ToString()) : null,
        ["evidence"] = status.OcspResponse is not null ? "ocsp" : status.Crls.Count > 0 ? "crl" : null,
        ["thisUpdate"] = Time(status.ThisUpdate),
        ["nextUpdate"] = Time(status.NextUpdate),
        ["remarks"] = List(status.Remarks, remark => JsonValue.Create(ReportTerms.In(language, remark))),
    };

    /// <summary>As a number: RFC 5280 §4.1.2.2 forbids negative ones, and there are such certificates.</summary>
    private static string SerialNumber(ReadOnlyMemory<byte> octets)
    {
        var number = new BigInteger(octets.Span, isBigEndian: true);
        return number.Sign >= 0 ? Convert.ToHexStringLower(octets.Span) : "-" + Convert.ToHexStringLower((-number).ToByteArray(isUnsigned: true, isBigEndian: true));
    }

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> write) => new([.. items.Select(write)]);

    private static JsonNode? Time(DateTimeOffset? time) => time is { } value ? JsonValue.Create(ReportTerms.Iso(value)) : null;

    private static JsonArray? Rectangle(PdfRectangle? rectangle) => rectangle is { } box
        ? new JsonArray(Math.Round(box.Left, 3), Math.Round(box.Bottom, 3), Math.Round(box.Right, 3), Math.Round(box.Top, 3))
        : null;
}
