using ESign.AspNetCore.Operations;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using ESign.Pki.Revocation;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.Authorities;

/// <summary>An authority whose key is elsewhere, in a safe: the service publishes its certificate and the CRLs brought to it.</summary>
/// <remarks>A CRL is believed only with the authority's signature, and never an older one after a newer one (RFC 5280 §5.2.3).</remarks>
internal sealed class OfflineIssuer
{
    private readonly string _file;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private (DateTime WrittenAt, CertificateRevocationList List)? _placed;

    public OfflineIssuer(string name, IReadOnlyList<Certificate> chain, string crlFile, TimeProvider time)
    {
        Name = name;
        Chain = chain;
        _file = crlFile;
        _time = time;
    }

    public string Name { get; }

    /// <summary>Its certificate, then those above it.</summary>
    public IReadOnlyList<Certificate> Chain { get; }

    /// <summary>The CRL to serve; <see langword="null"/> until one was placed. A file replaced by hand is noticed.</summary>
    /// <exception cref="InvalidOperationException">The file holds no CRL of this authority.</exception>
    public CertificateRevocationList? Current
    {
        get
        {
            lock (_gate)
            {
                if (!File.Exists(_file))
                {
                    return null;
                }

                DateTime writtenAt = File.GetLastWriteTimeUtc(_file);
                if (_placed is { } placed && placed.WrittenAt == writtenAt)
                {
                    return placed.List;
                }

                CertificateRevocationList list = Check(CredentialFiles.Read(_file)) is { List: { } good }
                    ? good
                    : throw new InvalidOperationException($"文件中没有 {Name} 的吊销列表：{_file} / The file holds no CRL of {Name}: {_file}");
                _placed = (writtenAt, list);
                return list;
            }
        }
    }

    /// <summary>Takes a CRL made in a ceremony.</summary>
    /// <param name="content">DER or PEM.</param>
    /// <exception cref="RequestRefusedException">It is not this authority's, has expired, or is older than the one in force (422).</exception>
    public CertificateRevocationList Place(ReadOnlyMemory<byte> content)
    {
        (CertificateRevocationList? list, string? fault) = Check(content);
        if (list is null)
        {
            throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "crl", fault!);
        }

        if (list.NextUpdate is { } next && next <= _time.GetUtcNow())
        {
            throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "crl-expired", $"吊销列表已于 {next:u} 过期 / The CRL expired on {next:u}");
        }

        lock (_gate)
        {
            if (Current is { } held && IsOlder(list, held))
            {
                throw new RequestRefusedException(StatusCodes.Status409Conflict, "crl-older", "吊销列表早于现有列表 / The CRL is older than the one in force");
            }

            PrivateFile.Write(_file, list.RawData.Span);
            _placed = (File.GetLastWriteTimeUtc(_file), list);
        }

        return list;
    }

    private static bool IsOlder(CertificateRevocationList candidate, CertificateRevocationList held) => candidate.Number is { } left && held.Number is { } right
        ? new System.Numerics.BigInteger(left.Span, isBigEndian: true) < new System.Numerics.BigInteger(right.Span, isBigEndian: true)
        : candidate.ThisUpdate < held.ThisUpdate;

    private (CertificateRevocationList? List, string? Fault) Check(ReadOnlyMemory<byte> content)
    {
        try
        {
            IReadOnlyList<CertificateRevocationList> lists = CertificateRevocationList.LoadMany(content);
            if (lists.Count != 1 || lists[0].IsDelta)
            {
                return (null, "应为一个完整的吊销列表 / One complete CRL is needed");
            }

            CertificateRevocationList list = lists[0];
            bool isOurs = list.Issuer.Equals(Chain[0].Subject)
                && SignatureVerifier.Verify(Chain[0].SubjectPublicKeyInfo.Span, list.SignatureAlgorithm, list.TbsCertList.Span, list.SignatureValue.Span);
            return isOurs ? (list, null) : (null, $"吊销列表不是由{Name}签发 / The CRL is not signed by {Name}");
        }
        catch (Asn1FormatException exception)
        {
            return (null, $"无法解析吊销列表 / The CRL cannot be read: {exception.Message}");
        }
    }
}
