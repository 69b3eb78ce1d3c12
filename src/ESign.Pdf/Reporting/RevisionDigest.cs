namespace ESign.Pdf.Reporting;

/// <summary>The digests of a file up to the end of one of its revisions.</summary>
/// <param name="Number">1 for the original.</param>
/// <param name="EndOffset">How many bytes are digested.</param>
/// <param name="Sha256">SHA-256 of them.</param>
/// <param name="Sm3">SM3 of them.</param>
internal sealed record RevisionDigest(int Number, long EndOffset, byte[] Sha256, byte[] Sm3);
