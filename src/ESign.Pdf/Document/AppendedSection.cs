using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;

namespace ESign.Pdf.Document;

/// <summary>The bytes of one incremental update, to be put after the original's last byte.</summary>
/// <remarks>They lie in one pooled buffer: valid until disposed. Placeholders are patched here, before or after copying.</remarks>
internal sealed class AppendedSection : IDisposable
{
    private readonly OutputBuffer _buffer;

    public AppendedSection(OutputBuffer buffer, long startOffset, IReadOnlyList<(PdfPlaceholder Placeholder, long Offset)> placeholders)
    {
        _buffer = buffer;
        StartOffset = startOffset;
        Placeholders = placeholders;
    }

    /// <summary>The length of the original: where these bytes begin in the new file.</summary>
    public long StartOffset { get; }

    /// <summary>The length of the new file.</summary>
    public long EndOffset => StartOffset + _buffer.Length;

    public ReadOnlyMemory<byte> Bytes => _buffer.WrittenMemory;

    /// <summary>Where each placeholder stands: physical offsets in the new file.</summary>
    public IReadOnlyList<(PdfPlaceholder Placeholder, long Offset)> Placeholders { get; }

    /// <summary>The physical offset of a placeholder.</summary>
    public long OffsetOf(PdfPlaceholder placeholder)
    {
        foreach ((PdfPlaceholder candidate, long offset) in Placeholders)
        {
            if (ReferenceEquals(candidate, placeholder))
            {
                return offset;
            }
        }

        throw new ArgumentException("the placeholder was not written", nameof(placeholder));
    }

    /// <summary>The bytes of a placeholder, to be overwritten in full width.</summary>
    public Span<byte> Patch(PdfPlaceholder placeholder) => _buffer.Patch((int)(OffsetOf(placeholder) - StartOffset), placeholder.Width);

    public void Dispose() => _buffer.Dispose();
}
