using System.Text;
using System.Text.Json;
using ESign.Pdf.Document;
using ESign.Testing;

namespace ESign.Pdf.Tests.Document;

/// <summary>Appending to every file of the corpus that is to be signed: the witnesses find nothing new to complain of.</summary>
public sealed class CorpusAppendingTests
{
    [Fact]
    public void An_annotation_is_appended_to_every_file()
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("corpus", "manifest.json")));
        var failures = new StringBuilder();
        foreach (JsonElement record in manifest.RootElement.GetProperty("files").EnumerateArray())
        {
            if (record.GetProperty("category").GetString() != "to-sign")
            {
                continue;
            }

            string file = record.GetProperty("file").GetString()!;
            JsonElement expected = record.GetProperty("expected");
            string? password = expected.TryGetProperty("user_password", out JsonElement p) ? p.GetString() : null;
            string? failure = Append(File.ReadAllBytes(SharedData.Require(["corpus", .. file.Split('/')])), password, expected.GetProperty("sign").GetString() == "ok");
            if (failure is not null)
            {
                failures.AppendLine($"{file}: {failure}");
            }
        }

        Assert.True(failures.Length == 0, failures.ToString());
    }

    private static string? Append(byte[] original, string? password, bool mustAppend)
    {
        var options = new PdfOpenOptions { Password = password };
        using PdfDocument document = PdfDocument.Open(original, options);
        if (document.PageCount == 0)
        {
            return "no pages";
        }

        byte[] start = original;
        if (document.Objects.IsRebuilt)
        {
            if (mustAppend)
            {
                return "needed a rebuild: " + document.RepairCause;
            }

            var copy = new MemoryStream();
            NormalizedCopy.Write(document, copy);
            start = copy.ToArray();
        }

        using PdfDocument source = PdfDocument.Open(start, options);
        int pages = source.PageCount;
        byte[] changed = IncrementalUpdateTests.Annotate(source, start, page: -1, alsoCatalog: true);
        using PdfDocument again = PdfDocument.Open(changed, options);
        if (again.PageCount != pages || again.WasRepaired || again.Revisions.Count != source.Revisions.Count + 1 || !changed.AsSpan().StartsWith(start))
        {
            return $"pages {again.PageCount}/{pages}, repaired {again.RepairCause}, revisions {again.Revisions.Count}";
        }

        return Witnesses.NewComplaints(original, changed, password) ?? Witnesses.PagesDiffer(start, changed, password);
    }
}
