using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ESign.Cli;

/// <summary>JSON as <c>--json</c> prints it: Chinese stays readable.</summary>
internal static class CliJson
{
    private static readonly JsonSerializerOptions s_line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions s_indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <summary>The option that asks for it.</summary>
    public const string OptionName = "--json";

    /// <summary>That option, for a command whose answer a program may read.</summary>
    public static Option<bool> CreateOption() => new(OptionName) { Description = "以 JSON 输出 / print JSON" };

    /// <summary>That option, for a command that prints nothing but JSON.</summary>
    public static Option<bool> CreateOptionForErrors() => new(OptionName) { Description = "错误也以 JSON 输出 / print errors as JSON too (results always are)" };

    /// <summary>An answer of a few members, on one line.</summary>
    public static string Line(JsonNode node) => node.ToJsonString(s_line);

    /// <summary>A list of texts.</summary>
    public static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(static text => JsonValue.Create(text))]);

    /// <summary>A report, which people read too.</summary>
    public static string Indented(JsonNode node) => node.ToJsonString(s_indented);
}
