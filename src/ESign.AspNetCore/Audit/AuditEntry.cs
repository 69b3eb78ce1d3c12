using System.Text.Encodings.Web;
using System.Text.Json;

namespace ESign.AspNetCore.Audit;

/// <summary>One thing that happened: who did what to what.</summary>
/// <param name="Action">A stable name, for example <c>certificate.issued</c>.</param>
/// <param name="Actor">The token's id and name, or <c>anonymous</c>, or <c>service</c>.</param>
/// <param name="Subject">What it was done to: a serial number, a token id.</param>
internal sealed record AuditEntry(string Action, string Actor, string Subject)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What else a reader needs to know; no personal numbers, no secrets.</summary>
    public IReadOnlyList<(string Name, string? Value)> Details { get; init; } = [];

    /// <summary>The request that led to it.</summary>
    public string? RequestId { get; init; }

    /// <summary>The record as the log keeps it: one line of JSON in UTF-8, members in this order.</summary>
    public byte[] Encode(DateTimeOffset time)
    {
        using var buffer = new MemoryStream(512);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("time", time.UtcDateTime);
            json.WriteString("action", Action);
            json.WriteString("actor", Actor);
            json.WriteString("subject", Subject);
            foreach ((string name, string? value) in Details)
            {
                if (value is not null)
                {
                    json.WriteString(name, value);
                }
            }

            if (RequestId is not null)
            {
                json.WriteString("requestId", RequestId);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
