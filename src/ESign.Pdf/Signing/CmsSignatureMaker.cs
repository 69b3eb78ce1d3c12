using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.ElectronicSeals;
using ESign.Pki.Keys;

namespace ESign.Pdf.Signing;

/// <summary>The side of a signer that makes signature values: what does not depend on the document is prepared once per credential.</summary>
internal sealed class CmsSignatureMaker
{
    private readonly SignedDataBuilder _plain;

    public CmsSignatureMaker(Certificate certificate, IReadOnlyList<Certificate> issuers, SignatureAlgorithm algorithm)
    {
        Certificate = certificate;
        Issuers = issuers;
        Algorithm = algorithm;
        _plain = new SignedDataBuilder(certificate, issuers, algorithm);
    }

    public Certificate Certificate { get; }

    public SignatureAlgorithm Algorithm { get; }

    public IReadOnlyList<Certificate> Issuers { get; }

    /// <summary>PAdES names no SM2 algorithms, so those signatures go by the name every reader knows.</summary>
    public SignatureProfile DefaultProfile => Algorithm.Scheme == SignatureScheme.Sm2 ? SignatureProfile.AdobePkcs7 : SignatureProfile.Pades;

    /// <summary>The maker of the value that the options ask for.</summary>
    public SignatureValueMaker MakerFor(SignatureOptions options)
    {
        if (options.Profile?.ElectronicSeal is not { } seal)
        {
            return new CmsValueMaker(BuilderFor(options));
        }

        if (options.CommitmentTypeOid is not null)
        {
            throw new ArgumentException("电子签章不能表示承诺类型 / A seal signature has no place for a commitment type (GB/T 38540).", nameof(options));
        }

        return new SealValueMaker(new SealSignatureBuilder(Certificate, Algorithm, seal));
    }

    /// <summary>The builder for the signed attributes that the options ask for.</summary>
    private SignedDataBuilder BuilderFor(SignatureOptions options)
    {
        if (options.CommitmentTypeOid is null)
        {
            return _plain;
        }

        if (options.Reason is not null)
        {
            throw new ArgumentException("Reason 与 CommitmentTypeOid 不能同时使用 / Reason and CommitmentTypeOid exclude each other (EN 319 142-1 §6.3).", nameof(options));
        }

        return new SignedDataBuilder(Certificate, Issuers, Algorithm, new SignedAttributesProfile { CommitmentTypeOid = options.CommitmentTypeOid });
    }
}
