using System.Text.Json;
using ESign.Testing;

namespace ESign.Conformance.SignedPdfs;

/// <summary>A file of the corpus with what is known about it: by its publisher's tests, or by programs that are not ours.</summary>
/// <param name="Name">Its path within the corpus.</param>
/// <param name="Verdict">One of the words that the corpus explains.</param>
/// <param name="Password">What opens it; null when nothing is needed.</param>
/// <param name="Store">The counts of its document security store; null without one.</param>
/// <param name="Signatures">The facts of each signature.</param>
internal sealed record SignedPdf(string Name, string Verdict, string? Password, JsonElement? Store, IReadOnlyList<JsonElement> Signatures)
{
    public bool IsAttack => Name.StartsWith("attacks/", StringComparison.Ordinal);

    public string Path => SharedData.Require("corpus", Name);

    public static IReadOnlyList<SignedPdf> ReadAll()
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("corpus", "manifest.json")));
        return [.. manifest.RootElement.GetProperty("files").EnumerateArray()
            .Where(file => file.GetProperty("category").GetString() is "signed" or "attacks")
            .Select(Read)];
    }

    private static SignedPdf Read(JsonElement file)
    {
        JsonElement expected = file.GetProperty("expected");
        return new SignedPdf(
            file.GetProperty("file").GetString()!,
            expected.GetProperty("verdict").GetString()!,
            Text(expected, "user_password"),
            expected.TryGetProperty("dss_counts", out JsonElement store) ? store.Clone() : null,
            [.. expected.GetProperty("signatures").EnumerateArray().Select(signature => signature.Clone())]);
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
