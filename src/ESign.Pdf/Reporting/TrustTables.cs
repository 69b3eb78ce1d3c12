using System.Globalization;
using ESign.Pdf.Reporting.Layout;
using ESign.Pdf.Verification;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;
using ESign.Pki.Validation;

namespace ESign.Pdf.Reporting;

/// <summary>What signatures rest on – certificates C1, C2, …, their revocation, timestamps T1, T2, … –, each once and referred to.</summary>
internal sealed class TrustTables
{
    private readonly NumberedSignatures _signatures;
    private readonly ReportWording _wording;
    private readonly ReportTexts _texts;
    private readonly IReadOnlyList<Certificate> _certificates;
    private readonly Dictionary<Certificate, string> _certificateNames;
    private readonly IReadOnlyList<(TimestampResult Item, IReadOnlyCollection<int> Numbers)> _timestamps;
    private readonly Dictionary<object, string> _timestampNames;

    public TrustTables(NumberedSignatures signatures, ReportWording wording)
    {
        _signatures = signatures;
        _wording = wording;
        _texts = wording.Texts;
        _certificates = [.. signatures.All.SelectMany(signature => signature.Verdict.CertificatePath.Concat(AuthoritiesOf(signature.Verdict))).Distinct()];
        _certificateNames = _certificates.Select((certificate, i) => (certificate, Name: Numbered('C', i))).ToDictionary(pair => pair.certificate, pair => pair.Name);
        _timestamps = signatures.Shared(verdict => verdict.Timestamps, IdentityOf);
        _timestampNames = _timestamps.Select((stamp, i) => (Key: IdentityOf(stamp.Item), Name: Numbered('T', i))).ToDictionary(pair => pair.Key, pair => pair.Name);
    }

    /// <summary>The path of a signature, from the signer up.</summary>
    public Cell PathOf(SignatureVerdict verdict)
    {
        if (verdict.CertificatePath.Count == 0)
        {
            return new Cell(_texts["cert.none"], Tone.Caution);
        }

        string path = string.Join(" → ", verdict.CertificatePath.Select(certificate => $"{NameOf(certificate)} {_wording.CommonNameOf(certificate)}"));
        return new Cell(path, Note: _texts[verdict.Trusted ? "cert.toAnchor" : "cert.notTrusted"]);
    }

    /// <summary>The timestamps of a signature; of a document timestamp nothing, unless it was stamped itself.</summary>
    public Cell TimestampsOf(SignatureVerdict verdict)
    {
        if (verdict.Timestamps.Count == 0)
        {
            return verdict.IsDocumentTimestamp ? "" : _texts["ts.none"];
        }

        return string.Join('\n', verdict.Timestamps.Select(timestamp =>
            $"{NameOf(timestamp)} {_texts["ts." + timestamp.Kind]}{_texts["colon"]}{TimeOf(timestamp)} · {_texts["outcome." + timestamp.Indication]}"));
    }

    public IEnumerable<ReportBlock> Timestamps()
    {
        if (_timestamps.Count > 0)
        {
            yield return new ReportBlock.Grid(
                [_texts["ts.column"], _texts["ts.authority"], _texts["ts.result"]],
                [0.3, 0.4, 0.3],
                [.. _timestamps.Select(stamp => TimestampRow(stamp.Item, stamp.Numbers))]);
        }
    }

    public IEnumerable<ReportBlock> Certificates()
    {
        if (_certificates.Count == 0)
        {
            yield return new ReportBlock.Prose(_texts["cert.none"]);
            yield break;
        }

        yield return new ReportBlock.Grid([_texts["cert.role"], _texts["cert.column"]], [0.16, 0.84], [.. _certificates.Select(CertificateRow)]);
    }

    public IEnumerable<ReportBlock> Revocation()
    {
        yield return new ReportBlock.Subheading(_texts["rev.title"]);
        (CertificateStatus Status, IReadOnlyCollection<int> Numbers)[] all = [.. _signatures.Shared(verdict => verdict.Revocation, IdentityOf)];
        if (all.Length == 0)
        {
            yield return new ReportBlock.Prose(_texts["rev.none"]);
            yield break;
        }

        yield return new ReportBlock.Grid(
            [_texts["cert.column"], _texts["rev.status"], _texts["rev.evidence"]],
            [0.34, 0.33, 0.33],
            [.. all.Select(row => RevocationRow(row.Status, row.Numbers))]);
    }

    private static object IdentityOf(TimestampResult timestamp) =>
        (timestamp.Kind, timestamp.Token is { } token ? Convert.ToBase64String(token.RawData.Span) : "", timestamp.Indication, timestamp.SubIndication, timestamp.Message);

    private static object IdentityOf(CertificateStatus status) =>
        (status.Certificate, status.Status, status.ThisUpdate, status.NextUpdate, status.RevokedAt, status.OcspResponse is null, string.Join('\n', status.Remarks));

    private static IEnumerable<Certificate> AuthoritiesOf(SignatureVerdict verdict) => verdict.Timestamps.Select(timestamp => timestamp.Certificate).OfType<Certificate>();

    private static string Numbered(char kind, int index) => string.Create(CultureInfo.InvariantCulture, $"{kind}{index + 1}");

    /// <summary>For example <c>C2</c>; empty for one that nothing here rests on.</summary>
    private string NameOf(Certificate certificate) => _certificateNames.GetValueOrDefault(certificate, "");

    private string NameOf(TimestampResult timestamp) => _timestampNames[IdentityOf(timestamp)];

    private string TimeOf(TimestampResult timestamp) => timestamp.Time is { } time ? _wording.Clock.Show(time) : _texts["unknown"];

    private IReadOnlyList<Cell> TimestampRow(TimestampResult timestamp, IReadOnlyCollection<int> numbers)
    {
        TimestampTokenInfo? token = timestamp.Token?.Info;
        string accuracy = token?.Accuracy is { } stated ? _texts.Format("ts.accuracy", Accuracy(stated)) : "";
        string[] notes = [_signatures.NameIfSeveral(numbers), accuracy];
        return
        [
            new Cell($"{NameOf(timestamp)} {_texts["ts." + timestamp.Kind]}\n{TimeOf(timestamp)}", Note: string.Join(" · ", notes.Where(note => note.Length > 0))),
            new Cell(
                timestamp.Certificate is { } authority ? $"{NameOf(authority)} {_wording.CommonNameOf(authority)}" : _texts["unknown"],
                Note: token is null ? "" : $"{_texts.Format("ts.serial", ReportWording.Hex(token.SerialNumber))}\n{_texts.Format("ts.policy", token.PolicyOid)}"),
            new Cell(_texts["outcome." + timestamp.Indication], ReportWording.ToneOf(timestamp.Indication), _wording.Message(timestamp.Message)),
        ];
    }

    private IReadOnlyList<Cell> CertificateRow(Certificate certificate)
    {
        string separator = _texts["colon"];
        string[] lines =
        [
            _texts["cert.issuer"] + separator + _wording.NameOf(certificate.Issuer),
            _texts["cert.serial"] + separator + certificate.SerialNumberHex,
            _texts["cert.validity"] + separator + _texts.Format("cert.validity.value", _wording.Clock.Show(certificate.NotBefore), _wording.Clock.Show(certificate.NotAfter)),
            .. PublicKeyKind.Read(certificate.SubjectPublicKeyInfo) is { } key ? (string[])[_texts["cert.key"] + separator + KindOf(key)] : [],
            .. certificate.Shown(static found => found.KeyUsage) is { } usage ? (string[])[_texts["cert.usage"] + separator + Usages(usage)] : [],
            _texts["cert.fingerprint"] + separator + ReportWording.Hex(certificate.Sha256Fingerprint),
        ];
        return [new Cell(NameOf(certificate), Note: Roles(certificate)), new Cell(_wording.NameOf(certificate.Subject), Note: string.Join('\n', lines))];
    }

    /// <summary>What a certificate is to the signatures and timestamps that rest on it.</summary>
    private string Roles(Certificate certificate) => string.Join('\n', _signatures.All
        .SelectMany(signature => RolesIn(signature.Verdict, certificate))
        .Distinct()
        .Select(role => _texts[role]));

    private static IEnumerable<string> RolesIn(SignatureVerdict verdict, Certificate certificate)
    {
        if (AuthoritiesOf(verdict).Contains(certificate))
        {
            yield return "cert.role.timestamp";
        }

        if (verdict.CertificatePath.Contains(certificate))
        {
            yield return certificate.Equals(verdict.CertificatePath[0]) ? verdict.IsDocumentTimestamp ? "cert.role.timestamp" : "cert.role.signer"
                : verdict.Trusted && certificate.Equals(verdict.CertificatePath[^1]) ? "cert.role.anchor" : "cert.role.issuer";
        }
    }

    private string KindOf(PublicKeyKind key) => string.Join(" · ", new[] { key.Algorithm, key.Curve, key.SizeInBits is { } size ? _texts.Format("cert.key.size", size) : null }.OfType<string>());

    private string Usages(KeyUsages usages) =>
        string.Join(_texts["list.separator"], Enum.GetValues<KeyUsages>().Where(usage => usage != KeyUsages.None && usages.HasFlag(usage)).Select(usage => _texts["cert.usage." + usage]));

    private IReadOnlyList<Cell> RevocationRow(CertificateStatus status, IReadOnlyCollection<int> numbers)
    {
        Tone tone = status.Status switch
        {
            RevocationStatus.Good => Tone.Good,
            RevocationStatus.Unknown => Tone.Caution,
            _ => Tone.Bad,
        };
        string[] revoked =
        [
            .. status.RevokedAt is { } at ? (string[])[_texts.Format("rev.revokedAt", _wording.Clock.Show(at))] : [],
            .. status.Reason is { } reason ? (string[])[_texts.Format("rev.reason", _texts.OrName("rev.reason.", reason.ToString()))] : [],
            .. status.InvalidityDate is { } since ? (string[])[_texts.Format("rev.suspectedSince", _wording.Clock.Show(since))] : [],
        ];
        string[] evidence =
        [
            .. status.ThisUpdate is { } from ? (string[])[_texts["rev.time"] + _texts["colon"] + _wording.Clock.Show(from)] : [],
            .. status.NextUpdate is { } until ? (string[])[_texts.Format("rev.next", _wording.Clock.Show(until))] : [],
            .. status.Remarks.Select(_wording.Message),
        ];
        string kind = status.OcspResponse is not null ? _texts["rev.ocsp"] : status.Crls.Count > 0 ? _texts["rev.crl"] : _texts["none"];
        return
        [
            new Cell($"{NameOf(status.Certificate)} {_wording.CommonNameOf(status.Certificate)}".TrimStart(), Note: _signatures.NameIfSeveral(numbers)),
            new Cell(_texts["rev." + status.Status], tone, string.Join('\n', revoked)),
            new Cell(kind, Note: string.Join('\n', evidence)),
        ];
    }

    private static string Accuracy(TimestampAccuracy accuracy) => "±" + accuracy.ToTimeSpan().TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture) + " s";
}
