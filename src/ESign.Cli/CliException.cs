namespace ESign.Cli;

/// <summary>Ends a command with an exit code, a message and a hint one can act on.</summary>
internal sealed class CliException : Exception
{
    /// <param name="exitCode">One of <see cref="CliExit"/>.</param>
    /// <param name="message">What went wrong.</param>
    /// <param name="hint">What to do about it.</param>
    /// <param name="innerException">The cause, if another error led to this one.</param>
    public CliException(int exitCode, string message, string hint, Exception? innerException = null)
        : base(message, innerException)
    {
        ExitCode = exitCode;
        Hint = hint;
    }

    public int ExitCode { get; }

    public string Hint { get; }
}
