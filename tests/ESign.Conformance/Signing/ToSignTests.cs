using System.Text;
using System.Text.Json;
using ESign.Pdf;
using ESign.Pdf.Document;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pdf.Verification;
using ESign.Pki.Validation;
using ESign.Testing;

namespace ESign.Conformance.Signing;

/// <summary>Every file people really have: signed as the corpus expects, or refused with a clear reason.</summary>
public class ToSignTests
{
    private static readonly Seal Official = Seal.Draw(SealDesign.Official("深圳示例科技有限公司", "4403000000001"));

    [Fact]
    public async Task Every_file_of_the_corpus_signs_as_expected_or_is_refused_clearly()
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("corpus", "manifest.json")));
        TestPki pki = await TestPki.SharedAsync();
        using var folder = new TemporaryFolder();
        var table = new StringBuilder();
        var wrong = new List<string>();
        foreach (JsonElement record in manifest.RootElement.GetProperty("files").EnumerateArray())
        {
            if (record.GetProperty("category").GetString() != "to-sign")
            {
                continue;
            }

            string name = record.GetProperty("file").GetString()!;
            JsonElement expected = record.GetProperty("expected");
            string sign = expected.GetProperty("sign").GetString()!;
            string? password = expected.TryGetProperty("user_password", out JsonElement p) ? p.GetString() : null;
            (string outcome, string? fault) = await SignAsync(pki, SharedData.Require("corpus", name), sign, password, folder);
            table.AppendLine($"{outcome,-20} {sign,-40} {name}{(fault is null ? "" : "  << " + fault)}");
            if (fault is not null)
            {
                wrong.Add($"{name}: {fault}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(table.ToString());
        Assert.Empty(wrong);
    }

    private static async Task<(string Outcome, string? Fault)> SignAsync(TestPki pki, string path, string expected, string? password, TemporaryFolder folder)
    {
        byte[] original = await File.ReadAllBytesAsync(path);
        if (expected == "needs-password")
        {
            // One file has an empty owner password, as qpdf says too: it opens for everybody.
            Assert.True(OpensAsOwner(original) || RefusesWithoutPassword(original), path);
        }

        var output = new MemoryStream();
        try
        {
            SignatureReceipt receipt = await SignAsync(pki, original, password, output);
            string? fault = Faults(original, output.ToArray(), receipt, password, pki.Root.Certificate.ToPem(), folder) ?? await VerdictAsync(output, receipt, password, pki);
            return (receipt.Notes.Any(note => note.Contains("rewritten", StringComparison.Ordinal)) ? "rewritten and signed" : "signed", fault);
        }
        catch (PdfFormatException error)
        {
            Assert.Equal(0, output.Length);
            return ("damaged: " + error.Code, expected.Contains("error", StringComparison.Ordinal) ? null : error.Message);
        }
        catch (SigningRefusedException error)
        {
            Assert.Equal(0, output.Length);
            bool refusable = expected.Contains("refused", StringComparison.Ordinal) || expected == "sign-existing-field-only";
            return ("refused: " + error.Code, refusable ? null : error.Message);
        }
    }

    /// <summary>What our own verifier says against the signature just made; what others did to the file before is not its fault.</summary>
    private static async Task<string?> VerdictAsync(MemoryStream signed, SignatureReceipt receipt, string? password, TestPki pki)
    {
        var policy = new VerificationPolicy { TrustAnchors = new TrustAnchors([pki.Root.Certificate]), UnknownRevocation = UnknownRevocation.Accept, Password = password };
        VerificationResult result = await new PdfVerifier(policy).VerifyAsync(signed);
        SignatureVerdict? verdict = result.Signatures.FirstOrDefault(signature => signature.Places.Any(place => string.Equals(place.FieldName, receipt.FieldName, StringComparison.Ordinal)));
        return verdict switch
        {
            null => "esign: the signature is not found",
            { Indication: Indication.Passed, Coverage: Coverage.WholeFile } => null,
            _ => $"esign: {verdict.Indication} {verdict.SubIndication} {verdict.Coverage}: {string.Join("; ", verdict.Checks.Where(check => check.Outcome != CheckOutcome.Passed).Select(check => check.Message))}",
        };
    }

    private static bool OpensAsOwner(byte[] original)
    {
        try
        {
            using PdfDocument document = PdfDocument.Open(original);
            return document.Security is { IsOwner: true };
        }
        catch (PdfFormatException)
        {
            return false;
        }
    }

    private static bool RefusesWithoutPassword(byte[] original) =>
        Assert.Throws<PdfFormatException>(() => PdfDocument.Open(original)).Code == PdfErrorCode.PasswordRequired;

    private static async Task<SignatureReceipt> SignAsync(TestPki pki, byte[] original, string? password, MemoryStream output)
    {
        using PdfDocument document = PdfDocument.Open(original, password);
        PageGeometry page = document.GetPage(1).Geometry;
        double size = Math.Min(60, Math.Min(page.DisplayedWidth, page.DisplayedHeight) / 3);
        string? waiting = document.SignatureFields.FirstOrDefault(field => !field.IsSigned)?.Name;
        return await new PdfSigner(pki.Enterprise).SignAsync(new MemoryStream(original), output, new SignatureOptions
        {
            Seal = Official.Place(SealPlacement.At(1, 1, 1, size, size) with { AllowOverlap = true }),
            FieldName = waiting,
            Password = password,
        });
    }

    private static string? Faults(byte[] original, byte[] signed, SignatureReceipt receipt, string? password, string root, TemporaryFolder folder)
    {
        bool normalised = receipt.Notes.Any(note => note.Contains("rewritten", StringComparison.Ordinal));
        if (!normalised && !signed.AsSpan().StartsWith(original))
        {
            return "the original bytes are no prefix";
        }

        string before = folder.Write("before.pdf", original);
        string after = folder.Write("after.pdf", signed);
        HashSet<string> known = [.. Witness.QpdfComplaints(before, password)];
        string[] complaints = [.. Witness.QpdfComplaints(after, password).Where(complaint => !known.Contains(complaint))];
        if (complaints.Length > 0)
        {
            return "qpdf: " + complaints[0];
        }

        Witness.PdfSigEntry? entry = Witness.PdfSig(after, password).FirstOrDefault(found => found.CoversTotalDocument);
        if (entry is not { IsValid: true })
        {
            return $"pdfsig: {(entry is null ? "no signature covers the total document" : entry.Text.Trim())}";
        }

        (byte[] covered, byte[] value) = Witness.SignaturesIn(signed).Last();
        Witness.OpenSslCms(value, covered, root, folder);
        return null;
    }
}
