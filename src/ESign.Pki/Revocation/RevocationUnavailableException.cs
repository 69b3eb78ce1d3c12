namespace ESign.Pki.Revocation;

/// <summary>Revocation evidence that is needed could not be had.</summary>
public sealed class RevocationUnavailableException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">Which certificate lacks evidence, and what was tried.</param>
    /// <param name="uri">The service asked, if a single one was.</param>
    /// <param name="statusCode">Its HTTP status, if it answered.</param>
    /// <param name="innerException">The cause, if another error led to this one.</param>
    public RevocationUnavailableException(string message, Uri? uri = null, int? statusCode = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Uri = uri;
        StatusCode = statusCode;
    }

    /// <summary>The service asked, or <see langword="null"/>.</summary>
    public Uri? Uri { get; }

    /// <summary>Its HTTP status, or <see langword="null"/> when it did not answer.</summary>
    public int? StatusCode { get; }
}
