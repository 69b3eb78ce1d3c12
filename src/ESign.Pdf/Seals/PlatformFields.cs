using System.Globalization;
using System.Text.Json;

namespace ESign.Pdf.Seals;

/// <summary>Typed access to a JSON object whose senders write numbers and flags as text now and then.</summary>
internal readonly struct PlatformFields(JsonElement element)
{
    public static ArgumentException Error(string field, string message) => new($"InvalidParameter.{field}: {message}");

    public string? Text(string name) => Value(name) is not { } value ? null
        : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : null,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => throw Error(name, "应为文本 / must be text"),
        };

    public double? Number(string name) => Text(name) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number
        : throw Error(name, $"应为数字：'{text}' / must be a number: '{text}'");

    public int? Integer(string name) => Number(name) is not { } number ? null
        : double.IsInteger(number) && Math.Abs(number) <= int.MaxValue ? (int)number
        : throw Error(name, "应为整数 / must be a whole number");

    public bool Flag(string name) => Text(name) is "1" or "true" or "True";

    public int[] Integers(string name)
    {
        if (Value(name) is not { ValueKind: JsonValueKind.Array } array)
        {
            return [];
        }

        return [.. array.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out int number) && number >= 0
            ? number
            : throw Error(name, "应为非负整数 / must be whole numbers from 0"))];
    }

    /// <summary>An object, or the text of one: ComponentExtra is JSON within JSON.</summary>
    public PlatformFields Nested(string name)
    {
        if (Value(name) is { ValueKind: JsonValueKind.Object } value)
        {
            return new PlatformFields(value);
        }

        using JsonDocument document = JsonDocument.Parse(Text(name) ?? "{}");
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? new PlatformFields(document.RootElement.Clone())
            : throw Error(name, "应为 JSON 对象 / must be a JSON object");
    }

    /// <summary><c>[{"BeginPage":1,"EndPage":-1}]</c>.</summary>
    public PageSelection? Ranges(string name)
    {
        if (Value(name) is not { ValueKind: JsonValueKind.Array } array || array.GetArrayLength() == 0)
        {
            return null;
        }

        return PageSelection.Union([.. array.EnumerateArray().Select(range =>
        {
            var fields = range.ValueKind == JsonValueKind.Object ? new PlatformFields(range) : throw Error(name, "应为对象 / must be objects");
            return PageSelection.Range(fields.Integer("BeginPage") ?? 1, fields.Integer("EndPage") ?? -1);
        })]);
    }

    private JsonElement? Value(string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
