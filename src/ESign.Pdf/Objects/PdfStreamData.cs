namespace ESign.Pdf.Objects;

/// <summary>Where a stream's encoded bytes are: in memory, or still in the file (the reader derives from this).</summary>
internal abstract class PdfStreamData
{
    /// <summary>The number of encoded bytes.</summary>
    public abstract long Length { get; }

    public static PdfStreamData FromMemory(ReadOnlyMemory<byte> bytes) => new InMemory(bytes);

    /// <summary>All encoded bytes at once; throws <see cref="PdfFormatException"/> when they exceed the reader's limits.</summary>
    public abstract ReadOnlyMemory<byte> ToMemory();

    private sealed class InMemory(ReadOnlyMemory<byte> bytes) : PdfStreamData
    {
        public override long Length => bytes.Length;

        public override ReadOnlyMemory<byte> ToMemory() => bytes;
    }
}
