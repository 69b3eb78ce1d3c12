using System.Runtime.CompilerServices;
using System.Text;
using Xunit;

namespace ESign.Testing;

/// <summary>
/// Snapshot tests: the text is compared with <c>{Class}.{test}.verified.{extension}</c> beside the test; on a difference
/// the new text is left beside it as <c>*.received.*</c> (ignored by git) to be looked at and renamed by hand.
/// </summary>
public static class Approval
{
    public static void Verify(string text, string extension = "txt", string? suffix = null, [CallerFilePath] string file = "", [CallerMemberName] string test = "")
    {
        string name = Path.Combine(FolderOf(file), $"{Path.GetFileNameWithoutExtension(file)}.{test}{(suffix is null ? "" : "." + suffix)}");
        string verified = $"{name}.verified.{extension}";
        string received = $"{name}.received.{extension}";
        string actual = text.ReplaceLineEndings("\n");
        string? expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : null;
        if (string.Equals(actual, expected, StringComparison.Ordinal))
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        Assert.Fail(expected is null ? $"not approved yet: look at {received} and rename it to {Path.GetFileName(verified)}" : $"{received} differs from {Path.GetFileName(verified)}");
    }

    /// <summary>Where a source file lies in this checkout; a deterministic build names it by a made-up root.</summary>
    private static string FolderOf(string file)
    {
        int tests = file.Replace('\\', '/').LastIndexOf("/tests/", StringComparison.Ordinal);
        return Path.GetDirectoryName(Repository.PathTo(file[(tests + 1)..]))!;
    }
}
