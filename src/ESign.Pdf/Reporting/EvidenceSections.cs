using System.Globalization;
using ESign.Pdf.Reporting.Evidence;
using ESign.Pdf.Reporting.Layout;

namespace ESign.Pdf.Reporting;

/// <summary>The sections that rest on the platform's evidence. What is only stated says so; what can be checked is.</summary>
internal sealed class EvidenceSections(SigningReportFacts facts)
{
    private readonly ReportTexts _texts = facts.Texts;

    /// <summary>Rows beyond this are left out of the page; the attached data has them.</summary>
    private const int MaximumRows = 2000;

    public IEnumerable<(string, Cell)> ContractFacts()
    {
        if (facts.Evidence?.Contract is { } contract)
        {
            return Present(("contract.id", contract.Id), ("contract.name", contract.Name), ("contract.type", contract.Type));
        }

        return [];
    }

    /// <summary>Whether the evidence speaks of this very file.</summary>
    public IEnumerable<ReportBlock.Notice> DocumentMatches()
    {
        if (facts.Evidence is null)
        {
            yield break;
        }

        string[] stated = [.. new[] { facts.Evidence.Contract?.OriginalSha256, facts.Evidence.Contract?.FinalSha256 }.OfType<string>()];
        if (stated.Length == 0)
        {
            yield return new ReportBlock.Notice(Tone.Caution, _texts["report.document.noDigest"]);
        }

        foreach (string digest in stated)
        {
            yield return facts.FindRevision(digest) is { } revision
                ? new ReportBlock.Notice(Tone.Good, _texts.Format("report.document.match", revision.Number))
                : new ReportBlock.Notice(Tone.Bad, _texts.Format("report.document.mismatch", DisplayText.Clean(digest)));
        }
    }

    public IEnumerable<ReportBlock> Attachments()
    {
        if (facts.Evidence?.Contract is not { Attachments: { Count: > 0 } attachments })
        {
            yield break;
        }

        yield return new ReportBlock.Subheading(_texts["report.attachments"]);
        yield return new ReportBlock.Grid(
            [_texts["fact.file"], _texts["fact.size"], _texts["fact.sha256"]],
            [0.21, 0.15, 0.64],
            [.. attachments.Take(MaximumRows).Select(IReadOnlyList<Cell> (file) => [Shown(file.Name), file.Size is { } size ? _texts.Format("fact.size.value", size.ToString("N0", CultureInfo.InvariantCulture)) : "–", new Cell(DisplayText.Clean(file.Sha256), IsCode: true)])]);
    }

    public IEnumerable<ReportBlock> Flow()
    {
        if (facts.Evidence?.Flow is not { } flow)
        {
            return [NoEvidence()];
        }

        string? order = flow.Order is { } written ? _texts.OrName("report.flow.order.", DisplayText.Clean(written)) : null;
        string links = string.Join('\n', flow.Links.Select(link => $"{link.Relation} {link.Id}"));
        return
        [
            Stated(),
            new ReportBlock.Facts([.. Present(
                ("flow.id", flow.Id), ("flow.initiator", flow.Initiator), ("flow.created", Time(flow.CreatedAt)), ("flow.deadline", Time(flow.Deadline)),
                ("flow.order", order), ("flow.status", flow.Status), ("flow.completed", Time(flow.CompletedAt)), ("flow.links", links))]),
        ];
    }

    public IEnumerable<ReportBlock> Parties()
    {
        if (facts.Evidence is not { Parties.Count: > 0 } evidence)
        {
            yield return NoEvidence();
            yield break;
        }

        yield return Stated();
        foreach (EvidenceParty party in evidence.Parties.Take(MaximumRows))
        {
            bool isPerson = party.Type == "person";
            yield return new ReportBlock.Subheading(_texts.Format("report.party", Shown(party.Role ?? party.Id)));
            yield return new ReportBlock.Facts(
            [
                .. Present(
                    ("party.type", _texts.OrName("report.party.type.", DisplayText.Clean(party.Type))),
                    ("party.name", isPerson ? facts.Redaction.PersonName(party.Name) : party.Name),
                    ("party.identifier", isPerson && party.Identifier is not null ? facts.Redaction.Identifier(party.Identifier) : party.Identifier),
                    ("party.operator", party.Operator is { } person ? facts.Redaction.PersonName(person.Name) : null),
                    ("party.operatorId", party.Operator?.Identifier is { } number ? facts.Redaction.Identifier(number) : null),
                    ("party.mobile", party.Operator?.Mobile is { } mobile ? facts.Redaction.Contact(mobile) : null),
                    ("party.account", party.Account is { } account ? facts.Redaction.Contact(account) : null)),
                (_texts["report.party.identity"], Identity(party.Identity)),
            ]);
        }
    }

    public IEnumerable<ReportBlock> Willingness()
    {
        if (facts.Evidence is not { Willingness.Count: > 0 } evidence)
        {
            return [NoEvidence()];
        }

        return
        [
            Stated(),
            new ReportBlock.Grid(
                [_texts["report.will.party"], _texts["report.will.method"], _texts["report.will.time"], _texts["report.will.detail"]],
                [0.15, 0.13, 0.31, 0.41],
                [.. evidence.Willingness.Take(MaximumRows).Select(WillingnessRow)]),
        ];
    }

    public IEnumerable<ReportBlock> Seals()
    {
        if (facts.Evidence is not { Seals.Count: > 0 } evidence)
        {
            return [NoEvidence()];
        }

        return
        [
            Stated(),
            new ReportBlock.Grid(
                [_texts["report.seal.id"], _texts["report.seal.party"], _texts["report.seal.detail"]],
                [0.24, 0.2, 0.56],
                [.. evidence.Seals.Take(MaximumRows).Select(SealRow)]),
        ];
    }

    public IEnumerable<ReportBlock> Timeline()
    {
        if (facts.Evidence is not { Timeline.Count: > 0 } evidence)
        {
            return [NoEvidence()];
        }

        return
        [
            new ReportBlock.Grid(
                [_texts["report.event.time"], _texts["report.event.type"], _texts["report.event.actor"], _texts["report.event.source"], _texts["report.event.proof"]],
                [0.27, 0.13, 0.14, 0.33, 0.13],
                [.. evidence.Timeline.OrderBy(item => item.At).Take(MaximumRows).Select(EventRow)]),
        ];
    }

    public IEnumerable<ReportBlock> Log()
    {
        if (facts.Proofs is not { } proofs)
        {
            yield return NoEvidence();
            yield break;
        }

        yield return new ReportBlock.Facts(LogFacts(proofs));
        yield return new ReportBlock.Prose(_texts["report.log.how"], IsSmall: true, LeadsIn: proofs.All.Count > 0);
        if (proofs.All.Count > 0)
        {
            yield return new ReportBlock.Grid(
                [_texts["report.log.index"], _texts["report.log.leaf"], _texts["check.result"]],
                [0.12, 0.7, 0.18],
                [.. proofs.All.Take(MaximumRows).Select(IReadOnlyList<Cell> (proof) =>
                [
                    proof.Index.ToString(CultureInfo.InvariantCulture),
                    new Cell(Convert.ToHexStringLower(Pki.Transparency.MerkleHash.Leaf(proof.Record)), IsCode: true),
                    new Cell(_texts[proof.Holds ? "report.proof.proved" : "report.proof.failed"], proof.Holds ? Tone.Good : Tone.Bad),
                ])]);
        }

        if (proofs.Log.Anchors.Count > 0)
        {
            yield return new ReportBlock.Subheading(_texts["report.log.anchor"]);
            yield return new ReportBlock.Facts([.. proofs.Log.Anchors.Take(MaximumRows).Select(anchor => (Shown(anchor.Kind), Anchor(proofs, anchor)))]);
        }
    }

    private (string, Cell)[] LogFacts(LogProofs proofs)
    {
        bool isSigned = proofs.Checkpoint is not null;
        string key = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(proofs.PublicKey.Span));
        return
        [
            (_texts["report.log.origin"], proofs.Checkpoint is { } signed ? Shown(signed.Origin) : _texts["unknown"]),
            (_texts["report.log.signature"], new Cell(_texts[isSigned ? "report.log.signature.good" : "report.log.signature.bad"], isSigned ? Tone.Good : Tone.Bad)),
            (_texts["report.log.size"], proofs.Checkpoint?.Size.ToString(CultureInfo.InvariantCulture) ?? _texts["unknown"]),
            (_texts["report.log.root"], new Cell(proofs.Checkpoint is { } checkpoint ? ReportWording.Hex(checkpoint.RootHash) : _texts["unknown"], IsCode: true)),
            (_texts["report.log.key"], new Cell(key, Note: _texts["report.log.key.note"], IsCode: true)),
            (_texts["report.log.proofs"], _texts.Format("report.log.proofs.value", proofs.All.Count, proofs.All.Count(proof => proof.Holds))),
        ];
    }

    private Cell Anchor(LogProofs proofs, EvidenceAnchor anchor)
    {
        string note = string.Join('\n', new[] { Time(LogProofs.TimeOf(anchor)), anchor.Reference is { } reference ? Shown(reference) : null }.OfType<string>());
        return proofs.Stamps(anchor) switch
        {
            true => new Cell(_texts["report.log.anchor.good"], Tone.Good, note),
            false => new Cell(_texts["report.log.anchor.bad"], Tone.Bad, note),
            _ => new Cell(_texts["report.log.anchor.stated"], Note: note),
        };
    }

    private IReadOnlyList<Cell> EventRow(EvidenceEvent item)
    {
        EventProof proof = facts.Proofs?.Judge(item) ?? EventProof.Missing;
        (string key, Tone tone) = proof switch
        {
            EventProof.Proved => ("proved", Tone.Good),
            EventProof.Differs => ("differs", Tone.Bad),
            EventProof.Failed => ("failed", Tone.Bad),
            EventProof.NoCheckpoint => ("checkpoint", Tone.Bad),
            _ => ("missing", Tone.Neutral),
        };
        string[] source =
        [
            .. new[] { item.Ip is { } address ? facts.Redaction.NetworkAddress(DisplayText.Clean(address)) : null, item.UserAgent is { } agent ? Shown(agent) : null }.OfType<string>(),
            .. item.Detail?.Split('\n').Select(Shown) ?? [],
        ];
        string time = facts.Clock.Show(item.At);
        string universal = new ReportClock(TimeSpan.Zero).Show(item.At);
        return
        [
            new Cell(time, Note: universal == time ? "" : universal),
            _texts.OrName("event.", DisplayText.Clean(item.Type)),
            item.Actor is { } actor ? Shown(actor) : "–",
            source.Length > 0 ? new Cell("", Note: string.Join('\n', source)) : "–",
            new Cell(_texts["report.proof." + key], tone),
        ];
    }

    private IReadOnlyList<Cell> WillingnessRow(EvidenceWillingness check)
    {
        string times = string.Join('\n', new[]
        {
            check.RequestedAt is { } asked ? _texts.Format("report.will.requested", facts.Clock.Show(asked)) : null,
            check.SucceededAt is { } done ? _texts.Format("report.will.succeeded", facts.Clock.Show(done)) : _texts["report.will.failed"],
        }.OfType<string>());
        string detail = string.Join('\n', new[]
        {
            Line("report.will.target", check.Target is { } target ? facts.Redaction.Contact(DisplayText.Clean(target)) : null),
            Line("report.will.attempts", check.Attempts?.ToString(CultureInfo.InvariantCulture)),
            Line("report.will.provider", check.Provider),
            Line("report.will.receipt", check.ReceiptId),
            Line("report.will.preRead", check.PreReadSeconds?.ToString("0.#", CultureInfo.InvariantCulture)),
            Line("report.seal.field", check.Field),
        }.OfType<string>());
        return
        [
            PartyName(check.Party),
            _texts.OrName("method.", DisplayText.Clean(check.Method)),
            times,
            new Cell(detail, Note: check.DocumentSha256 is { } digest ? ShownDocument(digest) : ""),
        ];
    }

    private string ShownDocument(string digest)
    {
        string line = _texts.Format("report.will.document", DisplayText.Clean(digest));
        return facts.Document is null ? line
            : facts.FindRevision(digest) is { } revision ? line + "\n" + _texts.Format("report.will.document.match", revision.Number)
            : line + "\n" + _texts["report.will.document.mismatch"];
    }

    private IReadOnlyList<Cell> SealRow(EvidenceSeal seal)
    {
        string detail = string.Join('\n', new[]
        {
            seal is { WidthMillimeters: { } width, HeightMillimeters: { } height } ? _texts.Format("report.seal.size", width, height) : null,
            Line("report.seal.status", seal.Status),
            Line("report.seal.grant", seal.GrantedBy),
            Line("report.seal.until", Time(seal.GrantedUntil)),
            seal.Approval is { } approval ? _texts.Format("report.seal.approval", Shown(approval.By), facts.Clock.Show(approval.At), Shown(approval.Result)) : null,
            Line("report.seal.field", seal.Field),
        }.OfType<string>());
        string type = _texts.OrName("report.seal.type.", DisplayText.Clean(seal.Type));
        return [new Cell(Shown(seal.Name ?? type), Note: type + " · " + Shown(seal.Id)), PartyName(seal.Party), new Cell(detail, Note: Line("report.seal.image", seal.ImageSha256) ?? "")];
    }

    private Cell Identity(EvidenceIdentityCheck? check)
    {
        if (check is null)
        {
            return new Cell(_texts["notProvided"], Tone.Caution);
        }

        string[] lines = [.. new[] { Line("report.will.provider", check.Provider), Line("report.party.verifiedAt", Time(check.VerifiedAt)), Line("report.party.result", check.ResultId) }.OfType<string>()];
        string assurance = check.Assurance is { } level ? _texts.OrName("report.party.assurance.", DisplayText.Clean(level)) : _texts["report.party.assurance.unverified"];
        bool isFormal = check.Assurance == "formal";
        return new Cell($"{assurance} · {_texts.OrName("method.", DisplayText.Clean(check.Method))}", isFormal ? Tone.Neutral : Tone.Caution, string.Join('\n', lines));
    }

    private string PartyName(string id) => facts.Evidence?.Parties.FirstOrDefault(party => party.Id == id) is { } party
        ? Shown((party.Role is { } role ? role + " " : "") + party.Name)
        : Shown(id);

    private IEnumerable<(string, Cell)> Present(params ReadOnlySpan<(string Key, string? Value)> items)
    {
        var shown = new List<(string, Cell)>();
        foreach ((string key, string? value) in items)
        {
            if (!string.IsNullOrEmpty(value))
            {
                shown.Add((_texts["report." + key], string.Join('\n', value.Split('\n').Select(Shown))));
            }
        }

        return shown;
    }

    private string? Line(string key, string? value) => string.IsNullOrEmpty(value) ? null : _texts.Format(key, Shown(value));

    private string? Time(DateTimeOffset? time) => time is { } known ? facts.Clock.Show(known) : null;

    private string Shown(string text) => facts.Redaction.Text(DisplayText.Clean(text));

    private ReportBlock.Prose NoEvidence() => new(_texts["report.noEvidence"], IsSmall: true);

    private ReportBlock.Prose Stated() => new(_texts["report.platformStatement"], IsSmall: true, LeadsIn: true);
}
