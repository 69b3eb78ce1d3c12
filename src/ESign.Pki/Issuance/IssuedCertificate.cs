using ESign.Pki.Certificates;
using ESign.Pki.Keys;

namespace ESign.Pki.Issuance;

/// <summary>A certificate an authority issued, with the authorities above it.</summary>
public sealed class IssuedCertificate
{
    internal IssuedCertificate(Certificate certificate, IReadOnlyList<Certificate> issuers)
    {
        Certificate = certificate;
        Issuers = issuers;
    }

    /// <summary>The certificate.</summary>
    public Certificate Certificate { get; }

    /// <summary>The issuer first, then its issuer, up to and including the root.</summary>
    public IReadOnlyList<Certificate> Issuers { get; }

    /// <summary>The serial number in lower-case hexadecimal, as the repository keeps it.</summary>
    public string SerialNumber => Certificate.SerialNumberHex;

    /// <summary>Joins the certificate with its private key.</summary>
    /// <param name="key">The key whose public half was certified.</param>
    /// <returns>What signs.</returns>
    /// <exception cref="ArgumentException">The key is another one.</exception>
    public SigningCredential WithKey(ISigningKey key) => new(Certificate, Issuers, key);
}
