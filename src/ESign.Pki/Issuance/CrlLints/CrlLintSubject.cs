using System.Formats.Asn1;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;

namespace ESign.Pki.Issuance.CrlLints;

/// <summary>A <c>TBSCertList</c> as a stranger reads it, with its entries summed up in one pass: lists have millions.</summary>
/// <remarks>RFC 5280 §5.1.</remarks>
internal sealed class CrlLintSubject
{
    private CrlLintSubject(CrlIntent intent) => Intent = intent;

    public CrlIntent Intent { get; }

    /// <summary>The version field, or null when it is absent.</summary>
    public int? Version { get; private init; }

    public AlgorithmIdentifier? Algorithm { get; private init; }

    public ReadOnlyMemory<byte> IssuerName { get; private init; }

    public DateTimeOffset ThisUpdate { get; private init; }

    public DateTimeOffset? NextUpdate { get; private init; }

    /// <summary>Whether a date before 2050 is not UTCTime, or a later one is.</summary>
    public bool HasWrongTimeEncoding { get; private init; }

    /// <summary>The entries, or null when there is no list of them.</summary>
    public CrlEntryFacts? Entries { get; private init; }

    public IReadOnlyList<CertificateExtension> Extensions { get; private init; } = [];

    public bool IsDelta => Find(ExtensionOid.DeltaCrlIndicator) is not null;

    public CertificateExtension? Find(string oid) => CertificateExtension.Find(Extensions, oid);

    public static CrlLintSubject Read(ReadOnlyMemory<byte> toBeSigned, CrlIntent intent)
    {
        DerReader tbs = DerReader.OpenSequence(toBeSigned);
        int? version = tbs.NextIs(Asn1Tag.Integer) ? tbs.ReadInt32() : null;
        AlgorithmIdentifier algorithm = AlgorithmIdentifier.Read(tbs);
        ReadOnlyMemory<byte> issuer = tbs.ReadEncodedValue();
        (DateTimeOffset thisUpdate, bool wrongThis) = ReadTime(tbs);
        (DateTimeOffset? nextUpdate, bool wrongNext) = tbs.NextIs(Asn1Tag.UtcTime) || tbs.NextIs(Asn1Tag.GeneralizedTime) ? ReadTime(tbs) : ((DateTimeOffset?)null, false);
        CrlEntryFacts? entries = tbs.NextIs(Asn1Tag.Sequence) ? CrlEntryFacts.Read(tbs.ReadEncodedValue().Span) : null;
        var extensions = new List<CertificateExtension>();
        if (tbs.NextIsContext(0))
        {
            DerReader wrapper = tbs.ReadExplicit(0);
            extensions = CertificateExtension.DecodeAll(wrapper);
            wrapper.ThrowIfNotEmpty();
        }

        tbs.ThrowIfNotEmpty();
        return new CrlLintSubject(intent)
        {
            Version = version,
            Algorithm = algorithm,
            IssuerName = issuer,
            ThisUpdate = thisUpdate,
            NextUpdate = nextUpdate,
            HasWrongTimeEncoding = wrongThis || wrongNext,
            Entries = entries,
            Extensions = extensions,
        };
    }

    private static (DateTimeOffset Time, bool IsWrong) ReadTime(DerReader reader)
    {
        bool isUtc = reader.NextIs(Asn1Tag.UtcTime);
        DateTimeOffset time = reader.ReadTime();
        return (time, isUtc != time.UtcDateTime.Year is >= 1950 and < 2050);
    }
}
