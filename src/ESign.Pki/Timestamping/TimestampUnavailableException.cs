namespace ESign.Pki.Timestamping;

/// <summary>A timestamp could not be had: the authority is not reachable, refuses, or answers with something else.</summary>
public sealed class TimestampUnavailableException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">What happened, with the authority and the numbers.</param>
    /// <param name="uri">The authority, or <see langword="null"/> when it is in this process.</param>
    /// <param name="statusCode">The HTTP status, when there was an answer.</param>
    /// <param name="innerException">The cause.</param>
    public TimestampUnavailableException(string message, Uri? uri = null, int? statusCode = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Uri = uri;
        StatusCode = statusCode;
    }

    /// <summary>The authority, or <see langword="null"/> when it is in this process.</summary>
    public Uri? Uri { get; }

    /// <summary>The HTTP status, when there was an answer.</summary>
    public int? StatusCode { get; }

    /// <summary>The authority's reason, when it refused.</summary>
    internal TimestampFailureInfo? FailureInfo { get; init; }
}
