using System.Text.Json;
using System.Text.Json.Nodes;
using ESign.Pdf.Reporting.Evidence;
using ESign.Pki.Certificates;

namespace ESign.Pdf.Reporting;

/// <summary>A signing report's data as JSON; <c>docs/schemas/signing-report.schema.json</c>. Names are stable, persons masked as on the page.</summary>
internal static class SigningReportJson
{
    /// <summary>Values of these members are digests, keys and numbers of ours: never masked, or they would be wrong.</summary>
    private static readonly HashSet<string> s_exact = new(StringComparer.Ordinal)
    {
        "sha256", "sm3", "contentDigest", "serialNumber", "originalSha256", "finalSha256", "imageSha256", "documentSha256", "checkpoint", "publicKey", "record", "rootHash",
        "leafHash", "token", "path",
    };

    public static JsonObject Write(SigningReportFacts facts) => new()
    {
        ["version"] = 1,
        ["number"] = facts.Number,
        ["reportSerial"] = facts.SerialNumber,
        ["issuedAt"] = ReportTerms.Iso(facts.IssuedAt),
        ["edition"] = facts.Redaction.IsMasking ? "masked" : "court",
        ["language"] = facts.Texts.Language,
        ["applicant"] = facts.Options.Applicant is { } applicant ? facts.Redaction.Text(applicant) : null,
        ["issuer"] = facts.Options.Issuer,
        ["verificationUrl"] = facts.Options.VerificationUrl?.AbsoluteUri,
        ["document"] = facts.Document is { } document ? Masked(facts.Redaction, WriteDocument(document), "") : null,
        ["trustAnchors"] = new JsonArray([.. facts.Anchors.Select(anchor => WriteAnchor(facts, anchor))]),
        ["verification"] = Masked(facts.Redaction, WriteVerification(facts), ""),
        ["evidence"] = facts.Options.Evidence is { } evidence ? WriteEvidence(facts, evidence) : null,
        ["logProofs"] = facts.Proofs is { } proofs ? WriteProofs(facts, proofs) : null,
    };

    private static JsonObject WriteDocument(ReportedDocument document) => new()
    {
        ["name"] = document.Name,
        ["size"] = document.Size,
        ["pages"] = document.PageCount,
        ["pdfVersion"] = document.Version,
        ["revisions"] = new JsonArray([.. document.Revisions.Select(revision => new JsonObject
        {
            ["revision"] = revision.Number,
            ["end"] = revision.EndOffset,
            ["sha256"] = Convert.ToHexStringLower(revision.Sha256),
            ["sm3"] = Convert.ToHexStringLower(revision.Sm3),
        })]),
    };

    private static JsonObject WriteAnchor(SigningReportFacts facts, Certificate anchor) => new()
    {
        ["subject"] = facts.Redaction.Text(anchor.Subject.ToString()),
        ["sha256"] = ReportWording.Hex(anchor.Sha256Fingerprint),
        ["standing"] = facts.IsLicensed(anchor) ? "licensed" : "private",
    };

    private static JsonObject WriteVerification(SigningReportFacts facts)
    {
        JsonObject verification = new JsonReport().Write(facts.Document?.Name ?? "", facts.Result);
        // Whoever made the file chose /Name: it may be a person whom nothing else names.
        foreach (JsonObject signature in Objects(verification["signatures"]).Where(signature => signature["name"]?.ToString() != signature["signer"]?.ToString()))
        {
            Replace(signature, "name", facts.Redaction.PersonName);
        }

        return verification;
    }

    private static JsonNode? WriteEvidence(SigningReportFacts facts, SigningEvidence evidence)
    {
        if (!facts.Redaction.IsMasking)
        {
            return JsonNode.Parse(evidence.Source.Span, documentOptions: new() { MaxDepth = 32 });
        }

        // What platforms add of their own may be anything about a person: only what the schema names is written.
        JsonNode? known = JsonSerializer.SerializeToNode(evidence.File, EvidenceJsonContext.Default.EvidenceFile);
        if (known is JsonObject file)
        {
            MaskParties(facts.Redaction, file);
        }

        return Masked(facts.Redaction, known, "");
    }

    // Where the member says what it holds, it is masked as that; Masked then finds the same values elsewhere.
    private static void MaskParties(Redaction redaction, JsonObject file)
    {
        foreach (JsonObject item in Objects(file["timeline"]))
        {
            Replace(item, "ip", redaction.NetworkAddress);
        }

        foreach (JsonObject party in Objects(file["parties"]).Where(party => party["type"]?.ToString() == "person"))
        {
            Replace(party, "name", redaction.PersonName);
            Replace(party, "identifier", redaction.Identifier);
        }

        // A log record holds what it was hashed from: it cannot be masked, only left out.
        foreach (JsonObject proof in Objects(file["log"]?["proofs"]))
        {
            proof.Remove("record");
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => (list as JsonArray)?.OfType<JsonObject>() ?? [];

    private static void Replace(JsonObject item, string name, Func<string, string> mask)
    {
        if (item[name] is JsonValue value && value.TryGetValue(out string? text))
        {
            item[name] = mask(text);
        }
    }

    private static JsonObject WriteProofs(SigningReportFacts facts, LogProofs proofs) => new()
    {
        ["checkpointSignature"] = proofs.Checkpoint is not null,
        ["origin"] = proofs.Checkpoint?.Origin,
        ["size"] = proofs.Checkpoint?.Size,
        ["rootHash"] = proofs.Checkpoint is { } checkpoint ? ReportWording.Hex(checkpoint.RootHash) : null,
        ["proofs"] = new JsonArray([.. proofs.All.Select(proof => new JsonObject
        {
            ["index"] = proof.Index,
            ["leafHash"] = Convert.ToHexStringLower(Pki.Transparency.MerkleHash.Leaf(proof.Record)),
            ["holds"] = proof.Holds,
        })]),
        ["events"] = new JsonArray([.. (facts.Evidence?.Timeline ?? []).Select(item => new JsonObject
        {
            ["at"] = ReportTerms.Iso(item.At),
            ["type"] = item.Type,
            ["result"] = Name(proofs.Judge(item)),
        })]),
    };

    private static string Name(EventProof proof) => proof switch
    {
        EventProof.Proved => "proved",
        EventProof.Differs => "differs",
        EventProof.Failed => "failed",
        EventProof.NoCheckpoint => "no-checkpoint",
        _ => "missing",
    };

    /// <summary>A copy with every text masked but those of the exact members.</summary>
    private static JsonNode? Masked(Redaction redaction, JsonNode? node, string name) => node switch
    {
        _ when !redaction.IsMasking || s_exact.Contains(name) => node?.DeepClone(),
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Masked(redaction, member.Value, member.Key)))),
        JsonArray items => new JsonArray([.. items.Select(item => Masked(redaction, item, name))]),
        JsonValue value when value.TryGetValue(out string? text) => JsonValue.Create(redaction.Text(text)),
        _ => node?.DeepClone(),
    };
}
