using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ESign.Cli.Authorities;

/// <summary>Everything that matters of a ceremony, in the order it happened: lines for the file that is kept, JSON for programs.</summary>
internal sealed class CeremonyTranscript
{
    private const string Ceremony = "ceremony";

    /// <summary>The only entry of which there may be several.</summary>
    private const string Revocation = "revoke";

    private readonly List<(string Key, string Value)> _entries = [];
    private readonly bool _isDryRun;

    public CeremonyTranscript(bool isDryRun) => _isDryRun = isDryRun;

    public void Add(string key, string value) => _entries.Add((key, value));

    public string ToText()
    {
        var text = new StringBuilder();
        foreach ((string key, string value) in _entries)
        {
            text.Append(key).Append(": ").Append(value).Append(_isDryRun && key == Ceremony ? " (dry run)" : "").Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A member for every line; revocations are an array.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach ((string key, string value) in _entries.Where(static entry => entry.Key != Revocation))
        {
            json[JsonNamingPolicy.CamelCase.ConvertName(PascalCase(key))] = value;
        }

        json["dryRun"] = _isDryRun;
        json["revoked"] = new JsonArray([.. _entries.Where(static entry => entry.Key == Revocation).Select(static entry => (JsonNode)entry.Value)]);
        return json;
    }

    private static string PascalCase(string key) => string.Concat(key.Split('-').Select(static word => char.ToUpperInvariant(word[0]) + word[1..]));
}
