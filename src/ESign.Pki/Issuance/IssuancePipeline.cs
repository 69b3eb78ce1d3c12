using System.Collections.Concurrent;
using System.Security.Cryptography;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance.Lints;
using ESign.Pki.Keys;

namespace ESign.Pki.Issuance;

/// <summary>Issues one certificate so that a crash or a bug cannot leave one that nobody knows or nobody checked.</summary>
/// <remarks>
/// The order: serial number and to-be-signed bytes recorded as an intent → the same bytes signed with a throw-away key
/// and linted → signed with the real key → compared byte by byte and verified → recorded.
/// </remarks>
internal sealed class IssuancePipeline(CertificateAuthorityOptions options)
{
    /// <summary>136 random bits after the instance byte: 18 octets, below the 20 of RFC 5280 §4.1.2.2.</summary>
    private const int RandomSerialBytes = 17;

    /// <summary>A second collision of 136 random bits means the randomness is broken.</summary>
    private const int SerialAttempts = 2;

    // One throw-away key per algorithm and authority: it signs nothing that leaves this class.
    private readonly ConcurrentDictionary<SignatureAlgorithm, Lazy<LocalSigningKey>> _lintKeys = new();

    /// <summary>Runs the pipeline.</summary>
    /// <param name="signer">The issuer's key.</param>
    /// <param name="issuer">What lints compare the certificate with.</param>
    /// <param name="compose">Composes content and intent for a serial number.</param>
    /// <param name="cancellationToken">Cancels the call; after the real signature it is ignored.</param>
    public async ValueTask<Certificate> IssueAsync(ISigningKey signer, IssuerFacts issuer, Func<string, (CertificateContent Content, IssuanceIntent Intent)> compose, CancellationToken cancellationToken)
    {
        (CertificateContent content, IssuanceIntent intent) = await RecordIntentAsync(compose, cancellationToken).ConfigureAwait(false);
        await LintAsync(content, intent, issuer, signer.Algorithm, cancellationToken).ConfigureAwait(false);

        byte[] signature = await signer.SignAsync(intent.TbsCertificate, cancellationToken).ConfigureAwait(false);
        Certificate certificate = Certificate.Decode(TbsCertificateWriter.WriteCertificate(intent.TbsCertificate.Span, content.SignatureAlgorithm, signature));
        bool sound = certificate.TbsCertificate.Span.SequenceEqual(intent.TbsCertificate.Span)
            && SignatureVerifier.Verify(signer.SubjectPublicKeyInfo.Span, certificate.SignatureAlgorithm, certificate.TbsCertificate.Span, signature);
        if (!sound)
        {
            throw new CryptographicException("签发者私钥产生的签名无效 / The issuer's key made a signature that does not verify with its public key");
        }

        await options.Repository.RecordCertificateAsync(intent.IssuerId, intent.SerialNumber, certificate.RawData, options.TimeProvider.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
        return certificate;
    }

    private async ValueTask<(CertificateContent Content, IssuanceIntent Intent)> RecordIntentAsync(Func<string, (CertificateContent, IssuanceIntent)> compose, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < SerialAttempts; attempt++)
        {
            (CertificateContent content, IssuanceIntent intent) = compose(CreateSerialNumber());
            if (await options.Repository.TryRecordIntentAsync(intent, cancellationToken).ConfigureAwait(false))
            {
                return (content, intent);
            }
        }

        throw new CryptographicException("序列号重复，随机数源不可信 / Serial numbers repeat: the random source cannot be trusted");
    }

    private async ValueTask LintAsync(CertificateContent content, IssuanceIntent intent, IssuerFacts issuer, SignatureAlgorithm algorithm, CancellationToken cancellationToken)
    {
        byte[] signature = LintKey(algorithm).Sign(intent.TbsCertificate.Span);
        Certificate specimen = Certificate.Decode(TbsCertificateWriter.WriteCertificate(intent.TbsCertificate.Span, content.SignatureAlgorithm, signature));
        IReadOnlyList<string> findings = CertificateLinter.Evaluate(new LintSubject(specimen, content, issuer));
        if (findings.Count > 0)
        {
            await options.Repository.RecordRefusalAsync(intent.IssuerId, intent.SerialNumber, string.Join("; ", findings), cancellationToken).ConfigureAwait(false);
            throw new IssuanceRefusedException("lint", findings);
        }
    }

    private LocalSigningKey LintKey(SignatureAlgorithm algorithm) =>
        _lintKeys.GetOrAdd(algorithm, static a => new Lazy<LocalSigningKey>(() => LocalSigningKey.Create(a, LocalSigningKey.MinimumRsaKeySizeBits))).Value;

    private string CreateSerialNumber()
    {
        Span<byte> serial = stackalloc byte[1 + RandomSerialBytes];
        serial[0] = options.InstanceId;
        RandomNumberGenerator.Fill(serial[1..]);
        return Convert.ToHexStringLower(serial);
    }
}
