using System.Text.Json;
using ESign.Testing;

namespace ESign.Conformance.Positions;

/// <summary>The keyword positions of the shared corpus, measured by two programs that are not ours.</summary>
internal static class KnownPositions
{
    /// <summary>Along the writing direction boxes agree within 2 units (<c>conventions.tolerance</c>).</summary>
    public const double Tolerance = 2;

    public sealed record Occurrence(double[] Display, double[] User, double[]? Origin, double[] Direction, bool IsVertical);

    public sealed record Keyword(int Page, string Text, IReadOnlyList<Occurrence> Occurrences);

    public sealed record Document(string Path, IReadOnlyList<Keyword> Keywords);

    /// <summary>The files, each by its name; where the corpus is absent one row says so by being skipped (in CI: by failing).</summary>
    public static TheoryData<string> Names()
    {
        if (!SharedData.IsPresent)
        {
            return ["positions.json"];
        }

        var names = new TheoryData<string>();
        foreach (JsonElement document in ReadAll())
        {
            names.Add(document.GetProperty("file").GetString()!);
        }

        return names;
    }

    public static Document Read(string file)
    {
        JsonElement document = ReadAll().First(d => d.GetProperty("file").GetString() == file);
        return new Document(
            SharedData.Require("corpus", file),
            [.. document.GetProperty("keywords").EnumerateArray().Select(k => new Keyword(
                k.GetProperty("page").GetInt32(),
                k.GetProperty("text").GetString()!,
                [.. k.GetProperty("occurrences").EnumerateArray().Select(ReadOccurrence)]))]);
    }

    private static IEnumerable<JsonElement> ReadAll() =>
        JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("corpus", "positions.json"))).RootElement.GetProperty("documents").EnumerateArray();

    private static Occurrence ReadOccurrence(JsonElement o) => new(
        Numbers(o.GetProperty("display")),
        Numbers(o.GetProperty("user")),
        o.TryGetProperty("origin_user", out JsonElement origin) ? Numbers(origin) : null,
        o.TryGetProperty("dir_display", out JsonElement direction) ? Numbers(direction) : [1, 0],
        o.TryGetProperty("wmode", out JsonElement mode) && mode.GetInt32() == 1);

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(n => n.GetDouble())];
}
