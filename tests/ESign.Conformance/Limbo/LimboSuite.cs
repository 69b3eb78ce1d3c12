using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ESign.Testing;

namespace ESign.Conformance.Limbo;

/// <summary>x509-limbo, its RFC 5280 part: every case through <c>esign path</c> with the defaults.</summary>
public sealed class LimboSuite(ITestOutputHelper output)
{
    private static readonly Dictionary<string, string> s_purposes = new(StringComparer.Ordinal)
    {
        ["serverAuth"] = "1.3.6.1.5.5.7.3.1",
        ["clientAuth"] = "1.3.6.1.5.5.7.3.2",
    };

    [Fact]
    public async Task Every_case_is_judged_as_limbo_says()
    {
        SuiteResult result = await RunAsync();
        output.WriteLine(result.ToString());
        result.AssertOnlyDocumentedExceptions();
    }

    /// <summary>The issue's bound: each <c>dos</c> case ends in under two seconds.</summary>
    [Fact]
    public async Task Hostile_cases_end_soon()
    {
        using JsonDocument suite = await LoadAsync();
        using var folder = new TemporaryFolder();
        foreach (JsonElement test in suite.RootElement.GetProperty("testcases").EnumerateArray().Where(test => test.GetProperty("class").ValueEquals("dos")))
        {
            List<string> arguments = Arguments(folder, test);
            long start = Stopwatch.GetTimestamp();
            PathCommandLine run = await PathCommandLine.RunAsync(arguments);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{test.GetProperty("id").GetString()}: {elapsed.TotalMilliseconds:F0} ms, {run.Reason}"));
            Assert.NotEqual(0, run.ExitCode);
            Assert.InRange(elapsed.TotalSeconds, 0, 2);
        }
    }

    internal static async Task<SuiteResult> RunAsync()
    {
        using JsonDocument suite = await LoadAsync();
        using var folder = new TemporaryFolder();
        Dictionary<string, string> exceptions = JsonSerializer.Deserialize<Dictionary<string, string>>(
            await File.ReadAllTextAsync(Repository.PathTo("tests", "ESign.Conformance", "Limbo", "exceptions.json")))!;
        var disagreements = new Dictionary<string, string>(StringComparer.Ordinal);
        int count = 0;
        foreach (JsonElement test in suite.RootElement.GetProperty("testcases").EnumerateArray())
        {
            count++;
            bool expected = test.GetProperty("expected_result").ValueEquals("SUCCESS");
            PathCommandLine run = await PathCommandLine.RunAsync(Arguments(folder, test));
            if (run.ExitCode != 0 && !expected && !NeedsPeerName(test))
            {
                // The peer's name must not be what refuses it.
                run = await PathCommandLine.RunAsync(Arguments(folder, test, withPeerName: false));
            }

            if (run.ExitCode == 0 != expected)
            {
                disagreements[test.GetProperty("id").GetString()!] = $"expected {(expected ? "success" : "failure")}, exit code {run.ExitCode}: {run.Reason}";
            }
        }

        return new SuiteResult("limbo", count, disagreements, exceptions);
    }

    private static bool NeedsPeerName(JsonElement test) =>
        test.TryGetProperty("needs_peer_name_or_wildcard_logic", out JsonElement needs) && needs.ValueKind == JsonValueKind.True;

    private static async Task<JsonDocument> LoadAsync() =>
        JsonDocument.Parse(await File.ReadAllTextAsync(SharedData.Require("conformance", "limbo", "limbo-rfc5280.json")));

    private static List<string> Arguments(TemporaryFolder folder, JsonElement test, bool withPeerName = true)
    {
        var arguments = new List<string> { "--target", Write(folder, "peer_certificate", 0, test.GetProperty("peer_certificate")), "--time", test.GetProperty("validation_time").GetString()! };
        AddFiles(arguments, folder, test, "trusted_certs", "--trust");
        AddFiles(arguments, folder, test, "untrusted_intermediates", "--cert");
        AddFiles(arguments, folder, test, "crls", "--crl");
        foreach (JsonElement purpose in test.GetProperty("extended_key_usage").EnumerateArray())
        {
            arguments.AddRange(["--purpose", s_purposes[purpose.GetString()!]]);
        }

        if (withPeerName && test.GetProperty("expected_peer_name") is { ValueKind: JsonValueKind.Object } peer)
        {
            arguments.AddRange(["--peer-dns", peer.GetProperty("value").GetString()!]);
        }

        if (test.GetProperty("max_chain_depth") is { ValueKind: JsonValueKind.Number } depth)
        {
            arguments.AddRange(["--max-intermediates", depth.GetInt32().ToString(CultureInfo.InvariantCulture)]);
        }

        return arguments;
    }

    private static void AddFiles(List<string> arguments, TemporaryFolder folder, JsonElement test, string field, string option)
    {
        foreach ((int index, JsonElement pem) in test.GetProperty(field).EnumerateArray().Index())
        {
            arguments.AddRange([option, Write(folder, field, index, pem)]);
        }
    }

    private static string Write(TemporaryFolder folder, string field, int index, JsonElement pem) =>
        folder.Write(string.Create(CultureInfo.InvariantCulture, $"{field}.{index}.pem"), Encoding.ASCII.GetBytes(pem.GetString()!));
}
