namespace ESign.Pdf.Signing;

/// <summary>What became of one item of a batch: a receipt, or the error that left no file behind.</summary>
/// <param name="Item">The item.</param>
/// <param name="Receipt">What was signed; <see langword="null"/> when it failed.</param>
/// <param name="Error">Why it failed, as <see cref="PdfSigner"/> would have thrown it; <see langword="null"/> when it is signed.</param>
public sealed record BatchResult(BatchItem Item, SignatureReceipt? Receipt, Exception? Error)
{
    /// <summary>Whether the item is signed.</summary>
    public bool IsSigned => Receipt is not null;
}
