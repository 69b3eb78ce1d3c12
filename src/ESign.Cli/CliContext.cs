using System.Text;
using ESign.Cli.Progress;
using ESign.Pdf.Reporting;

namespace ESign.Cli;

/// <summary>What a command may touch of the world: two streams of text and a clock.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Everything else.</param>
/// <param name="Clock">The present.</param>
internal sealed record CliContext(TextWriter Output, TextWriter Error, TimeProvider Clock)
{
    /// <summary>The language of messages; both unless chosen.</summary>
    public ReportLanguage Language { get; init; } = ReportLanguage.Both;

    /// <summary>Whether a person looks at <see cref="Error"/> as it is written: progress is shown then.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>How many columns the window has in which a person reads <see cref="Output"/>; null when it is no window.</summary>
    public int? Width { get; init; }

    /// <summary>Whether notes and progress are left out.</summary>
    public bool IsQuiet { get; init; }

    private TextWriter? Terminal => IsTerminal && !IsQuiet ? Error : null;

    /// <summary>Reads an input file, or ends the command with 66.</summary>
    public static byte[] ReadInput(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw CannotRead(path, exception);
        }
    }

    /// <summary>The error for an input file that cannot be read; the system's own words only where there are none of ours.</summary>
    public static CliException CannotRead(string path, Exception cause)
    {
        (string chinese, string english) = cause switch
        {
            FileNotFoundException or DirectoryNotFoundException => ("没有该文件", "there is no such file"),
            UnauthorizedAccessException when Directory.Exists(path) => ("这是文件夹", "it is a folder"),
            UnauthorizedAccessException => ("没有权限", "permission denied"),
            _ => (cause.Message, cause.Message),
        };
        return new CliException(CliExit.NoInput, $"无法读取文件 {path}：{chinese} / cannot read {path}: {english}", "请检查路径与权限 / check the path and its permissions", cause);
    }

    /// <summary>Reads an input file as text, without the mark some editors put in front.</summary>
    public static string ReadText(string path) => Encoding.UTF8.GetString(ReadInput(path)).TrimStart('\uFEFF');

    /// <summary>Prints an error the way every command does.</summary>
    public void WriteError(string message, string hint)
    {
        Error.WriteLine("esign: " + ReportTerms.In(Language, message));
        Error.WriteLine("hint: " + ReportTerms.In(Language, hint));
    }

    /// <summary>Prints a line of the result in the language asked for.</summary>
    public void WriteResult(string message) => Output.WriteLine(ReportTerms.In(Language, message));

    /// <summary>Prints what is worth knowing but is no result.</summary>
    public void WriteNote(string message)
    {
        if (!IsQuiet)
        {
            Error.WriteLine("esign: " + ReportTerms.In(Language, message));
        }
    }

    /// <summary>Prints several notes.</summary>
    public void WriteNotes(IEnumerable<string> messages)
    {
        foreach (string message in messages)
        {
            WriteNote(message);
        }
    }

    /// <summary>Begins to show how far the reading of a file is.</summary>
    public ProgressLine ShowProgress(string task, long total) => ProgressLine.OfBytes(Terminal, Clock, ReportTerms.In(Language, task), total);

    /// <summary>Begins to show that something is being waited for.</summary>
    public ProgressLine ShowWaiting(string task) => ProgressLine.OfTime(Terminal, Clock, ReportTerms.In(Language, task));
}
