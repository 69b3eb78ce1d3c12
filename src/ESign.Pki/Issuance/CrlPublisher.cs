using System.Formats.Asn1;
using System.Numerics;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance.CrlLints;
using ESign.Pki.Revocation;

namespace ESign.Pki.Issuance;

/// <summary>Publishes an authority's CRLs: one for all, one per partition, and deltas between them.</summary>
/// <remarks>RFC 5280 §5.2: every CRL has authority key identifier and number; partitions have a critical issuing distribution point.</remarks>
public sealed class CrlPublisher
{
    /// <summary>
    /// How far a delta reaches back before its base: a revocation stamped before the base but committed after it was
    /// listed must not fall between the two. Listing one twice does no harm.
    /// </summary>
    private static readonly TimeSpan DeltaOverlap = TimeSpan.FromMinutes(5);

    private readonly CertificateAuthority _authority;
    private readonly CrlPublisherOptions _options;
    private long? _lastNumber;

    /// <summary>Makes a publisher.</summary>
    /// <param name="authority">The issuer; its certificate must allow CRL signing.</param>
    /// <param name="options">Periods; defaults when absent.</param>
    /// <exception cref="ArgumentException">The authority may not sign CRLs.</exception>
    public CrlPublisher(CertificateAuthority authority, CrlPublisherOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(authority);
        if (authority.Certificate.KeyUsage?.HasFlag(KeyUsages.CrlSign) != true)
        {
            throw new ArgumentException("CA证书不允许签发吊销列表 / The authority's certificate lacks cRLSign (RFC 5280 §4.2.1.3)", nameof(authority));
        }

        _authority = authority;
        _options = options ?? new CrlPublisherOptions();
    }

    /// <summary>Publishes the CRL of every certificate the authority revoked. Every list is linted before it is signed.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The CRL.</returns>
    /// <exception cref="IssuanceRefusedException">The list breaks a rule of RFC 5280 §5; nothing was signed.</exception>
    public ValueTask<PublishedCrl> PublishAsync(CancellationToken cancellationToken = default) =>
        PublishAsync(partition: null, deltaBase: null, cancellationToken);

    /// <summary>Publishes the CRL of one partition (<see cref="PublicationPoints.CrlPartitions"/>).</summary>
    /// <param name="partition">The partition, from 0.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The CRL.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such partition.</exception>
    public ValueTask<PublishedCrl> PublishPartitionAsync(int partition, CancellationToken cancellationToken = default)
    {
        if (partition < 0 || partition >= _authority.Options.Publication.CrlPartitions)
        {
            throw new ArgumentOutOfRangeException(nameof(partition), partition, $"分片号应小于{_authority.Options.Publication.CrlPartitions} / There are {_authority.Options.Publication.CrlPartitions} partitions");
        }

        return PublishAsync(partition, deltaBase: null, cancellationToken);
    }

    /// <summary>Publishes what changed since a full CRL.</summary>
    /// <param name="deltaBase">The full CRL the delta builds on: of all, or of the same partition.</param>
    /// <param name="partition">The partition, or <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The delta CRL.</returns>
    public ValueTask<PublishedCrl> PublishDeltaAsync(PublishedCrl deltaBase, int? partition = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(deltaBase);
        return PublishAsync(partition, (deltaBase.Number, deltaBase.ThisUpdate), cancellationToken);
    }

    /// <summary>Publishes what changed since a full CRL that was read back.</summary>
    /// <param name="deltaBase">The full CRL the delta builds on.</param>
    /// <param name="partition">The partition, or <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The delta CRL.</returns>
    /// <exception cref="ArgumentException">The base has no number or is a delta itself.</exception>
    public ValueTask<PublishedCrl> PublishDeltaAsync(CertificateRevocationList deltaBase, int? partition = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(deltaBase);
        if (deltaBase.IsDelta || deltaBase.Number is not { } number)
        {
            throw new ArgumentException("增量列表的基础应为带编号的完整列表 / A delta builds on a complete CRL with a number (RFC 5280 §5.2.4)", nameof(deltaBase));
        }

        return PublishAsync(partition, ((long)new BigInteger(number.Span, isBigEndian: true), deltaBase.ThisUpdate), cancellationToken);
    }

    private async ValueTask<PublishedCrl> PublishAsync(int? partition, (long Number, DateTimeOffset ThisUpdate)? deltaBase, CancellationToken cancellationToken)
    {
        DateTimeOffset thisUpdate = TbsCertificateWriter.ToSecond(_authority.Options.TimeProvider.GetUtcNow());
        DateTimeOffset nextUpdate = TbsCertificateWriter.ToSecond(thisUpdate + (deltaBase is null ? _options.Validity : _options.DeltaValidity));
        long number = await _authority.Repository.TakeCrlNumberAsync(_authority.Id, cancellationToken).ConfigureAwait(false);
        var query = new RevocationQuery { IssuerId = _authority.Id, Partition = partition, ChangedSince = deltaBase?.ThisUpdate - DeltaOverlap };

        using var writer = new CrlWriter(WriteHead(thisUpdate, nextUpdate));
        await foreach (RevokedCertificate entry in _authority.Repository.ListRevokedAsync(query, cancellationToken).ConfigureAwait(false))
        {
            writer.Add(entry);
        }

        // As certificates are linted before the key is used; the number is taken and stays unused.
        ReadOnlyMemory<byte> toBeSigned = writer.End(WriteExtensions(number, deltaBase?.Number, partition));
        IReadOnlyList<string> findings = CrlLinter.Evaluate(
            toBeSigned,
            new CrlIntent(_authority.Certificate, _authority.Options.TimeProvider.GetUtcNow(), number, _lastNumber, deltaBase?.Number, partition is { } part ? [.. _authority.Options.Publication.CrlUrisFor(part)] : null));
        if (findings.Count > 0)
        {
            throw new IssuanceRefusedException("crl", findings);
        }

        byte[] crl = await writer.SignAsync(_authority.Key, cancellationToken).ConfigureAwait(false);
        _lastNumber = _lastNumber is { } last && last > number ? last : number;
        return new PublishedCrl(crl, number, thisUpdate, nextUpdate, writer.EntryCount);
    }

    private byte[] WriteHead(DateTimeOffset thisUpdate, DateTimeOffset nextUpdate)
    {
        ReadOnlyMemory<byte> issuer = _authority.Certificate.Subject.RawData;
        var writer = new AsnWriter(AsnEncodingRules.DER, issuer.Length + 256);
        using (writer.PushSequence()) // only to hold the fields together; the header is cut off below
        {
            writer.WriteInteger(1); // v2
            _authority.Key.Algorithm.Identifier.Write(writer); // signature
            writer.WriteEncodedValue(issuer.Span); // issuer
            TbsCertificateWriter.WriteTime(writer, thisUpdate);
            TbsCertificateWriter.WriteTime(writer, nextUpdate);
        }

        byte[] sequence = writer.Encode();
        AsnDecoder.ReadSequence(sequence, AsnEncodingRules.DER, out int offset, out int length, out _);
        return sequence[offset..(offset + length)];
    }

    private byte[] WriteExtensions(long number, long? baseNumber, int? partition)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, 1024);
        using (writer.PushSequence(CertificateExtensions.Context(0))) // crlExtensions [0]
        using (writer.PushSequence())
        {
            CertificateExtensions.WriteAuthorityKeyIdentifier(writer, _authority.KeyIdentifier.Span);
            using (CertificateExtensions.Begin(writer, ExtensionOid.CrlNumber))
            {
                writer.WriteInteger(number);
            }

            if (baseNumber is { } complete)
            {
                using (CertificateExtensions.Begin(writer, ExtensionOid.DeltaCrlIndicator, critical: true))
                {
                    writer.WriteInteger(complete);
                }
            }

            if (partition is { } part)
            {
                using (CertificateExtensions.Begin(writer, ExtensionOid.IssuingDistributionPoint, critical: true))
                using (writer.PushSequence())
                {
                    CertificateExtensions.WriteDistributionPointName(writer, _authority.Options.Publication.CrlUrisFor(part));
                }
            }

            if (baseNumber is null && _authority.Options.Publication.DeltaCrlUriFor(partition) is { } deltaUri)
            {
                using (CertificateExtensions.Begin(writer, ExtensionOid.FreshestCrl))
                using (writer.PushSequence())
                using (writer.PushSequence()) // DistributionPoint
                {
                    CertificateExtensions.WriteDistributionPointName(writer, [deltaUri]);
                }
            }

            using (CertificateExtensions.Begin(writer, ExtensionOid.ExpiredCertsOnCrl))
            {
                writer.WriteGeneralizedTime(_options.KeepsExpiredSince ?? _authority.Certificate.NotBefore, omitFractionalSeconds: true);
            }
        }

        return writer.Encode();
    }
}
