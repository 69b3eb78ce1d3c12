using System.Globalization;
using System.Text.Json;
using ESign.Testing;

namespace ESign.Conformance.SignedPdfs;

/// <summary>A file of the corpus with what is known about it: by its publisher's tests, or by programs that are not ours.</summary>
internal sealed record SignedPdf(string Name, string Verdict, string? Password, IReadOnlyList<SignedPdf.Signature> Signatures)
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
            [.. expected.GetProperty("signatures").EnumerateArray().Select(ReadSignature)]);
    }

    private static Signature ReadSignature(JsonElement signature) => new(
        Text(signature, "field") ?? "",
        Text(signature, "subfilter"),
        Text(signature, "signer_cn"),
        Text(signature, "digest"),
        Text(signature, "signature_algorithm"),
        Text(signature, "crypto"),
        [.. signature.GetProperty("byte_range").EnumerateArray().Select(number => number.GetInt64())],
        Text(signature, "M"),
        DocMdp(signature),
        Text(signature, "doc_timestamp_gen_time") is { } time ? DateTimeOffset.Parse(time, CultureInfo.InvariantCulture) : null);

    private static int? DocMdp(JsonElement signature)
    {
        if (signature.TryGetProperty("transforms", out JsonElement transforms))
        {
            foreach (JsonElement transform in transforms.EnumerateArray())
            {
                if (transform.GetProperty("method").GetString() == "/DocMDP" && transform.TryGetProperty("P", out JsonElement p) && p.ValueKind == JsonValueKind.Number)
                {
                    return p.GetInt32();
                }
            }
        }

        return null;
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    internal sealed record Signature(
        string Field, string? SubFilter, string? Signer, string? Digest, string? Algorithm, string? Crypto, long[] ByteRange, string? ClaimedTime, int? DocMdp, DateTimeOffset? TimestampTime);
}
