namespace ESign.Pdf.Verification;

/// <summary>The timestamps of one signature and what follows from them.</summary>
/// <param name="Results">Each timestamp.</param>
/// <param name="NotBefore">The latest good content timestamp: the signature is not older.</param>
/// <param name="NotAfter">The earliest good signature timestamp: the signature is not younger.</param>
/// <param name="HasIntactSignatureTimestamp">Whether a signature timestamp stamps this signature, trusted or not.</param>
internal sealed record TimestampFindings(
    IReadOnlyList<TimestampResult> Results, DateTimeOffset? NotBefore, DateTimeOffset? NotAfter, bool HasIntactSignatureTimestamp)
{
    public static TimestampFindings None { get; } = new([], null, null, false);
}
