using System.Globalization;
using ESign.Pdf.Document;
using ESign.Pdf.Reporting.Layout;
using ESign.Pdf.Verification;
using ESign.Pki.Validation;

namespace ESign.Pdf.Reporting;

/// <summary>Says what became of each signature; both reports are made of this and of the tables that signatures share.</summary>
/// <remarks>What several signatures have in common – certificates, timestamps, checks, later changes – stands once, with the numbers of those it is about.</remarks>
internal sealed class VerdictSections
{
    /// <summary>On a screen so many signatures are shown unfolded.</summary>
    private const int MaximumUnfolded = 3;

    /// <summary>Of the names of locked fields so many are listed; the JSON report has all.</summary>
    private const int MaximumLocked = 20;

    private readonly ReportWording _wording;
    private readonly ReportTexts _texts;
    private readonly int _revisionCount;

    public VerdictSections(ReportWording wording, VerificationResult result)
    {
        _wording = wording;
        _texts = wording.Texts;
        _revisionCount = result.RevisionCount;
        Signatures = new NumberedSignatures(result.Signatures, wording);
        Trust = new TrustTables(Signatures, wording);
        Changes = new ChangeTable(Signatures, wording);
        Checks = new CheckTables(Signatures, wording);
    }

    public NumberedSignatures Signatures { get; }

    public TrustTables Trust { get; }

    public ChangeTable Changes { get; }

    public CheckTables Checks { get; }

    /// <summary>Every signature: the conclusion and the facts. What all of many signatures have in common stands before them.</summary>
    public IEnumerable<ReportBlock> Each()
    {
        bool areMany = Signatures.All.Count > MaximumUnfolded;
        List<(string Name, Cell Value)> common = areMany ? CommonFacts() : [];
        if (common.Count > 0)
        {
            yield return new ReportBlock.Subheading(_texts["validation.common"]);
            yield return new ReportBlock.Facts(common, IsPaired: true);
        }

        foreach ((int number, SignatureVerdict verdict) in Signatures.All)
        {
            List<(string Name, Cell Value)> facts = Facts(verdict);
            ReportBlock.Notice conclusion = Conclusion(verdict);
            ReportBlock[] blocks = areMany
                ? [new ReportBlock.Facts([(_texts["check.result"], new Cell(conclusion.Text, conclusion.Tone)), .. verdict.IsDocumentTimestamp ? facts : facts.Except(common)], IsPaired: true)]
                : [conclusion, new ReportBlock.Facts(facts, IsPaired: true)];
            yield return new ReportBlock.Fold(Signatures.Title(number), blocks, IsOpen: !areMany || verdict.Indication == Indication.Failed);
        }
    }

    /// <summary>What is the same for every signature; document timestamps, which have other facts, do not count.</summary>
    private List<(string Name, Cell Value)> CommonFacts()
    {
        List<(string Name, Cell Value)>[] facts = [.. Signatures.All.Where(signature => !signature.Verdict.IsDocumentTimestamp).Select(signature => Facts(signature.Verdict))];
        return facts.Length < 2 ? [] : [.. facts[0].Where(fact => facts.All(others => others.Contains(fact)))];
    }

    /// <summary>The indication and why.</summary>
    private ReportBlock.Notice Conclusion(SignatureVerdict verdict)
    {
        string text = _texts["indication." + verdict.Indication];
        if (ReportTerms.Name(verdict.SubIndication) is { } name && verdict.Indication != Indication.Passed)
        {
            // What the deciding check found says more than what the sub-indication means in general.
            CheckResult? deciding = verdict.Checks.FirstOrDefault(check => check.SubIndication == verdict.SubIndication && check.Outcome is CheckOutcome.Failed or CheckOutcome.Indeterminate);
            text = $"{text} · {name}\n{(deciding is null ? _texts.OrName("sub.", verdict.SubIndication.ToString()) : _wording.Message(deciding.Message))}";
        }

        return new ReportBlock.Notice(ReportWording.ToneOf(verdict.Indication), text, LeadsIn: true);
    }

    private List<(string Name, Cell Value)> Facts(SignatureVerdict verdict)
    {
        List<(string, Cell)> items =
        [
            (_texts[verdict.IsDocumentTimestamp ? "ts.authority" : "fact.signer"], Signatures.Signer(verdict)),
            (_texts["fact.field"], _wording.Shown(verdict.FieldName)),
            StatedTime(verdict),
            (_texts["fact.bestTime"], verdict.IsDocumentTimestamp ? "" : verdict.BestSignatureTime is { } best ? _wording.Clock.Show(best) : _texts["fact.bestTime.none"]),
            (_texts["fact.level"], LevelOf(verdict)),
            (_texts["fact.subFilter"], DisplayText.Clean(verdict.SubFilter)),
            (_texts["fact.digestIntact"], _wording.Judged(verdict.DigestIntact)),
            (_texts["fact.signatureIntact"], _wording.Judged(verdict.SignatureIntact)),
            (_texts["fact.trusted"], verdict.Trusted ? _wording.Judged(true) : new Cell(_texts["no"], Tone.Caution)),
            (_texts["fact.coverage"], new Cell(_texts["fact.coverage." + verdict.Coverage], verdict.Coverage == Coverage.Invalid ? Tone.Bad : Tone.Neutral)),
            (_texts["fact.revision"], verdict.Revision is { } revision ? _texts.Format("fact.revision.value", revision, _revisionCount) : _texts["unknown"]),
            (_texts["fact.byteRange"], new Cell(verdict.ByteRange?.ToString() ?? _texts["unknown"], IsCode: true)),
            (_texts["fact.digestAlgorithm"], DisplayText.Clean(verdict.DigestAlgorithm)),
            (_texts["fact.signatureAlgorithm"], DisplayText.Clean(verdict.SignatureAlgorithm)),
            .. Stated(verdict),
            (_texts["fact.contentDigest"], new Cell(ReportWording.Hex(verdict.ContentDigest), IsCode: true)),
            (_texts["fact.place"], string.Join('\n', verdict.Places.Select(_wording.Place))),
            (_texts["ts.title"], Trust.TimestampsOf(verdict)),
            (_texts["cert.title"], Trust.PathOf(verdict)),
            (_texts["mod.title"], Changes.SummaryOf(verdict)),
            (_texts["check.attention"], Checks.SummaryOf(verdict)),
            (_texts["fact.missing"], string.Join('\n', verdict.Missing.Select(_wording.Message))),
        ];
        return [.. items.Where(item => item.Item2.Text.Length > 0)];
    }

    /// <summary>Levels are for signatures: a timestamp has none, and no row.</summary>
    private string LevelOf(SignatureVerdict verdict) =>
        verdict.IsDocumentTimestamp ? "" : ReportTerms.Name(verdict.Level) is { } level ? "PAdES " + level : _texts["fact.level.none"];

    /// <summary>A signer says when it was and nobody vouches for it; to say it is what a timestamp is for.</summary>
    private (string, Cell) StatedTime(SignatureVerdict verdict) => (verdict.IsDocumentTimestamp, verdict.SigningTime) switch
    {
        (true, { } stamped) => (_texts["fact.timestampTime"], _wording.Clock.Show(stamped)),
        (false, { } claimed) => (_texts["fact.signingTime"], new Cell(_wording.Clock.Show(claimed), Note: _texts["fact.signingTime.note"])),
        _ => (_texts["fact.signingTime"], _texts["none"]),
    };

    /// <summary>What the signer stated beside the signature, and what became of it in the file.</summary>
    private IEnumerable<(string, Cell)> Stated(SignatureVerdict verdict)
    {
        if (verdict.Written.Name is { Length: > 0 } name && name != verdict.Certificate?.Subject.CommonName)
        {
            yield return (_texts["fact.name"], new Cell(_wording.PersonName(name), Note: _texts["fact.name.note"]));
        }

        yield return (_texts["fact.reason"], _wording.Shown(verdict.Reason));
        yield return (_texts["fact.location"], _wording.Shown(verdict.Location));
        if (verdict.DocMdp is { } permissions)
        {
            yield return (_texts["fact.docMdp"], _texts.OrName("fact.docMdp.", permissions.ToString(CultureInfo.InvariantCulture)));
        }

        foreach (FieldMdp locked in verdict.Written.FieldMdps)
        {
            string fields = string.Join(_texts["list.separator"], locked.Fields.Take(MaximumLocked).Select(_wording.Shown)) + (locked.Fields.Count > MaximumLocked ? " …" : "");
            yield return (_texts["fact.fieldMdp"], _texts.Find("fact.fieldMdp." + locked.Action) is { } words ? string.Format(CultureInfo.InvariantCulture, words, fields) : DisplayText.Clean(locked.Action));
        }

        if (verdict.IsRemoved)
        {
            yield return (_texts["fact.removed"], new Cell(_texts["yes"], Tone.Bad));
        }
    }
}
