using ESign.Testing;

namespace ESign.Pdf.Tests.Composition;

/// <summary>What poppler reads out of a PDF.</summary>
internal static class ExtractedText
{
    /// <summary>The text in the order of the content streams; pages end in a form feed.</summary>
    public static string Of(byte[] pdf)
    {
        using var folder = new TemporaryFolder();
        return Tool.Run("pdftotext", "-raw", folder.Write("test.pdf", pdf), "-").Output;
    }

    public static string WithoutSpaces(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
