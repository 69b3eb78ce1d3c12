using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Testing;

namespace ESign.Pdf.Tests.Document;

/// <summary>Every file of the shared corpus is opened, and the facts its manifest records are found in it.</summary>
public sealed class CorpusReadingTests
{
    public static TheoryData<string> Categories => ["to-sign", "signed", "attacks"];

    [Theory]
    [MemberData(nameof(Categories))]
    public void Structure_agrees_with_the_manifest(string category)
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("corpus", "manifest.json")));
        var disagreements = new StringBuilder();
        foreach (JsonElement record in manifest.RootElement.GetProperty("files").EnumerateArray())
        {
            if (record.GetProperty("category").GetString() != category)
            {
                continue;
            }

            string file = record.GetProperty("file").GetString()!;
            try
            {
                foreach (string difference in Differences(file, record.GetProperty("expected")))
                {
                    disagreements.AppendLine($"{file}: {difference}");
                }
            }
            catch (PdfFormatException e)
            {
                disagreements.AppendLine($"{file}: {e.Code} {e.Message}");
            }
        }

        Assert.True(disagreements.Length == 0, disagreements.ToString());
    }

    [Fact]
    public void Damaged_files_read_or_say_where_they_are_broken_within_two_seconds()
    {
        string folder = SharedData.Require("corpus", "damaged");
        var failures = new StringBuilder();
        foreach (string path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            var clock = Stopwatch.StartNew();
            try
            {
                using FileStream stream = File.OpenRead(path);
                using PdfDocument document = PdfDocument.Open(stream);
                int visited = WholeDocument.Visit(document);
                TestContext.Current.TestOutputHelper?.WriteLine($"{Path.GetFileName(path)}: {document.PageCount} pages, {visited} objects, repaired: {document.RepairCause}");
            }
            catch (PdfFormatException e)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"{Path.GetFileName(path)}: {e.Code} {e.Message}");
            }
            catch (Exception e)
            {
                failures.AppendLine($"{Path.GetFileName(path)}: {e}");
            }

            if (clock.Elapsed > TimeSpan.FromSeconds(2))
            {
                failures.AppendLine($"{Path.GetFileName(path)}: took {clock.Elapsed.TotalSeconds:0.0} s");
            }
        }

        Assert.True(failures.Length == 0, failures.ToString());
    }

    private static IEnumerable<string> Differences(string file, JsonElement expected)
    {
        string? password = expected.TryGetProperty("user_password", out JsonElement p) ? p.GetString() : null;
        using FileStream stream = File.OpenRead(SharedData.Require(["corpus", .. file.Split('/')]));
        using PdfDocument document = PdfDocument.Open(stream, password);
        if (Number(expected, "pages") is { } pages && pages != document.PageCount)
        {
            yield return $"pages {document.PageCount}, manifest {pages}";
        }

        if (expected.TryGetProperty("page_boxes", out JsonElement boxes))
        {
            int number = 1;
            foreach (JsonElement box in boxes.EnumerateArray())
            {
                Page page = document.GetPage(number++);
                foreach (string difference in PageDifferences(page, box))
                {
                    yield return $"page {page.Number} {difference}";
                }
            }
        }

        if (Number(expected, "header_offset") is { } offset && offset != document.HeaderOffset)
        {
            yield return $"header at {document.HeaderOffset}, manifest {offset}";
        }

        if (expected.TryGetProperty("encrypted", out JsonElement encrypted) && (encrypted.ValueKind == JsonValueKind.True || (encrypted.ValueKind == JsonValueKind.String && encrypted.GetString()!.StartsWith("yes", StringComparison.Ordinal))) != document.IsEncrypted)
        {
            yield return $"encrypted {document.IsEncrypted}";
        }

        // The manifest counts startxref sections; we count the two of a linearised original as the one revision they are.
        bool isLinearized = document.Source.IndexOf("/Linearized"u8, 0, 1024) >= 0;
        if (!document.WasRepaired && Number(expected, "revisions") is { } revisions && revisions - (isLinearized ? 1 : 0) != document.Revisions.Count)
        {
            yield return $"revisions {document.Revisions.Count}, manifest {revisions}";
        }

        if (expected.TryGetProperty("acroform", out JsonElement form) && form.GetBoolean() != (document.AcroForm.Dictionary is not null))
        {
            yield return "acroform";
        }

        if (document.Objects.IsRebuilt && expected.TryGetProperty("sign", out JsonElement sign) && sign.GetString() == "ok")
        {
            yield return $"repaired: {document.RepairCause}";
        }

        if (expected.TryGetProperty("signatures", out JsonElement signatures))
        {
            foreach (JsonElement signature in signatures.EnumerateArray())
            {
                if (!signature.TryGetProperty("field", out JsonElement name) || name.GetString() is not { } field)
                {
                    continue;
                }

                if (!document.SignatureFields.Any(f => f.Name == field && f.IsSigned))
                {
                    yield return $"no signed field {field}";
                }
            }
        }
    }

    private static IEnumerable<string> PageDifferences(Page page, JsonElement expected)
    {
        foreach (string key in (string[])["MediaBox", "CropBox"])
        {
            if (expected.GetProperty(key) is { ValueKind: JsonValueKind.Array } box)
            {
                double[] v = [.. box.EnumerateArray().Select(e => e.GetDouble())];
                var rectangle = new PdfRectangle(v[0], v[1], v[2], v[3]);
                if (page.Rectangle(key) is not { } ours || Math.Abs(ours.Left - rectangle.Left) + Math.Abs(ours.Top - rectangle.Top) + Math.Abs(ours.Right - rectangle.Right) + Math.Abs(ours.Bottom - rectangle.Bottom) > 0.01)
                {
                    yield return $"{key} {page.Rectangle(key)}";
                }
            }
        }

        if (expected.GetProperty("Rotate") is { ValueKind: JsonValueKind.Number } rotate && ((rotate.GetInt32() % 360) + 360) % 360 != page.Geometry.Rotation)
        {
            yield return $"Rotate {page.Geometry.Rotation}, manifest {rotate}";
        }

        if (expected.GetProperty("UserUnit").GetDouble() != page.Geometry.UserUnit)
        {
            yield return $"UserUnit {page.Geometry.UserUnit}";
        }
    }

    private static int? Number(JsonElement element, string key) =>
        element.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;
}
