using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ESign.Pdf;
using ESign.Pdf.Document;
using ESign.Pdf.Reporting;
using ESign.Pdf.Verification;
using ESign.Pdf.Verification.Modifications;
using ESign.Pki.Certificates;
using ESign.Pki.Validation;
using ESign.Testing;

namespace ESign.Conformance.SignedPdfs;

/// <summary>Every signed file and every attack of the corpus: a verdict for each, agreeing with what is known of it.</summary>
public sealed class SignedPdfSuite(ITestOutputHelper output)
{
    [Fact]
    public async Task Integrity_and_changes_are_judged_as_the_corpus_says()
    {
        var table = new StringBuilder();
        var disagreements = new Dictionary<string, string>(StringComparer.Ordinal);
        IReadOnlyList<SignedPdf> files = SignedPdf.ReadAll();
        foreach (SignedPdf file in files)
        {
            (VerificationResult? result, string ours) = await VerifyAsync(file, new VerificationPolicy { IntegrityOnly = true, Password = file.Password });
            bool agrees = Agrees(file.Verdict, result);
            table.AppendLine(CultureInfo.InvariantCulture, $"{(agrees ? "agree" : "DIFFER"),-7} {file.Verdict,-22} {ours,-40} {file.Name}");
            if (!agrees)
            {
                disagreements[file.Name] = $"expected {file.Verdict}, ours {ours}";
            }
        }

        var suite = new SuiteResult("signed PDFs", files.Count, disagreements, ReadExceptions());
        output.WriteLine(table.ToString());
        output.WriteLine(suite.ToString());
        suite.AssertOnlyDocumentedExceptions();
    }

    /// <summary>The other direction: trusting everybody, believing every algorithm and asking for no revocation, an attack is still no valid file.</summary>
    [Fact]
    public async Task No_attack_is_valid_even_when_everybody_is_trusted()
    {
        var fooled = new List<string>();
        foreach (SignedPdf file in SignedPdf.ReadAll().Where(file => file.Verdict is "attack" or "invalid"))
        {
            (VerificationResult? result, string ours) = await VerifyAsync(file, TrustingPolicy(file));
            if (result is { Verdict: DocumentVerdict.Valid or DocumentVerdict.Indeterminate })
            {
                fooled.Add($"{file.Name}: {ours}");
            }
        }

        Assert.Empty(fooled);
    }

    /// <summary>Trusting the roots that the files themselves enclose: what is valid passes in every respect.</summary>
    [Fact]
    public async Task Valid_files_pass_when_their_own_roots_are_trusted()
    {
        var table = new StringBuilder();
        int passed = 0;
        int judged = 0;
        foreach (SignedPdf file in SignedPdf.ReadAll().Where(file => file.Verdict == "valid"))
        {
            (VerificationResult? result, string ours) = await VerifyAsync(file, TrustingPolicy(file));
            judged++;
            passed += result is { Verdict: DocumentVerdict.Valid } ? 1 : 0;
            table.AppendLine(CultureInfo.InvariantCulture, $"{ours,-60} {file.Name}");
        }

        output.WriteLine(table.ToString());
        Assert.True(passed * 10 >= judged * 7, $"only {passed} of {judged} valid files pass");
    }

    [Fact]
    public async Task The_facts_of_every_signature_are_read()
    {
        var wrong = new List<string>();
        foreach (SignedPdf file in SignedPdf.ReadAll())
        {
            (VerificationResult? result, _) = await VerifyAsync(file, new VerificationPolicy { IntegrityOnly = true, Password = file.Password });
            if (result is null)
            {
                continue;
            }

            JsonObject report = new JsonReport().Write(file.Name, result);
            JsonObject[] ours = [.. ((JsonArray)report["signatures"]!).OfType<JsonObject>()];
            wrong.AddRange(StoreDifferences(file.Store, report["longTermData"]).Select(difference => $"{file.Name} {difference}"));
            foreach (JsonElement expected in file.Signatures)
            {
                string field = expected.GetProperty("field").GetString()!;
                JsonObject? found = ours.Where(signature => ((JsonArray)signature["places"]!).Any(place => place!["field"]!.ToString() == field))
                    .OrderBy(signature => signature["removed"]!.GetValue<bool>())
                    .FirstOrDefault();
                wrong.AddRange((found is null ? ["not found by its field"] : SignatureFacts.Differences(expected, found)).Select(difference => $"{file.Name} {field}: {difference}"));
            }
        }

        IReadOnlyDictionary<string, string> exceptions = ReadExceptions("facts-exceptions.json");
        string[] undocumented = [.. wrong.Where(line => !exceptions.Keys.Any(key => line.StartsWith(key, StringComparison.Ordinal)))];
        Assert.True(undocumented.Length == 0, string.Join('\n', undocumented));
        Assert.DoesNotContain(exceptions.Keys, key => !wrong.Exists(line => line.StartsWith(key, StringComparison.Ordinal)));
    }

    /// <summary>The levels that the publishers' own tests state, where their profile and ours mean the same by the word.</summary>
    [Fact]
    public async Task Baseline_levels_are_those_of_the_publishers()
    {
        var levels = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(File.ReadAllText(Repository.PathTo("tests", "ESign.Conformance", "SignedPdfs", "levels.json")))!;
        var wrong = new List<string>();
        foreach (SignedPdf file in SignedPdf.ReadAll().Where(file => levels.ContainsKey(file.Name)))
        {
            (VerificationResult? result, _) = await VerifyAsync(file, new VerificationPolicy { IntegrityOnly = true, Password = file.Password });
            wrong.AddRange(levels[file.Name]
                .Select(level => (Field: level.Key, Expected: level.Value, Ours: ReportTerms.Name(result!.Signatures.Single(signature => signature.FieldName == level.Key).Level)))
                .Where(level => level.Expected != level.Ours)
                .Select(level => $"{file.Name} {level.Field}: {level.Expected} expected, ours {level.Ours}"));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static IEnumerable<string> StoreDifferences(JsonElement? expected, JsonNode? ours)
    {
        if (expected is not { } store)
        {
            yield break;
        }

        foreach ((string key, string name) in ((string, string)[])[("Certs", "certificates"), ("CRLs", "crls"), ("OCSPs", "ocspResponses"), ("VRI", "vri")])
        {
            int wanted = store.TryGetProperty(key, out JsonElement count) ? count.GetInt32() : 0;
            int found = ours?[name]?.GetValue<int>() ?? 0;
            if (wanted != found)
            {
                yield return $"/DSS: {wanted} {name} expected, ours {found}";
            }
        }
    }

    private static bool Agrees(string expected, VerificationResult? result) => expected switch
    {
        "valid" or "valid-crypto" => result is { Verdict: DocumentVerdict.Indeterminate } && IsUntouched(result),
        // Its signatures hold over what they cover, and a later change is named.
        "valid-crypto-modified" => result is not null && result.Signatures.Any(signature => signature.Modifications is { Level: not ModificationLevel.None }),
        "invalid" or "attack" => result is null or { Verdict: DocumentVerdict.Invalid },
        "timestamp-invalid" => result is not null && (result.Verdict == DocumentVerdict.Invalid
            || result.Signatures.Any(signature => signature.Timestamps.Any(timestamp => timestamp.Indication == Indication.Failed))),
        "malformed" => result is null or { Verdict: DocumentVerdict.Invalid or DocumentVerdict.Unsigned },
        "no-signing-cert" => result!.Signatures.Any(signature => signature.SubIndication == SubIndication.NoSigningCertificateFound),
        "weak-key" or "expired" or "untrusted-chain" or "revocation-timing" => result is { Verdict: DocumentVerdict.Indeterminate } && IsUntouched(result),
        _ => result is null or { Verdict: not DocumentVerdict.Valid },
    };

    private static bool IsUntouched(VerificationResult result) => result.Signatures.Where(signature => signature.SubFilter is not null)
        .All(signature => signature is { DigestIntact: true, SignatureIntact: true, Modifications.Permitted: true } && signature.Coverage != Coverage.Invalid);

    private static async Task<(VerificationResult? Result, string Summary)> VerifyAsync(SignedPdf file, VerificationPolicy policy)
    {
        try
        {
            VerificationResult result = await new PdfVerifier(policy).VerifyAsync(file.Path, TestContext.Current.CancellationToken);
            SignatureVerdict? worst = result.Signatures.FirstOrDefault(signature => signature.Indication == Indication.Failed)
                ?? result.Signatures.FirstOrDefault(signature => signature.Indication == Indication.Indeterminate);
            return (result, $"{ReportTerms.Name(result.Verdict)} {(worst is null ? "" : ReportTerms.Name(worst.SubIndication))}".Trim());
        }
        catch (PdfFormatException exception)
        {
            return (null, "unreadable: " + exception.Code);
        }
    }

    private static VerificationPolicy TrustingPolicy(SignedPdf file)
    {
        var roots = new List<Certificate>();
        try
        {
            using FileStream stream = File.OpenRead(file.Path);
            using PdfDocument document = PdfDocument.Open(stream, file.Password);
            var history = new DocumentHistory(document);
            var material = LongTermMaterial.Read(history);
            foreach (SignatureUnderTest signature in new SignatureFinder(document, history).Find())
            {
                SignatureCandidate candidate = SignatureCandidate.Read(document, history, signature);
                roots.AddRange(candidate.Container.SignedData?.Certificates ?? []);
                roots.AddRange(candidate.Tokens.SelectMany(token => token.Token?.SignedData.Certificates ?? []));
                roots.AddRange(candidate.Facts.DictionaryCertificates);
            }

            roots.AddRange(material.Certificates);
        }
        catch (PdfFormatException)
        {
            // Unreadable: trusting nobody changes nothing.
        }

        return new VerificationPolicy
        {
            TrustAnchors = new TrustAnchors(roots),
            UnknownRevocation = UnknownRevocation.Off,
            Path = new PathPolicy { Algorithms = AlgorithmPolicy.JudgeThePast },
            ValidationTime = roots.Count == 0 ? null : roots.Where(root => root.NotAfter > root.NotBefore).Min(root => root.NotAfter),
            Password = file.Password,
        };
    }

    private static Dictionary<string, string> ReadExceptions(string file = "exceptions.json") => JsonSerializer.Deserialize<Dictionary<string, string>>(
        File.ReadAllText(Repository.PathTo("tests", "ESign.Conformance", "SignedPdfs", file)))!;
}
