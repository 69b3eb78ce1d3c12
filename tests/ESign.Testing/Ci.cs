using Xunit;

namespace ESign.Testing;

/// <summary>Whether this run may leave something out.</summary>
public static class Ci
{
    public static bool IsCi { get; } = string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Skips the calling test with a reason; in CI, where everything must be present, fails it instead.</summary>
    public static void SkipOrFail(string reason)
    {
        if (IsCi)
        {
            Assert.Fail(reason);
        }

        Assert.Skip(reason);
    }
}
