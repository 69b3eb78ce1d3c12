using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ESign.Conformance.SignedPdfs;

/// <summary>What the corpus states of one signature, fact by fact, beside what <c>esign verify --json</c> says of it.</summary>
internal static partial class SignatureFacts
{
    private static readonly Dictionary<string, string> s_algorithms = new(StringComparer.Ordinal)
    {
        ["rsassa_pkcs1v15"] = "RSA-PKCS1-",
        ["sha256_rsa"] = "RSA-PKCS1-SHA256",
        ["sha384_rsa"] = "RSA-PKCS1-SHA384",
        ["sha512_rsa"] = "RSA-PKCS1-SHA512",
        ["rsassa_pss"] = "RSA-PSS-",
        ["sha256_ecdsa"] = "ECDSA-SHA256",
        ["sha384_ecdsa"] = "ECDSA-SHA384",
        ["sha512_ecdsa"] = "ECDSA-SHA512",
        ["ed25519"] = "Ed25519",
        ["ed448"] = "Ed448",
    };

    /// <summary>Every fact in which the two differ, and both values.</summary>
    public static IEnumerable<string> Differences(JsonElement expected, JsonObject ours)
    {
        List<(string Fact, string? Expected, string? Ours)> facts =
        [
            ("SubFilter", Text(expected, "subfilter"), Text(ours["subFilter"])),
            ("Filter", Text(expected, "filter"), Text(ours["filter"])),
            ("Type", Text(expected, "type"), Text(ours["type"]) ?? "Sig"), // table 255: Sig is the default
            ("ByteRange", Compact(expected.GetProperty("byte_range")), ours["byteRange"]?.ToJsonString()),
            ("covers the whole file", Text(expected, "byte_range_covers_whole_file"), Bit(Text(ours["coverage"]) == "whole-file")),
            ("digest", Text(expected, "digest"), Text(ours["digestAlgorithm"])?.ToLowerInvariant()),
            ("signed attributes", Count(expected, "signed_attrs"), Count(ours["signedAttributes"])),
            ("signing-time attribute", Time(expected, "cms_signing_time"), Text(ours["signingTimeAttribute"])),
            ("Reason", NullIfEmpty(Text(expected, "Reason")), NullIfEmpty(Text(ours["reason"]))),
            ("Location", NullIfEmpty(Text(expected, "Location")), NullIfEmpty(Text(ours["location"]))),
            .. CertificateFacts(expected, ours["certificate"] as JsonObject),
            .. TimeFacts(expected, ours),
            .. Restrictions(expected, ours),
        ];
        if (Text(ours["coverage"]) != "invalid")
        {
            facts.Add(("bytes after what is covered", Text(expected, "later_bytes_after_signed_range"), Bit(ours["laterBytes"]!.GetValue<long>() > 0)));
        }

        if (Text(expected, "crypto") is "valid" or "invalid")
        {
            facts.Add(("intact", Bit(Text(expected, "crypto") == "valid"), Bit(ours["digestIntact"]!.GetValue<bool>() && ours["signatureIntact"]!.GetValue<bool>())));
        }

        if (Text(expected, "signature_algorithm") is { } algorithm && s_algorithms.TryGetValue(algorithm, out string? prefix) && Text(ours["signatureAlgorithm"])?.StartsWith(prefix, StringComparison.Ordinal) != true)
        {
            yield return $"signature algorithm: {algorithm} expected, ours {ours["signatureAlgorithm"]}";
        }

        foreach ((string fact, string? wanted, string? found) in facts.Where(fact => fact.Expected != fact.Ours))
        {
            yield return $"{fact}: {wanted ?? "nothing"} expected, ours {found ?? "nothing"}";
        }
    }

    private static IEnumerable<(string, string?, string?)> CertificateFacts(JsonElement expected, JsonObject? certificate)
    {
        if (Text(expected, "signer_cn") is not { } signer)
        {
            yield break; // the tools had no certificate: ours may come from the document security store
        }

        yield return ("signer", signer, CommonName(certificate?["subject"], signer));
        yield return ("issuer", Text(expected, "issuer_cn"), CommonName(certificate?["issuer"], Text(expected, "issuer_cn")!));
        yield return ("serial number", Number(Text(expected, "cert_serial")), Number(Text(certificate?["serialNumber"])));
        yield return ("valid from", Time(expected, "cert_not_before"), Text(certificate?["notBefore"]));
        yield return ("valid to", Time(expected, "cert_not_after"), Text(certificate?["notAfter"]));
        yield return ("key", Text(expected, "key"), KeyOf(certificate?["publicKey"] as JsonObject));
    }

    private static IEnumerable<(string, string?, string?)> TimeFacts(JsonElement expected, JsonObject ours)
    {
        JsonNode? stamp = (ours["timestamps"] as JsonArray)?.FirstOrDefault(timestamp => Text(timestamp!["kind"]) == "signature");
        expected.TryGetProperty("signature_timestamp", out JsonElement wanted);
        bool isStamped = wanted.ValueKind == JsonValueKind.Object;
        yield return ("signature timestamp", isStamped ? Time(wanted, "gen_time") : null, Text(stamp?["time"]));
        yield return ("its digest", isStamped ? Text(wanted, "hash") : null, Text(stamp?["digestAlgorithm"])?.ToLowerInvariant());
        if (Time(expected, "doc_timestamp_gen_time") is { } documentTime)
        {
            yield return ("time of the document timestamp", documentTime, Text(ours["signingTime"]));
            yield return ("time of its token", documentTime, Text(ours["timestamp"]?["time"]));
            yield return ("imprint", Text(expected, "timestamp_imprint_match"), Bit(ours["timestamp"]!["imprintIntact"]!.GetValue<bool>()));
        }
        else
        {
            yield return ("signing time", PdfTime(Text(expected, "M")) ?? Time(expected, "cms_signing_time"), Text(ours["signingTime"]));
        }
    }

    private static IEnumerable<(string, string?, string?)> Restrictions(JsonElement expected, JsonObject ours)
    {
        JsonElement[] transforms = expected.TryGetProperty("transforms", out JsonElement list) ? [.. list.EnumerateArray()] : [];
        yield return (
            "DocMDP",
            transforms.Where(transform => Text(transform, "method") == "/DocMDP").Select(transform => Text(transform, "P")).FirstOrDefault(),
            ours["docMdp"]?.ToJsonString());
        yield return (
            "FieldMDP",
            string.Join(';', transforms.Where(transform => Text(transform, "method") == "/FieldMDP").Select(transform => Text(transform, "Action")![1..] + Names(transform))),
            string.Join(';', ((JsonArray)ours["fieldMdp"]!).Select(transform => Text(transform!["action"]) + string.Concat(((JsonArray)transform["fields"]!).Select(name => " " + Text(name))))));
    }

    private static string Names(JsonElement transform) => transform.TryGetProperty("Fields", out JsonElement fields) && fields.ValueKind == JsonValueKind.Array
        ? string.Concat(fields.EnumerateArray().Select(name => " " + name.GetString()))
        : "";

    /// <summary>The common name; the whole name where the corpus has that, because there is no common name.</summary>
    private static string? CommonName(JsonNode? name, string expected) => Text(name) is not { } written ? null
        : Unescape(written).Split(',').Any(part => part.StartsWith("CN=", StringComparison.Ordinal)) ? (Unescape(written).Contains("CN=" + expected, StringComparison.Ordinal) ? expected : written)
        : Regex.Matches(expected, "[^:,;]+: ([^,;]+)").All(match => written.Contains(match.Groups[1].Value, StringComparison.Ordinal)) ? expected
        : written;

    private static string Unescape(string name) => name.Replace("\\", "", StringComparison.Ordinal);

    private static string? KeyOf(JsonObject? key) => key is null ? null
        : Text(key["curve"]) is { } curve ? $"ec:{curve}"
        : Text(key["algorithm"]) is "RSA" ? $"rsa:{key["size"]}"
        : Text(key["algorithm"])!.ToLowerInvariant();

    private static string? Number(string? hexadecimal)
    {
        string digits = (hexadecimal ?? "").Replace("0x", "", StringComparison.Ordinal);
        bool isNegative = digits.StartsWith('-');
        return BigInteger.TryParse("0" + digits.TrimStart('-'), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out BigInteger number)
            ? (isNegative ? -number : number).ToString(CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>ISO 32000-2 §7.9.4.</summary>
    private static string? PdfTime(string? written)
    {
        Match match = PdfDate().Match(written ?? "");
        return match.Success
            ? Iso(DateTimeOffset.ParseExact(
                match.Groups[1].Value + (match.Groups[2].Length > 0 ? $"{match.Groups[2].Value}:{(match.Groups[3].Length > 0 ? match.Groups[3].Value : "00")}" : "+00:00"), "yyyyMMddHHmmsszzz", CultureInfo.InvariantCulture))
            : null;
    }

    [GeneratedRegex(@"^D:(\d{14})(?:([+-]\d\d)'?(\d\d)?)?")]
    private static partial Regex PdfDate();

    private static string? Time(JsonElement element, string name) =>
        Text(element, name) is { } time ? Iso(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture)) : null;

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string? Count(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement list) ? list.GetArrayLength().ToString(CultureInfo.InvariantCulture) : "0";

    private static string Count(JsonNode? list) => ((JsonArray)list!).Count.ToString(CultureInfo.InvariantCulture);

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => null,
    } : null;

    private static string? Text(JsonNode? node) => node?.GetValue<string>();

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string Bit(bool value) => value ? "yes" : "no";

    private static string Compact(JsonElement numbers) => $"[{string.Join(',', numbers.EnumerateArray().Select(number => number.GetRawText()))}]";
}
