using System.Threading.RateLimiting;
using ESign.AspNetCore.Authorities;
using ESign.AspNetCore.Operations;
using ESign.Pdf;
using ESign.Pdf.Verification;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Revocation;
using ESign.Pki.Validation;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.Api;

/// <summary>Verifies uploaded documents: with the roots of the service and of its settings, and the service's own CRLs.</summary>
/// <remarks>Addresses inside a document are never asked: whoever uploads must not choose where the service connects to.</remarks>
internal sealed class DocumentVerification : IDisposable
{
    private readonly VerificationSettings _settings;
    private readonly TimeProvider _time;
    private readonly IssuerDirectory _issuers;
    private readonly TrustAnchors _anchors;
    private readonly ConcurrencyLimiter _places;

    public DocumentVerification(VerificationSettings settings, TimeProvider time, IssuerDirectory issuers)
    {
        _settings = settings;
        _time = time;
        _issuers = issuers;
        IEnumerable<Certificate> own = [.. issuers.All.Select(static issuer => issuer.Chain[^1]), .. issuers.Offline.Select(static issuer => issuer.Chain[^1])];
        IEnumerable<Certificate> given = settings.TrustAnchors.SelectMany(file => CredentialFiles.LoadCertificates(settings.Folder, file));
        _anchors = new TrustAnchors(own.Concat(given).Distinct());
        _places = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = settings.Concurrent, QueueLimit = settings.Concurrent * 2, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
    }

    public int MaximumSize => _settings.MaximumSize;

    /// <exception cref="RequestRefusedException">Too many documents wait (503), or it is no PDF (422).</exception>
    public async ValueTask<VerificationResult> VerifyAsync(Stream pdf, CancellationToken cancellationToken)
    {
        using RateLimitLease place = await _places.AcquireAsync(1, cancellationToken).ConfigureAwait(false);
        if (!place.IsAcquired)
        {
            throw new RequestRefusedException(StatusCodes.Status503ServiceUnavailable, "busy", "验签繁忙，请稍后再试 / Too many documents wait; try again later", TimeSpan.FromSeconds(5));
        }

        VerificationPolicy policy = await CreatePolicyAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => new PdfVerifier(policy).VerifyAsync(pdf, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (PdfFormatException exception)
        {
            throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "unreadable-" + exception.Code.ToString().ToLowerInvariant(), exception.Message);
        }
    }

    /// <summary>How documents are judged here.</summary>
    public async ValueTask<VerificationPolicy> CreatePolicyAsync(CancellationToken cancellationToken) =>
        new() { TrustAnchors = _anchors, RevocationLists = await ReadOwnCrlsAsync(cancellationToken).ConfigureAwait(false), Clock = _time };

    public void Dispose() => _places.Dispose();

    private async ValueTask<IReadOnlyList<CertificateRevocationList>> ReadOwnCrlsAsync(CancellationToken cancellationToken)
    {
        var lists = new List<CertificateRevocationList>();
        foreach (HostedIssuer issuer in _issuers.All)
        {
            PublishedCrl crl = await issuer.GetCrlAsync(partition: null, isDelta: false, cancellationToken).ConfigureAwait(false);
            lists.Add(CertificateRevocationList.Decode(crl.RawData));
        }

        lists.AddRange(_issuers.Offline.Select(static issuer => issuer.Current).OfType<CertificateRevocationList>());
        return lists;
    }
}
