using System.Diagnostics.Metrics;
using ESign.Pki.Revocation;

namespace ESign.AspNetCore.Operations;

/// <summary>What the service counts: a meter any .NET exporter can listen to; <see cref="PrometheusText"/> is one.</summary>
internal sealed class ServiceMetrics : IDisposable
{
    public const string MeterName = "ESign.Service";

    private readonly Meter _meter;
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _timestamps;
    private readonly Counter<long> _certificates;
    private readonly Counter<long> _revocations;
    private readonly Counter<long> _statusAnswers;
    private readonly Counter<long> _auditRecords;

    public ServiceMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(MeterName);
        _requests = _meter.CreateCounter<long>("esign_http_requests_total", description: "Requests by route and status.");
        _duration = _meter.CreateHistogram<double>("esign_http_request_seconds", "s", "Time from the first byte read to the last handed over.");
        _timestamps = _meter.CreateCounter<long>("esign_timestamps_total", description: "Timestamp requests by outcome.");
        _certificates = _meter.CreateCounter<long>("esign_certificates_issued_total", description: "Certificates by issuer and profile.");
        _revocations = _meter.CreateCounter<long>("esign_certificates_revoked_total", description: "Revocations and holds by issuer.");
        _statusAnswers = _meter.CreateCounter<long>("esign_ocsp_answers_total", description: "OCSP answers by issuer and status.");
        _auditRecords = _meter.CreateCounter<long>("esign_audit_records_total", description: "Records appended to the audit log.");
    }

    /// <summary>Adds how long the CRLs of offline issuers are still good.</summary>
    public void Watch(Func<IEnumerable<Measurement<double>>> remainders) =>
        _meter.CreateObservableGauge("esign_offline_crl_seconds_left", remainders, "s", "Until the CRL of an issuer whose key is offline expires; negative afterwards.");

    public void RequestDone(string route, int status, TimeSpan elapsed)
    {
        _requests.Add(1, new("route", route), new("status", status));
        _duration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("route", route));
    }

    public void TimestampAnswered(string outcome) => _timestamps.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void CertificateIssued(string issuer, string profile) => _certificates.Add(1, new("issuer", issuer), new("profile", profile));

    public void CertificateRevoked(string issuer) => _revocations.Add(1, new KeyValuePair<string, object?>("issuer", issuer));

    public void StatusAnswered(string issuer, OcspResponseStatus status) => _statusAnswers.Add(1, new("issuer", issuer), new("status", status.ToString()));

    public void AuditAppended(int count) => _auditRecords.Add(count);

    public void Dispose() => _meter.Dispose();
}
