using System.Globalization;
using System.Text.RegularExpressions;
using ESign.Pdf.Document;
using ESign.Pdf.Reporting.Layout;
using ESign.Pdf.Verification;
using ESign.Pdf.Verification.Modifications;
using ESign.Pki.Certificates;
using ESign.Pki.Names;
using ESign.Pki.Timestamping;
using ESign.Pki.Validation;

namespace ESign.Pdf.Reporting;

/// <summary>Says in words and tables what became of signatures; both reports are made of these parts.</summary>
/// <remarks>Everything that comes from a document or certificate goes through <see cref="DisplayText"/> and the redaction.</remarks>
internal sealed partial class VerdictSections(ReportTexts texts, ReportClock clock, Redaction redaction, ReportedDocument? document, int revisionCount)
{
    /// <summary>Findings beyond this many are counted, not listed: nobody reads them, and a hostile file makes as many as it likes.</summary>
    private const int MaximumFindings = 200;

    /// <summary>Of changes that were allowed, so many are listed: they only show what kind of changes there were.</summary>
    private const int MaximumPermittedFindings = 8;

    public static Tone ToneOf(DocumentVerdict verdict) => verdict switch
    {
        DocumentVerdict.Valid => Tone.Good,
        DocumentVerdict.Invalid => Tone.Bad,
        _ => Tone.Caution,
    };

    public static Tone ToneOf(Indication indication) => indication switch
    {
        Indication.Passed => Tone.Good,
        Indication.Failed => Tone.Bad,
        _ => Tone.Caution,
    };

    /// <summary>The name of the signer, as a heading shows it.</summary>
    public string SignerOf(SignatureVerdict verdict) => verdict.Certificate is { } certificate ? redaction.Text(DisplayText.Clean(certificate.Subject.CommonName ?? certificate.Subject.ToString())) : texts["unknown"];

    /// <summary>The indication and why.</summary>
    public ReportBlock.Notice Conclusion(SignatureVerdict verdict)
    {
        string text = texts["indication." + verdict.Indication];
        if (ReportTerms.Name(verdict.SubIndication) is { } name && verdict.Indication != Indication.Passed)
        {
            // What the deciding check found says more than what the sub-indication means in general.
            CheckResult? deciding = verdict.Checks.FirstOrDefault(check => check.SubIndication == verdict.SubIndication && check.Outcome is CheckOutcome.Failed or CheckOutcome.Indeterminate);
            text = $"{text} · {name}\n{(deciding is null ? texts.OrName("sub.", verdict.SubIndication.ToString()) : Message(deciding.Message))}";
        }

        return new ReportBlock.Notice(ToneOf(verdict.Indication), text, LeadsIn: true);
    }

    public ReportBlock.Facts Facts(SignatureVerdict verdict)
    {
        List<(string, Cell)> items =
        [
            (texts[verdict.IsDocumentTimestamp ? "ts.authority" : "fact.signer"], SignerOf(verdict)),
            (texts["fact.kind"], texts[verdict.IsDocumentTimestamp ? "fact.kind.timestamp" : "fact.kind.signature"]),
            (texts["fact.field"], redaction.Text(DisplayText.Clean(verdict.FieldName))),
            (texts["fact.place"], string.Join('\n', verdict.Places.Select(Place))),
            (texts["fact.level"], LevelOf(verdict)),
            (texts["fact.subFilter"], DisplayText.Clean(verdict.SubFilter)),
            (texts["fact.coverage"], new Cell(texts["fact.coverage." + verdict.Coverage], verdict.Coverage == Coverage.Invalid ? Tone.Bad : Tone.Neutral)),
            (texts["fact.byteRange"], new Cell(verdict.ByteRange?.ToString() ?? texts["unknown"], IsCode: true)),
            (texts["fact.revision"], verdict.Revision is { } revision ? texts.Format("fact.revision.value", revision, revisionCount) : texts["unknown"]),
            (texts["fact.digestIntact"], Judged(verdict.DigestIntact)),
            (texts["fact.signatureIntact"], Judged(verdict.SignatureIntact)),
            (texts["fact.trusted"], verdict.Trusted ? Judged(true) : new Cell(texts["no"], Tone.Caution)),
            (texts["fact.digestAlgorithm"], DisplayText.Clean(verdict.DigestAlgorithm)),
            (texts["fact.contentDigest"], new Cell(Hex(verdict.ContentDigest), IsCode: true)),
            (texts["fact.signatureAlgorithm"], DisplayText.Clean(verdict.SignatureAlgorithm)),
            StatedTime(verdict),
            (texts["fact.bestTime"], verdict.IsDocumentTimestamp ? "" : verdict.BestSignatureTime is { } best ? clock.Show(best) : texts["fact.bestTime.none"]),
        ];
        AddWhere(items, verdict);
        return new ReportBlock.Facts([.. items.Where(item => item.Item2.Text.Length > 0)]);
    }

    public IEnumerable<ReportBlock> Timestamps(SignatureVerdict verdict)
    {
        yield return new ReportBlock.Subheading(texts["ts.title"]);
        if (verdict.Timestamps.Count == 0)
        {
            yield return new ReportBlock.Prose(texts["ts.none"]);
            yield break;
        }

        yield return new ReportBlock.Grid(
            [texts["ts.kind"], texts["ts.time"], texts["ts.authority"], texts["ts.result"]],
            [0.14, 0.27, 0.32, 0.27],
            [.. verdict.Timestamps.Select(TimestampRow)]);
    }

    public IEnumerable<ReportBlock> Certificates(SignatureVerdict verdict)
    {
        yield return new ReportBlock.Subheading(texts["cert.title"]);
        if (verdict.CertificatePath.Count == 0)
        {
            yield return new ReportBlock.Prose(texts["cert.none"]);
            yield break;
        }

        yield return new ReportBlock.Grid(
            [texts["cert.role"], texts["cert.column"]],
            [0.16, 0.84],
            [.. verdict.CertificatePath.Select((certificate, i) => CertificateRow(verdict, certificate, i))]);
    }

    public IEnumerable<ReportBlock> Revocation(SignatureVerdict verdict)
    {
        yield return new ReportBlock.Subheading(texts["rev.title"]);
        if (verdict.Revocation.Count == 0)
        {
            yield return new ReportBlock.Prose(texts["rev.none"]);
            yield break;
        }

        yield return new ReportBlock.Grid(
            [texts["cert.column"], texts["rev.status"], texts["rev.evidence"]],
            [0.42, 0.22, 0.36],
            [.. verdict.Revocation.Select(RevocationRow)]);
    }

    public IEnumerable<ReportBlock> Modifications(SignatureVerdict verdict)
    {
        yield return new ReportBlock.Subheading(texts["mod.title"]);
        if (verdict.Modifications is not { } modifications)
        {
            yield return new ReportBlock.Notice(Tone.Caution, texts["mod.notJudged"]);
            yield break;
        }

        yield return new ReportBlock.Facts(
        [
            (texts["mod.level"], texts["mod." + modifications.Level]),
            (texts["mod.permitted"], Judged(modifications.Permitted)),
        ]);
        ModificationFinding[] shown =
        [
            .. modifications.Findings.Where(finding => !finding.Permitted).Take(MaximumFindings),
            .. modifications.Findings.Where(finding => finding.Permitted).Take(MaximumPermittedFindings),
        ];
        if (shown.Length > 0)
        {
            yield return new ReportBlock.Grid(
                [texts["mod.finding"], texts["mod.object"], texts["mod.permitted"]],
                [0.6, 0.26, 0.14],
                [.. shown.Select(FindingRow)]);
            if (modifications.Findings.Count > shown.Length)
            {
                yield return new ReportBlock.Prose(texts.Format("mod.more", modifications.Findings.Count, shown.Length, modifications.Findings.Count(finding => !finding.Permitted)), IsSmall: true);
            }
        }
    }

    /// <summary>What is missing from a level, and every check.</summary>
    /// <param name="verdict">The signature.</param>
    /// <param name="explained">The rules that were explained for an earlier signature and are not explained again; those of this one are added.</param>
    public IEnumerable<ReportBlock> Checks(SignatureVerdict verdict, ISet<string>? explained = null)
    {
        if (verdict.Missing.Count > 0)
        {
            yield return new ReportBlock.Subheading(texts["fact.missing"]);
            yield return new ReportBlock.Prose(string.Join('\n', verdict.Missing.Select(Message)));
        }

        yield return new ReportBlock.Subheading(texts["check.title"]);
        yield return new ReportBlock.Grid(
            [texts["check.what"], texts["check.result"], texts["check.finding"]],
            [0.19, 0.16, 0.65],
            [.. verdict.Checks.Select(check => CheckRow(check, explains: explained?.Add(check.Rule) ?? true))]);
    }

    /// <summary>One language of a message of the verifier, made harmless.</summary>
    public string Message(string message) =>
        redaction.Text(DisplayText.Clean(ReportTerms.In(texts.IsChinese ? ReportLanguage.Chinese : ReportLanguage.English, message)));

    public Cell Judged(bool value) => new(texts.YesOrNo(value), value ? Tone.Good : Tone.Bad);

    public static string Hex(ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(bytes.Span);

    /// <summary>A place as a person sees it and as the file has it.</summary>
    public string Place(SignaturePlace place)
    {
        if (!place.IsVisible)
        {
            return texts["fact.place.invisible"];
        }

        (int page, PdfRectangle box) = (place.Page, place.UserSpace);
        string user = texts.Format("fact.place.user", page, Round(box.Left), Round(box.Bottom), Round(box.Right), Round(box.Top));
        return document?.ToDisplayed(page, box) is { } seen
            ? texts.Format("fact.place.value", page, Round(seen.X), Round(seen.Y), Round(seen.Width), Round(seen.Height)) + "\n" + user
            : user;
    }

    /// <summary>A distinguished name that a cell can break between its attributes.</summary>
    public string NameOf(DistinguishedName name) => redaction.Text(EndOfAttribute().Replace(DisplayText.Clean(name.ToString()), ", "));

    /// <summary>Levels are for signatures: a timestamp has none, and no row.</summary>
    private string LevelOf(SignatureVerdict verdict) =>
        verdict.IsDocumentTimestamp ? "" : ReportTerms.Name(verdict.Level) is { } level ? "PAdES " + level : texts["fact.level.none"];

    /// <summary>A signer says when it was and nobody vouches for it; to say it is what a timestamp is for.</summary>
    private (string, Cell) StatedTime(SignatureVerdict verdict) => (verdict.IsDocumentTimestamp, verdict.SigningTime) switch
    {
        (true, { } stamped) => (texts["fact.timestampTime"], clock.Show(stamped)),
        (false, { } claimed) => (texts["fact.signingTime"], new Cell(clock.Show(claimed), Note: texts["fact.signingTime.note"])),
        _ => (texts["fact.signingTime"], texts["none"]),
    };

    private void AddWhere(List<(string, Cell)> items, SignatureVerdict verdict)
    {
        items.Add((texts["fact.reason"], redaction.Text(DisplayText.Clean(verdict.Reason))));
        items.Add((texts["fact.location"], redaction.Text(DisplayText.Clean(verdict.Location))));
        if (verdict.DocMdp is { } permissions)
        {
            items.Add((texts["fact.docMdp"], texts.OrName("fact.docMdp.", permissions.ToString(CultureInfo.InvariantCulture))));
        }

        if (verdict.IsRemoved)
        {
            items.Add((texts["fact.removed"], new Cell(texts["yes"], Tone.Bad)));
        }
    }

    private IReadOnlyList<Cell> TimestampRow(TimestampResult timestamp)
    {
        var details = new List<string>();
        if (timestamp.Token is { } token)
        {
            details.Add(texts.Format("ts.serial", Hex(token.Info.SerialNumber)));
            if (token.Info.Accuracy is { } accuracy)
            {
                details.Add(texts.Format("ts.accuracy", Accuracy(accuracy)));
            }
        }

        return
        [
            texts["ts." + timestamp.Kind],
            timestamp.Time is { } time ? clock.Show(time) : texts["unknown"],
            new Cell(timestamp.Certificate is { } authority ? DisplayText.Clean(authority.Subject.CommonName ?? authority.Subject.ToString()) : texts["unknown"], Note: string.Join('\n', details)),
            new Cell(texts["outcome." + timestamp.Indication], ToneOf(timestamp.Indication), Message(timestamp.Message)),
        ];
    }

    private IReadOnlyList<Cell> CertificateRow(SignatureVerdict verdict, Certificate certificate, int index)
    {
        string role = index == 0 ? verdict.IsDocumentTimestamp ? "ts.authority" : "cert.role.signer"
            : verdict.Trusted && index == verdict.CertificatePath.Count - 1 ? "cert.role.anchor" : "cert.role.issuer";
        string separator = texts["colon"];
        string[] lines =
        [
            texts["cert.issuer"] + separator + NameOf(certificate.Issuer),
            texts["cert.serial"] + separator + certificate.SerialNumberHex,
            texts["cert.validity"] + separator + texts.Format("cert.validity.value", clock.Show(certificate.NotBefore), clock.Show(certificate.NotAfter)),
            .. certificate.Shown(static found => found.KeyUsage) is { } usage ? (string[])[texts["cert.usage"] + separator + Usages(usage)] : [],
            texts["cert.fingerprint"] + separator + Hex(certificate.Sha256Fingerprint),
        ];
        return [texts[role], new Cell(NameOf(certificate.Subject), Note: string.Join('\n', lines))];
    }

    private string Usages(KeyUsages usages) =>
        string.Join(texts["list.separator"], Enum.GetValues<KeyUsages>().Where(usage => usage != KeyUsages.None && usages.HasFlag(usage)).Select(usage => texts["cert.usage." + usage]));

    private IReadOnlyList<Cell> RevocationRow(CertificateStatus status)
    {
        Tone tone = status.Status switch
        {
            RevocationStatus.Good => Tone.Good,
            RevocationStatus.Unknown => Tone.Caution,
            _ => Tone.Bad,
        };
        List<string> times = [];
        if (status.ThisUpdate is { } from)
        {
            times.Add(texts["rev.time"] + texts["colon"] + clock.Show(from));
        }

        if (status.NextUpdate is { } until)
        {
            times.Add(texts.Format("rev.next", clock.Show(until)));
        }

        times.AddRange(status.Remarks.Select(Message));
        string evidence = status.OcspResponse is not null ? texts["rev.ocsp"] : status.Crls.Count > 0 ? texts["rev.crl"] : texts["none"];
        return
        [
            NameOf(status.Certificate.Subject),
            new Cell(texts["rev." + status.Status], tone, status.RevokedAt is { } revoked ? texts.Format("rev.revokedAt", clock.Show(revoked)) : ""),
            new Cell(evidence, Note: string.Join('\n', times)),
        ];
    }

    private IReadOnlyList<Cell> FindingRow(ModificationFinding finding)
    {
        string place = finding.Page is { } page ? finding.Rectangle is { } box ? Place(new SignaturePlace("", page, box)) : texts.Format("mod.page", page) : "";
        string note = texts.Format("check.clause", DisplayText.Clean(finding.Citation)) + (place.Length > 0 ? "\n" + place : "");
        return [new Cell(Message(finding.Message), Note: note), new Cell(DisplayText.Clean(finding.Object), IsCode: true), Judged(finding.Permitted)];
    }

    private IReadOnlyList<Cell> CheckRow(CheckResult check, bool explains)
    {
        Tone tone = check.Outcome switch
        {
            CheckOutcome.Passed => Tone.Good,
            CheckOutcome.Failed => Tone.Bad,
            _ => Tone.Caution,
        };
        string why = explains && texts.Find($"rule.{check.Rule}.why") is { } reason ? texts.Format("check.why", reason) + "\n" : "";
        return
        [
            texts.OrName("rule.", check.Rule),
            new Cell(texts["outcome." + check.Outcome], tone),
            new Cell(Message(check.Message), Note: why + texts.Format("check.clause", DisplayText.Clean(check.Citation))),
        ];
    }

    // RFC 4514 §2.4: a comma within a value is escaped.
    [GeneratedRegex(@"(?<!\\),", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EndOfAttribute();

    private static double Round(double value) => Math.Round(value, 1);

    private static string Accuracy(TimestampAccuracy accuracy) => "±" + accuracy.ToTimeSpan().TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture) + " s";
}
