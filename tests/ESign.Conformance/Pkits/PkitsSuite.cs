using System.Text.Json;
using ESign.Testing;

namespace ESign.Conformance.Pkits;

/// <summary>NIST PKITS 1.0.1: every case through <c>esign path</c>, with its initial inputs.</summary>
public sealed class PkitsSuite(ITestOutputHelper output)
{
    /// <summary>DSA is not supported: these must be "undetermined", never "valid".</summary>
    private static readonly string[] s_dsa = ["4.1.4", "4.1.5", "4.1.6"];

    [Fact]
    public async Task Every_case_is_judged_as_NIST_says()
    {
        SuiteResult result = await RunAsync();
        output.WriteLine(result.ToString());
        result.AssertOnlyDocumentedExceptions();
    }

    internal static async Task<SuiteResult> RunAsync()
    {
        string folder = SharedData.Require("conformance", "pkits");
        using JsonDocument manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "pkits.json")));
        var disagreements = new Dictionary<string, string>(StringComparer.Ordinal);
        int count = 0;
        foreach (string timeField in new[] { "validation_time", "also_good_at" })
        {
            string time = manifest.RootElement.GetProperty(timeField).GetString()!;
            foreach (JsonElement test in manifest.RootElement.GetProperty("tests").EnumerateArray())
            {
                count++;
                string id = test.GetProperty("id").GetString()!;
                if (await JudgeAsync(folder, test, time) is { } disagreement)
                {
                    disagreements[$"{id}@{time}"] = disagreement;
                }
            }
        }

        return new SuiteResult("PKITS (2 dates)", count, disagreements, new Dictionary<string, string>(StringComparer.Ordinal));
    }

    private static async Task<string?> JudgeAsync(string folder, JsonElement test, string time)
    {
        PathCommandLine run = await PathCommandLine.RunAsync(Arguments(folder, test, time));
        string id = test.GetProperty("id").GetString()!;
        if (s_dsa.Contains(id))
        {
            return run.ExitCode == 2 ? null : $"DSA must be undetermined, exit code {run.ExitCode}: {run.Reason}";
        }

        bool expected = test.GetProperty("expected").ValueEquals("valid");
        if (run.ExitCode != (expected ? 0 : 1))
        {
            return $"expected {(expected ? "valid" : "invalid")}, exit code {run.ExitCode}: {run.Reason}";
        }

        if (!expected)
        {
            return null;
        }

        // Cases without these fields do not say.
        string[]? policies = test.TryGetProperty("expected_user_constrained_policy_set", out JsonElement set)
            ? [.. set.EnumerateArray().Select(policy => policy.GetString()!).Order(StringComparer.Ordinal)]
            : null;
        int? length = test.TryGetProperty("path_len", out JsonElement pathLength) ? pathLength.GetInt32() : null;
        return policies is not null && !run.Policies.Order(StringComparer.Ordinal).SequenceEqual(policies) ? $"policies {string.Join(' ', run.Policies)}, expected {string.Join(' ', policies)}"
            : length is not null && run.PathLength != length ? $"path of {run.PathLength}, expected {length}"
            : null;
    }

    internal static List<string> Arguments(string folder, JsonElement test, string time)
    {
        string Certificate(JsonElement name) => Path.Combine(folder, "certs", name.GetString()!);
        var arguments = new List<string> { "--target", Certificate(test.GetProperty("target")), "--trust", Certificate(test.GetProperty("trust_anchor")), "--time", time, "--revocation", "require" };
        foreach (JsonElement name in test.GetProperty("other_certs").EnumerateArray())
        {
            arguments.AddRange(["--cert", Certificate(name)]);
        }

        foreach (JsonElement name in test.GetProperty("crls").EnumerateArray())
        {
            arguments.AddRange(["--crl", Path.Combine(folder, "crls", name.GetString()!)]);
        }

        foreach (JsonElement policy in test.GetProperty("initial_policy_set").EnumerateArray())
        {
            arguments.AddRange(["--policy", policy.GetString()!]);
        }

        AddFlag(arguments, test, "initial_explicit_policy", "--require-explicit-policy");
        AddFlag(arguments, test, "initial_policy_mapping_inhibit", "--inhibit-policy-mapping");
        AddFlag(arguments, test, "initial_inhibit_any_policy", "--inhibit-any-policy");
        return arguments;
    }

    private static void AddFlag(List<string> arguments, JsonElement test, string field, string option)
    {
        if (test.GetProperty(field).GetBoolean())
        {
            arguments.Add(option);
        }
    }
}
