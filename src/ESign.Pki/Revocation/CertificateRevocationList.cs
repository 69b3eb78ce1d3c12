using System.Formats.Asn1;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Names;

namespace ESign.Pki.Revocation;

/// <summary>A certificate revocation list, read and never changed: complete, delta, indirect or partitioned.</summary>
/// <remarks>RFC 5280 §5. Every entry is read, so that garbage anywhere makes the list unreadable instead of silently shorter.</remarks>
public sealed class CertificateRevocationList
{
    /// <summary>The largest list read; five million entries fit.</summary>
    internal const int MaximumSize = 256 << 20;

    private readonly Dictionary<ReadOnlyMemory<byte>, List<CrlEntry>> _entries = new(OctetsComparer.Instance);

    private CertificateRevocationList(ReadOnlyMemory<byte> rawData)
    {
        if (rawData.Length > MaximumSize)
        {
            throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, "a CRL larger than 256 MiB");
        }

        RawData = rawData;
        DerReader list = DerReader.OpenSequence(rawData);
        TbsCertList = list.PeekEncodedValue();
        DerReader tbs = list.ReadSequence();
        SignatureAlgorithm = AlgorithmIdentifier.Read(list);
        SignatureValue = list.ReadBitStringOctets();
        list.ThrowIfNotEmpty();

        IsVersion2 = ReadVersion(tbs);
        if (!AlgorithmIdentifier.Read(tbs).Equals(SignatureAlgorithm))
        {
            throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "the signed and the outer signature algorithm differ (RFC 5280 §5.1.1.2)");
        }

        Issuer = DistinguishedName.Decode(tbs);
        ThisUpdate = tbs.ReadTime();
        NextUpdate = tbs.NextIs(Asn1Tag.UtcTime) || tbs.NextIs(Asn1Tag.GeneralizedTime) ? tbs.ReadTime() : null;
        if (tbs.NextIs(Asn1Tag.Sequence))
        {
            ReadEntries(tbs.ReadSequence());
        }

        Extensions = ReadExtensions(tbs);
        tbs.ThrowIfNotEmpty();

        IssuingDistributionPoint = Find(ExtensionOid.IssuingDistributionPoint) is { } idp ? IssuingDistributionPoint.Decode(idp.Value) : null;
        AuthorityKeyIdentifier = Find(ExtensionOid.AuthorityKeyIdentifier) is { } aki ? AuthorityKeyIdentifier.Decode(aki.Value) : null;
        Number = ReadNumber(ExtensionOid.CrlNumber);
        DeltaBaseNumber = ReadNumber(ExtensionOid.DeltaCrlIndicator);
        ExpiredCertificatesFrom = Find(ExtensionOid.ExpiredCertsOnCrl) is { } from ? new DerReader(from.Value).ReadGeneralizedTime() : null;
        FreshestCrl = Find(ExtensionOid.FreshestCrl) is { } freshest ? DistributionPoint.DecodeAll(freshest.Value) : [];
    }

    /// <summary>The whole list as DER.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>Who signed the list.</summary>
    public DistinguishedName Issuer { get; }

    /// <summary>When the list was current.</summary>
    public DateTimeOffset ThisUpdate { get; }

    /// <summary>When the next list is due, or <see langword="null"/> if the list does not say.</summary>
    public DateTimeOffset? NextUpdate { get; }

    /// <summary>The list's number as big-endian octets, or <see langword="null"/> (RFC 5280 §5.2.3).</summary>
    public ReadOnlyMemory<byte>? Number { get; }

    /// <summary>Whether the list only holds changes since a complete one (RFC 5280 §5.2.4).</summary>
    public bool IsDelta => DeltaBaseNumber is not null;

    /// <summary>How many certificates the list names.</summary>
    public int EntryCount { get; private set; }

    /// <summary>The list's extensions in encoded order.</summary>
    internal IReadOnlyList<CertificateExtension> Extensions { get; }

    internal ReadOnlyMemory<byte> TbsCertList { get; }

    internal AlgorithmIdentifier SignatureAlgorithm { get; }

    internal ReadOnlyMemory<byte> SignatureValue { get; }

    internal bool IsVersion2 { get; }

    internal ReadOnlyMemory<byte>? DeltaBaseNumber { get; }

    internal IssuingDistributionPoint? IssuingDistributionPoint { get; }

    internal AuthorityKeyIdentifier? AuthorityKeyIdentifier { get; }

    internal IReadOnlyList<DistributionPoint> FreshestCrl { get; }

    /// <summary>X.509 §9.5.2.8: certificates that expired after this moment stay on the list.</summary>
    internal DateTimeOffset? ExpiredCertificatesFrom { get; }

    /// <summary>RFC 5280 §5.3: an entry has a critical extension we do not know, so the list decides nothing.</summary>
    internal bool HasUnknownCriticalEntryExtension { get; private set; }

    /// <summary>Whether an entry speaks of another issuer's certificate, as only an indirect list's may (RFC 5280 §5.3.3).</summary>
    internal bool NamesOtherIssuers { get; private set; }

    /// <summary>Whether two entries speak of one certificate.</summary>
    internal bool HasRepeatedEntry { get; private set; }

    /// <summary>Decodes one list from DER.</summary>
    /// <param name="encoded">The whole encoding; kept, not copied.</param>
    /// <exception cref="Asn1FormatException">The bytes are not a CRL.</exception>
    public static CertificateRevocationList Decode(ReadOnlyMemory<byte> encoded) => new(encoded);

    /// <summary>Decodes one list from hostile bytes.</summary>
    /// <param name="encoded">The whole encoding; kept, not copied.</param>
    /// <param name="list">The list, or <see langword="null"/> when the bytes are not one.</param>
    /// <returns>Whether the bytes are a CRL.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> encoded, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out CertificateRevocationList? list)
    {
        try
        {
            list = new CertificateRevocationList(encoded);
            return true;
        }
        catch (Asn1FormatException)
        {
            list = null;
            return false;
        }
    }

    /// <summary>Every list of a file's content: DER, or PEM text with <c>X509 CRL</c> blocks.</summary>
    /// <param name="content">The file's bytes; kept, not copied.</param>
    /// <exception cref="Asn1FormatException">There is no CRL, or one is malformed.</exception>
    public static IReadOnlyList<CertificateRevocationList> LoadMany(ReadOnlyMemory<byte> content)
    {
        if (content.Length > 1 && content.Span[0] == 0x30)
        {
            return [Decode(content)];
        }

        List<CertificateRevocationList> lists = [.. PemText.ReadBlocks(PemText.Decode(content.Span)).Where(static block => block.Label is "X509 CRL").Select(static block => Decode(block.Data))];
        return lists.Count > 0 ? lists : throw new Asn1FormatException(Asn1ErrorCode.Absent, "no CRL found (expected PEM or DER)");
    }

    /// <summary>The entry of a certificate: of this issuer, and for indirect lists of the issuer the entry names.</summary>
    internal CrlEntry? Find(DistinguishedName certificateIssuer, ReadOnlyMemory<byte> serialNumber)
    {
        if (!_entries.TryGetValue(serialNumber, out List<CrlEntry>? entries))
        {
            return null;
        }

        return entries.Find(entry => (entry.Issuer ?? Issuer).Equals(certificateIssuer));
    }

    internal CertificateExtension? Find(string oid) => CertificateExtension.Find(Extensions, oid);

    // version INTEGER OPTIONAL: absent for v1, else 1 (v2)
    private static bool ReadVersion(DerReader tbs)
    {
        if (!tbs.NextIs(Asn1Tag.Integer))
        {
            return false;
        }

        return tbs.ReadInt32() == 1 ? true : throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "a CRL version other than 2 (RFC 5280 §5.1.2.1)");
    }

    // revokedCertificates SEQUENCE OF SEQUENCE { userCertificate CertificateSerialNumber, revocationDate Time, crlEntryExtensions Extensions OPTIONAL }
    private void ReadEntries(DerReader entries)
    {
        if (!entries.HasData)
        {
            throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "revokedCertificates is present but empty (RFC 5280 §5.1.2.6)");
        }

        DistinguishedName? issuer = null;
        bool unknownCritical = false;
        while (entries.HasData)
        {
            DerReader revoked = entries.ReadSequence();
            ReadOnlyMemory<byte> serial = SerialNumbers.Read(revoked);
            DateTimeOffset at = revoked.ReadTime();
            if (revoked.HasData && !IsVersion2)
            {
                throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "entry extensions in a version 1 CRL (RFC 5280 §5.1.2.1)");
            }

            IReadOnlyList<CertificateExtension> extensions = revoked.HasData ? CertificateExtension.DecodeDistinct(revoked) : [];
            revoked.ThrowIfNotEmpty();
            CrlEntry entry = CrlEntry.Create(at, extensions, issuer, ref unknownCritical);
            NamesOtherIssuers |= !ReferenceEquals(entry.Issuer, issuer) && !Issuer.Equals(entry.Issuer);
            issuer = entry.Issuer;
            Add(serial, entry);
        }

        HasUnknownCriticalEntryExtension = unknownCritical;
    }

    private void Add(ReadOnlyMemory<byte> serial, CrlEntry entry)
    {
        EntryCount++;
        if (!_entries.TryGetValue(serial, out List<CrlEntry>? same))
        {
            _entries[serial] = same = new List<CrlEntry>(1);
        }

        else
        {
            HasRepeatedEntry |= same.Exists(other => (other.Issuer ?? Issuer).Equals(entry.Issuer ?? Issuer));
        }

        same.Add(entry);
    }

    // crlExtensions [0] EXPLICIT Extensions OPTIONAL, only in version 2
    private List<CertificateExtension> ReadExtensions(DerReader tbs)
    {
        if (!tbs.NextIsContext(0))
        {
            return [];
        }

        if (!IsVersion2)
        {
            throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "extensions in a version 1 CRL (RFC 5280 §5.1.2.1)");
        }

        DerReader wrapper = tbs.ReadExplicit(0);
        List<CertificateExtension> extensions = CertificateExtension.DecodeDistinct(wrapper);
        wrapper.ThrowIfNotEmpty();
        return extensions;
    }

    private ReadOnlyMemory<byte>? ReadNumber(string oid)
    {
        if (Find(oid) is not { } extension)
        {
            return null;
        }

        var reader = new DerReader(extension.Value);
        ReadOnlyMemory<byte> number = reader.ReadIntegerBytes();
        reader.ThrowIfNotEmpty();
        return number;
    }
}
