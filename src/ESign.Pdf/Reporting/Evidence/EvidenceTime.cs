using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ESign.Pdf.Reporting.Evidence;

/// <summary>Reads times of the evidence (RFC 3339): without an offset from UTC a time means nothing, and is refused.</summary>
internal sealed class EvidenceTime : JsonConverter<DateTimeOffset>
{
    private static readonly string[] s_forms = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    public static bool TryParse(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, s_forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out DateTimeOffset time)
            ? time
            : throw new JsonException("not a time with an offset, such as 2026-01-31T20:00:00+08:00");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture));
}
