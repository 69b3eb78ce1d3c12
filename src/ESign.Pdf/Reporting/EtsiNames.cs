using ESign.Pdf.Verification;
using ESign.Pki.Validation;

namespace ESign.Pdf.Reporting;

/// <summary>The URIs of ETSI TS 119 102-2 and the names of EN 319 102-1.</summary>
internal static class EtsiNames
{
    public const string Namespace = "http://uri.etsi.org/19102/v1.4.1#";
    public const string CertificateObject = "urn:etsi:019102:validationObject:certificate";
    public const string CrlObject = "urn:etsi:019102:validationObject:CRL";
    public const string OcspObject = "urn:etsi:019102:validationObject:OCSPResponse";
    public const string TimestampObject = "urn:etsi:019102:validationObject:timestamp";
    public const string SignedDataObject = "urn:etsi:019102:validationObject:signedData";
    public const string ProofByValidation = "urn:etsi:019102:poetype:validation";
    public const string ConstraintApplied = "urn:etsi:019102:constraintStatus:applied";

    /// <summary>Ours, for what the standard has no name for: the checks by name, and the data after them.</summary>
    public const string OwnPrefix = "urn:esign:report:";

    private const string Main = "urn:etsi:019102:mainindication:";

    /// <summary>§4.3.4.2: the status of a signature.</summary>
    public static string SignatureIndication(Indication indication) => Main + indication switch
    {
        Indication.Passed => "total-passed",
        Indication.Failed => "total-failed",
        _ => "indeterminate",
    };

    /// <summary>§4.3.5.4, §4.4.8: the status of a constraint or of a validation object.</summary>
    public static string ObjectIndication(Indication indication) => Main + indication switch
    {
        Indication.Passed => "passed",
        Indication.Failed => "failed",
        _ => "indeterminate",
    };

    public static string ConstraintIndication(CheckOutcome outcome) => ObjectIndication(outcome switch
    {
        CheckOutcome.Failed => Indication.Failed,
        CheckOutcome.Indeterminate => Indication.Indeterminate,
        _ => Indication.Passed,
    });

    public static string SubIndicationUri(SubIndication subIndication) => "urn:etsi:019102:subindication:" + ReportTerms.Name(subIndication);

    /// <summary>§4.3.11.1: which process of EN 319 102-1 was run, by what the signature offers.</summary>
    public static string Process(SignatureVerdict verdict) => "urn:etsi:019102:validationprocess:" + (verdict.Timestamps.Any(timestamp => timestamp.Kind == TimestampKind.Document)
        ? "LTA"
        : verdict.Timestamps.Count > 0 || verdict.Revocation.Count > 0 ? "LTVM" : "Basic");

    /// <summary>The XML name of a digest algorithm (RFC 9231 §2.1), or its OID as a URN; null when it has neither.</summary>
    public static string? DigestUri(string? name) => name switch
    {
        "SHA1" => "http://www.w3.org/2000/09/xmldsig#sha1",
        "SHA224" => "http://www.w3.org/2001/04/xmldsig-more#sha224",
        "SHA256" => "http://www.w3.org/2001/04/xmlenc#sha256",
        "SHA384" => "http://www.w3.org/2001/04/xmldsig-more#sha384",
        "SHA512" => "http://www.w3.org/2001/04/xmlenc#sha512",
        "MD5" => "http://www.w3.org/2001/04/xmldsig-more#md5",
        "SM3" => "urn:oid:1.2.156.10197.1.401",
        { } sha3 when sha3.StartsWith("SHA3-", StringComparison.Ordinal) => "http://www.w3.org/2007/05/xmldsig-more#" + sha3.ToLowerInvariant(),
        { Length: > 2 } oid when oid.All(c => char.IsAsciiDigit(c) || c == '.') => "urn:oid:" + oid,
        _ => null,
    };
}
