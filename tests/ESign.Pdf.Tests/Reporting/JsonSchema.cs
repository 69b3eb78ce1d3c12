using System.Text.Json;
using System.Text.RegularExpressions;

namespace ESign.Pdf.Tests.Reporting;

/// <summary>As much of JSON Schema 2020-12 as our schemas use: type, const, enum, pattern, required, properties, items, additionalProperties: false, $ref.</summary>
internal sealed class JsonSchema(JsonElement root)
{
    private static readonly HashSet<string> s_understood =
        ["$schema", "$defs", "$ref", "title", "description", "type", "const", "enum", "pattern", "format", "required", "properties", "items", "additionalProperties"];

    public IReadOnlyList<string> Check(JsonElement value)
    {
        var problems = new List<string>();
        Check(root, value, "$", problems);
        return problems;
    }

    private void Check(JsonElement schema, JsonElement value, string path, List<string> problems)
    {
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            Assert.Contains(keyword.Name, s_understood);
        }

        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            Check(root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]), value, path, problems);
        }

        if (schema.TryGetProperty("type", out JsonElement type) && !Types(type).Any(name => Is(name, value)))
        {
            problems.Add($"{path}: {value.ValueKind} is not {type}");
            return;
        }

        if (schema.TryGetProperty("const", out JsonElement only) && !JsonElement.DeepEquals(only, value))
        {
            problems.Add($"{path}: not {only}");
        }

        if (schema.TryGetProperty("enum", out JsonElement choices) && !choices.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value)))
        {
            problems.Add($"{path}: not one of {choices}");
        }

        if (schema.TryGetProperty("pattern", out JsonElement pattern) && value.ValueKind == JsonValueKind.String
            && !Regex.IsMatch(value.GetString()!, pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            problems.Add($"{path}: does not match {pattern}");
        }

        CheckParts(schema, value, path, problems);
    }

    private void CheckParts(JsonElement schema, JsonElement value, string path, List<string> problems)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonElement name in schema.TryGetProperty("required", out JsonElement required) ? required.EnumerateArray() : default)
            {
                if (!value.TryGetProperty(name.GetString()!, out _))
                {
                    problems.Add($"{path}: lacks {name}");
                }
            }

            foreach (JsonProperty member in schema.TryGetProperty("properties", out JsonElement properties) ? properties.EnumerateObject() : default)
            {
                if (value.TryGetProperty(member.Name, out JsonElement part))
                {
                    Check(member.Value, part, $"{path}.{member.Name}", problems);
                }
            }
        }

        if (value.ValueKind == JsonValueKind.Object && schema.TryGetProperty("additionalProperties", out JsonElement more) && more.ValueKind == JsonValueKind.False)
        {
            problems.AddRange(value.EnumerateObject().Where(member => !schema.GetProperty("properties").TryGetProperty(member.Name, out _)).Select(member => $"{path}: {member.Name} is not in the schema"));
        }

        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out JsonElement items))
        {
            int index = 0;
            foreach (JsonElement item in value.EnumerateArray())
            {
                Check(items, item, $"{path}[{index++}]", problems);
            }
        }
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(name => name.GetString()!) : [type.GetString()!];

    private static bool Is(string name, JsonElement value) => name switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => false,
    };
}
