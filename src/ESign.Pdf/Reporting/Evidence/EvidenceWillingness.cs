namespace ESign.Pdf.Reporting.Evidence;

/// <summary>How a party confirmed that it wanted to sign.</summary>
internal sealed record EvidenceWillingness
{
    /// <summary>The party's <c>id</c>.</summary>
    public required string Party { get; init; }

    /// <summary>The signature field it was for.</summary>
    public string? Field { get; init; }

    /// <summary>For example <c>sms-code</c>, <c>face</c>, <c>password</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The telephone number or address used.</summary>
    public string? Target { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset? RequestedAt { get; init; }

    /// <summary>When it succeeded; absent when it did not.</summary>
    public DateTimeOffset? SucceededAt { get; init; }

    /// <summary>How often it was tried.</summary>
    public int? Attempts { get; init; }

    /// <summary>Who checked.</summary>
    public string? Provider { get; init; }

    /// <summary>The provider's number of the result.</summary>
    public string? ReceiptId { get; init; }

    /// <summary>SHA-256 of the file that was shown, in hexadecimal.</summary>
    public string? DocumentSha256 { get; init; }

    /// <summary>How long it was shown before.</summary>
    public double? PreReadSeconds { get; init; }
}
