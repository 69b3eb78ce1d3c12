namespace ESign.Pdf.Verification;

/// <summary>The shapes of signature values (ISO 32000-2 §12.8.3, table 255).</summary>
internal enum SignatureForm
{
    /// <summary>A CMS signature over the byte range: adbe.pkcs7.detached, ETSI.CAdES.detached.</summary>
    Detached,

    /// <summary>A CMS signature over the SHA-1 digest of the byte range, which it encloses: adbe.pkcs7.sha1.</summary>
    EnclosedSha1,

    /// <summary>A bare RSA signature of the SHA-1 digest; the certificates stand in /Cert: adbe.x509.rsa_sha1.</summary>
    BareRsaSha1,

    /// <summary>A timestamp token over the byte range: ETSI.RFC3161.</summary>
    Timestamp,

    /// <summary>A GB/T 38540 seal signature over the byte range: ESign.SES.GBT38540, or found under adbe.pkcs7.detached.</summary>
    Seal,

    /// <summary>Nothing that ESign can judge.</summary>
    Unknown,
}
