using System.Text.Json;
using ESign.Cli;

namespace ESign.Conformance;

/// <summary>Runs <c>esign path … --json</c> inside this process: what a user's shell would run.</summary>
internal sealed record PathCommandLine(int ExitCode, JsonElement Json, string Error)
{
    public static async Task<PathCommandLine> RunAsync(IEnumerable<string> arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exit = await CliApplication.RunAsync(["path", .. arguments, "--json"], new CliContext(output, error, TimeProvider.System), TestContext.Current.CancellationToken);
        string text = output.ToString();
        return new PathCommandLine(exit, text.Length > 0 ? JsonDocument.Parse(text).RootElement : default, error.ToString());
    }

    public string? Reason => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("reason", out JsonElement reason) ? Json.GetProperty("code").GetString() + ": " + reason.GetString() : Error;

    public IEnumerable<string> Policies => Json.GetProperty("userConstrainedPolicies").EnumerateArray().Select(policy => policy.GetString()!);

    public int PathLength => Json.GetProperty("path").GetArrayLength();
}
