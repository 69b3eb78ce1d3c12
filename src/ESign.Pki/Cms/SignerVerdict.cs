using ESign.Pki.Certificates;
using ESign.Pki.Keys;

namespace ESign.Pki.Cms;

/// <summary>What the checks of one signer found, each by itself. Trust in the certificate is not judged here.</summary>
/// <remarks>RFC 5652 §5.4 and §5.6; RFC 5035 §3 for the certificate binding; RFC 6211 §3 for the algorithms.</remarks>
internal sealed record SignerVerdict
{
    /// <summary>The signer's certificate, found by the signer identifier alone; <see langword="null"/> when no given certificate matches it.</summary>
    public Certificate? Certificate { get; init; }

    /// <summary>The digest algorithm the signer names, or <see langword="null"/> when ESign does not know it.</summary>
    public DigestAlgorithm? DigestAlgorithm { get; init; }

    /// <summary>Whether the content-type attribute names the type of the content. <see cref="CmsCheck.Absent"/> without signed attributes or without the attribute.</summary>
    public CmsCheck ContentType { get; init; }

    /// <summary>
    /// Whether the message-digest attribute is the digest of the content. Without signed attributes the signature value itself
    /// covers the content and this repeats <see cref="SignatureValue"/>.
    /// </summary>
    public CmsCheck MessageDigest { get; init; }

    /// <summary>Whether the signature value verifies with the certificate's key.</summary>
    public CmsCheck SignatureValue { get; init; }

    /// <summary>
    /// Whether a signing-certificate attribute binds the certificate: <see cref="CmsCheck.Absent"/> without one,
    /// <see cref="CmsCheck.Failed"/> when it names another, <see cref="CmsCheck.Weak"/> when it binds by SHA-1 or MD5 alone.
    /// </summary>
    public CmsCheck CertificateBinding { get; init; }

    /// <summary>
    /// Whether digest and signature algorithm agree with each other and with the algorithm-protection attribute:
    /// <see cref="CmsCheck.Failed"/> when they contradict.
    /// </summary>
    public CmsCheck Algorithms { get; init; }

    /// <summary>Whether the signer's attributes were sent in another encoding than the signed one and had to be rewritten as DER.</summary>
    public bool AttributesWereReencoded { get; init; }

    /// <summary>Whether an SM2 signature verifies under the empty user id and not under <c>1234567812345678</c>, which GM/T 0009 §10 wants: what OpenSSL signs with unless told otherwise.</summary>
    public bool HasEmptySm2UserId { get; init; }

    /// <summary>Whether there are signed attributes at all.</summary>
    public bool HasSignedAttributes { get; init; }

    /// <summary>Whether digest and signature value are right: the content is what the key signed.</summary>
    public bool IsIntact => MessageDigest == CmsCheck.Passed && SignatureValue == CmsCheck.Passed && ContentType is not (CmsCheck.Failed or CmsCheck.Malformed);
}
