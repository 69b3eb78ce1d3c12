using Xunit;

namespace ESign.Testing;

/// <summary>
/// The third-party corpus and conformance data: read where it lies (<c>ESIGN_SHARED</c>, else <c>../shared</c> beside
/// the checkout), never committed. Where it is absent its suites are skipped with the reason; with <c>CI=true</c> they fail.
/// </summary>
public static class SharedData
{
    public static string? Root { get; } = Find();

    public static bool IsPresent => Root is not null;

    /// <summary>The full path of a shared file or folder; skips the calling test (or fails it in CI) when it is absent.</summary>
    public static string Require(params string[] parts)
    {
        string? path = Root is null ? null : Path.Combine([Root, .. parts]);
        if (path is null || !(File.Exists(path) || Directory.Exists(path)))
        {
            string reason = $"shared test data is absent: {Path.Combine(parts)} (set ESIGN_SHARED, or put it at ../shared)";
            Ci.SkipOrFail(reason);
        }

        return path!;
    }

    private static string? Find()
    {
        string path = Environment.GetEnvironmentVariable("ESIGN_SHARED") is { Length: > 0 } given
            ? given
            : Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared"));
        return Directory.Exists(path) ? path : null;
    }
}
