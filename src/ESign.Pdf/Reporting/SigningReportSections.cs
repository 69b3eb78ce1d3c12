using System.Globalization;
using System.Security.Cryptography;
using ESign.Pdf.Reporting.Layout;
using ESign.Pdf.Seals;
using ESign.Pki.Certificates;
using ESign.Pki.Timestamping;

namespace ESign.Pdf.Reporting;

/// <summary>The thirteen sections of a signing report; those on the platform's evidence are in <see cref="EvidenceSections"/>.</summary>
internal sealed class SigningReportSections
{
    private readonly SigningReportFacts _facts;
    private readonly ReportTexts _texts;
    private readonly ReportWording _wording;
    private readonly VerdictSections _parts;
    private readonly EvidenceSections _evidence;

    public SigningReportSections(SigningReportFacts facts)
    {
        _facts = facts;
        _texts = facts.Texts;
        _wording = new ReportWording(_texts, facts.Clock, facts.Redaction, facts.Document);
        _parts = new VerdictSections(_wording, facts.Result);
        _evidence = new EvidenceSections(facts);
    }

    public IReadOnlyList<ReportSection> All() =>
    [
        Section("purpose", Purpose()),
        Section("document", Document()),
        Section("flow", _evidence.Flow()),
        Section("parties", _evidence.Parties()),
        Section("willingness", _evidence.Willingness()),
        Section("seals", _evidence.Seals()),
        Section("signatures", Signatures()),
        Section("certificates", Certificates()),
        Section("timeline", _evidence.Timeline()),
        Section("log", _evidence.Log()),
        Section("result", Result()),
        Section("legal", Legal()),
        Section("annexes", Annexes()),
    ];

    private ReportSection Section(string name, IEnumerable<ReportBlock> blocks) => new(_texts["report.s." + name], [.. blocks]);

    private IEnumerable<ReportBlock> Purpose()
    {
        List<(string, Cell)> items =
        [
            (_texts["report.number"], DisplayText.Clean(_facts.Number)),
            (_texts["report.serial"], _facts.SerialNumber),
            (_texts["report.issuedAt"], _facts.Clock.Show(_facts.IssuedAt)),
            (_texts["report.applicant"], OrNotProvided(_facts.Options.Applicant)),
            (_texts["report.issuer"], OrNotProvided(_facts.Options.Issuer)),
            (_texts["report.edition"], _texts[_facts.Redaction.IsMasking ? "report.edition.masked" : "report.edition.court"]),
            (_texts["report.conclusion"], new Cell(_texts["code." + _facts.Result.Code], ReportWording.ToneOf(_facts.Result.Verdict))),
        ];
        if (_facts.Options.VerificationUrl is { } address)
        {
            items.Add((_texts["report.verificationUrl"], DisplayText.Clean(address.AbsoluteUri)));
        }

        yield return new ReportBlock.Facts(items);
        if (_facts.Options.VerificationUrl is { AbsoluteUri.Length: <= 1000 } url)
        {
            yield return new ReportBlock.Picture(Seal.Draw(SealDesign.QrCode(url.AbsoluteUri)), _texts["report.serial"] + " " + _facts.SerialNumber);
        }

        yield return new ReportBlock.Subheading(_texts["report.purpose.title"]);
        yield return new ReportBlock.Prose(_texts["report.purpose"]);
        if (_facts.Evidence is null)
        {
            yield return new ReportBlock.Notice(Tone.Caution, _texts["report.onlyPdf"]);
        }
    }

    private IEnumerable<ReportBlock> Document()
    {
        if (_facts.Document is not { } document)
        {
            yield return new ReportBlock.Notice(Tone.Caution, _texts["report.document.notRead"]);
            yield break;
        }

        yield return new ReportBlock.Facts(
        [
            .. _evidence.ContractFacts(),
            (_texts["fact.file"], Shown(document.Name)),
            (_texts["fact.pages"], document.PageCount.ToString(CultureInfo.InvariantCulture)),
            (_texts["fact.size"], _texts.Format("fact.size.value", document.Size.ToString("N0", CultureInfo.InvariantCulture))),
            (_texts["fact.pdfVersion"], DisplayText.Clean(document.Version)),
        ]);
        foreach (ReportBlock.Notice notice in _evidence.DocumentMatches())
        {
            yield return notice;
        }

        yield return new ReportBlock.Subheading(_texts["report.document.digests"]);
        yield return new ReportBlock.Grid(
            [_texts["report.document.revision"], _texts["report.document.signedBy"], _texts["report.document.digest"]],
            [0.145, 0.145, 0.71],
            [.. document.Revisions.Select(revision => DigestRow(document, revision))]);
        foreach (ReportBlock block in _evidence.Attachments())
        {
            yield return block;
        }
    }

    private IReadOnlyList<Cell> DigestRow(ReportedDocument document, RevisionDigest revision)
    {
        string suffix = revision == document.Final ? _texts["report.document.final"] : revision.Number == 1 ? _texts["report.document.original"] : "";
        string signatures = string.Join(_texts["list.separator"], _facts.Result.Signatures.Where(verdict => verdict.Revision == revision.Number).Select(verdict => Shown(verdict.FieldName)));
        return
        [
            new Cell(revision.Number.ToString(CultureInfo.InvariantCulture) + suffix, Note: _texts["report.document.end"] + " " + revision.EndOffset.ToString(CultureInfo.InvariantCulture)),
            signatures.Length > 0 ? signatures : "–",
            new Cell($"SHA-256 {Convert.ToHexStringLower(revision.Sha256)}\nSM3 {Convert.ToHexStringLower(revision.Sm3)}", IsCode: true),
        ];
    }

    private IEnumerable<ReportBlock> Signatures()
    {
        if (_facts.Result.Signatures.Count == 0)
        {
            yield return new ReportBlock.Notice(Tone.Caution, _texts["report.sig.none"]);
        }

        foreach (ReportBlock block in _parts.Each().Concat(Titled("ts.title", _parts.Trust.Timestamps())))
        {
            yield return block;
        }
    }

    private IEnumerable<ReportBlock> Certificates()
    {
        foreach (IGrouping<bool, Certificate> anchors in _facts.Anchors.GroupBy(_facts.IsLicensed))
        {
            string names = string.Join('\n', anchors.Select(anchor => _wording.NameOf(anchor.Subject)));
            yield return new ReportBlock.Notice(anchors.Key ? Tone.Neutral : Tone.Caution, names + "\n" + _texts[anchors.Key ? "cert.anchor.licensed" : "cert.anchor.private"]);
        }

        int[] untrusted = [.. _parts.Signatures.All.Where(signature => !signature.Verdict.Trusted).Select(signature => signature.Number)];
        if (untrusted.Length > 0)
        {
            string which = _parts.Signatures.NameIfSeveral(untrusted);
            yield return new ReportBlock.Notice(Tone.Caution, (which.Length > 0 ? which + _texts["colon"] : "") + _texts["cert.anchor.none"]);
        }

        foreach (ReportBlock block in _parts.Trust.Certificates().Concat(_parts.Trust.Revocation()))
        {
            yield return block;
        }
    }

    private IEnumerable<ReportBlock> Result()
    {
        yield return new ReportBlock.Facts(
        [
            (_texts["report.conclusion"], new Cell(_texts["verdict." + _facts.Result.Verdict], ReportWording.ToneOf(_facts.Result.Verdict))),
            (_texts["fact.code"], _texts["code." + _facts.Result.Code]),
            (_texts["fact.validationTime"], _facts.Clock.Show(_facts.Result.ValidationTime)),
            (_texts["fact.unsignedFields"], _facts.Result.UnsignedFields.Count == 0 ? _texts["none"] : string.Join(_texts["list.separator"], _facts.Result.UnsignedFields.Select(Shown))),
        ]);
        if (_facts.Result.Signatures.Count == 0)
        {
            yield break;
        }

        yield return _parts.Signatures.Overview();
        foreach (ReportBlock block in Titled("check.attention", _parts.Checks.NeedingAttention())
            .Concat(Titled("mod.title", _parts.Changes.All()))
            .Concat(Titled("check.passed", _parts.Checks.Passed())))
        {
            yield return block;
        }
    }

    /// <summary>Blocks under a heading; nothing without blocks.</summary>
    private IEnumerable<ReportBlock> Titled(string key, IEnumerable<ReportBlock> blocks)
    {
        bool isFirst = true;
        foreach (ReportBlock block in blocks)
        {
            if (isFirst)
            {
                yield return new ReportBlock.Subheading(_texts[key]);
                isFirst = false;
            }

            yield return block;
        }
    }

    private IEnumerable<ReportBlock> Legal()
    {
        foreach (string key in (string[])["legal.sign13", "legal.sign14", "legal.civil469", "legal.civil491", "legal.mapping", "legal.statement1", "legal.statement2", "legal.statement3"])
        {
            yield return new ReportBlock.Prose(_texts["report." + key]);
        }

        yield return new ReportBlock.Subheading(_texts["report.glossary"]);
        yield return new ReportBlock.Prose(_texts["report.glossary.text"], IsSmall: true);
        yield return new ReportBlock.Prose(_texts["validation.notes.text"], IsSmall: true);
        yield return new ReportBlock.Prose(_texts.Format("notes.replacement", PdfReportWriter.Replacement), IsSmall: true);
    }

    private IEnumerable<ReportBlock> Annexes()
    {
        yield return new ReportBlock.Prose(_texts.Format("report.annex.json", "signing-report.json"));
        if (_facts.Redaction.IsMasking)
        {
            yield return new ReportBlock.Prose(_texts["report.annex.masked"]);
        }
        else if (_facts.Evidence is not null)
        {
            yield return new ReportBlock.Prose(_texts.Format("report.annex.evidence", "evidence.json"));
        }

        yield return new ReportBlock.Prose(_texts["report.annex.signature"]);
        Certificate[] certificates = [.. _facts.Result.Signatures
            .SelectMany(verdict => verdict.CertificatePath.Concat(verdict.Timestamps.Select(timestamp => timestamp.Certificate)))
            .OfType<Certificate>().Distinct()];
        if (certificates.Length == 0)
        {
            yield break;
        }

        yield return new ReportBlock.Subheading(_texts["report.annex.certificates"]);
        yield return new ReportBlock.Grid(
            [_texts["cert.subject"], _texts["cert.fingerprint"]],
            [0.37, 0.63],
            [.. certificates.Select(IReadOnlyList<Cell> (certificate) => [_wording.NameOf(certificate.Subject), new Cell(ReportWording.Hex(certificate.Sha256Fingerprint), IsCode: true)])]);
        foreach (ReportBlock block in _facts.Redaction.IsMasking ? [] : InFull(certificates))
        {
            yield return block;
        }
    }

    /// <summary>What anyone needs to check the signatures without this software.</summary>
    private IEnumerable<ReportBlock> InFull(Certificate[] certificates)
    {
        yield return new ReportBlock.Subheading(_texts["report.annex.pem"]);
        foreach (Certificate certificate in certificates)
        {
            yield return new ReportBlock.Code(certificate.ToPem());
        }

        string[] tokens = [.. _facts.Result.Signatures.SelectMany(verdict => verdict.Timestamps).Select(timestamp => timestamp.Token).OfType<TimestampToken>()
            .Select(token => PemEncoding.WriteString("CMS", token.RawData.Span)).Distinct(StringComparer.Ordinal)]; // RFC 7468 §9
        if (tokens.Length > 0)
        {
            yield return new ReportBlock.Subheading(_texts["report.annex.tokens"]);
        }

        foreach (string token in tokens)
        {
            yield return new ReportBlock.Code(token);
        }
    }

    private string Shown(string text) => _facts.Redaction.Text(DisplayText.Clean(text));

    private string OrNotProvided(string? text) => string.IsNullOrEmpty(text) ? _texts["notProvided"] : Shown(text);
}
