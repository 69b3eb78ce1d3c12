namespace ESign.AspNetCore.Operations;

/// <summary>A request is refused: becomes an HTTP status and a problem document (RFC 9457).</summary>
internal sealed class RequestRefusedException : Exception
{
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">A stable code.</param>
    /// <param name="message">Why, Chinese and English.</param>
    /// <param name="retryAfter">When to try again, if that helps.</param>
    public RequestRefusedException(int status, string code, string message, TimeSpan? retryAfter = null)
        : base(message)
    {
        Status = status;
        Code = code;
        RetryAfter = retryAfter;
    }

    public int Status { get; }

    public string Code { get; }

    public TimeSpan? RetryAfter { get; }

    /// <summary>The code Chinese signing platforms use for the same refusal, where there is one.</summary>
    public string? PlatformCode { get; init; }

    /// <summary>Which scheme a 401 asks for.</summary>
    public string? Challenge { get; init; }
}
