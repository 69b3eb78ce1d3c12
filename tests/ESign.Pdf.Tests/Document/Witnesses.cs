using ESign.Testing;

namespace ESign.Pdf.Tests.Document;

/// <summary>What qpdf and mutool say of a file.</summary>
internal static class Witnesses
{
    /// <summary>Asserts that qpdf has nothing to say against a file.</summary>
    public static void AssertClean(byte[] pdf, string? password = null)
    {
        (int code, string[] complaints) = Complaints(pdf, password);
        Assert.True(code == 0 && complaints.Length == 0, $"qpdf exit {code}: {string.Join('\n', complaints)}");
    }

    /// <summary>Asserts that qpdf says nothing against a changed file that it did not say against the original.</summary>
    public static string? NewComplaints(byte[] original, byte[] changed, string? password = null)
    {
        (int before, string[] old) = Complaints(original, password);
        (int after, string[] now) = Complaints(changed, password);
        string[] added = [.. now.Except(old, StringComparer.Ordinal)];
        return after > before || (added.Length > 0 && now.Length > old.Length) ? $"qpdf {before} → {after}: {string.Join(" | ", added)}" : null;
    }

    public static int PageCount(byte[] pdf, string? password = null)
    {
        using var file = new TemporaryFile(pdf);
        string[] arguments = password is null ? ["--show-npages", file.Path] : ["--password=" + password, "--show-npages", file.Path];
        return int.Parse(Tool.Run("qpdf", arguments).Output.Trim());
    }

    /// <summary>Asserts that poppler and MuPDF count as many pages in a changed file as in the original.</summary>
    public static string? PagesDiffer(byte[] original, byte[] changed, string? password)
    {
        using var before = new TemporaryFile(original);
        using var after = new TemporaryFile(changed);
        string[] poppler = password is null ? [] : ["-upw", password];
        string[] mupdf = password is null ? ["info"] : ["info", "-p", password];
        string[] counts =
        [
            Pages(Tool.Run("pdfinfo", [.. poppler, before.Path])), Pages(Tool.Run("pdfinfo", [.. poppler, after.Path])),
            Pages(Tool.Run("mutool", [.. mupdf, before.Path])), Pages(Tool.Run("mutool", [.. mupdf, after.Path])),
        ];
        return counts[0] == counts[1] && counts[2] == counts[3] ? null : "pages (pdfinfo before, after; mutool before, after): " + string.Join(", ", counts);
    }

    private static string Pages(Tool tool) =>
        tool.Output.Split('\n').FirstOrDefault(l => l.StartsWith("Pages:", StringComparison.Ordinal))?[6..].Trim() ?? "none";

    private static (int ExitCode, string[] Complaints) Complaints(byte[] pdf, string? password)
    {
        using var file = new TemporaryFile(pdf);
        string[] arguments = password is null ? ["--check", file.Path] : ["--password=" + password, "--check", file.Path];
        Tool check = Tool.Run("qpdf", arguments);
        string[] lines = (check.Output + "\n" + check.Error).Split('\n');
        return (check.ExitCode, [.. lines.Where(l => l.Contains("WARNING", StringComparison.Ordinal) || (l.Contains("error", StringComparison.OrdinalIgnoreCase) && !l.Contains("cannot detect", StringComparison.Ordinal) && !l.StartsWith("No syntax", StringComparison.Ordinal))).Select(l => l.Replace(file.Path, "F", StringComparison.Ordinal))]);
    }
}
