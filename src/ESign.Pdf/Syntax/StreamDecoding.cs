using ESign.Pdf.Objects;
using ESign.Pdf.Syntax.Filters;

namespace ESign.Pdf.Syntax;

/// <summary>Decodes the streams of one document, all its revisions included: many small bombs are one bomb.</summary>
internal sealed class StreamDecoding(ReaderLimits limits)
{
    private long _inflation;

    /// <exception cref="PdfFormatException">The stream cannot be decoded, or the document's streams cost too much by now.</exception>
    public ReadOnlyMemory<byte> Decode(PdfStream stream, IObjectResolver resolver)
    {
        long position = stream.Data is StoredStreamData data ? data.Position : -1;
        if (_inflation > limits.MaxInflation)
        {
            throw new PdfFormatException(PdfErrorCode.LimitExceeded, "文件中的流解码后大得异常 / the document's streams decode to absurdly more than they store", position, "7.4");
        }

        ReadOnlyMemory<byte> stored = stream.Data.ToMemory();
        try
        {
            ReadOnlyMemory<byte> decoded = StreamFilters.Decode(stream.Dictionary, stored, resolver, limits);
            _inflation += Math.Max(0, decoded.Length - ((long)stored.Length * limits.UnsuspiciousRatio));
            return decoded;
        }
        catch (PdfFormatException e)
        {
            if (e.Code == PdfErrorCode.LimitExceeded)
            {
                _inflation += limits.MaxDecodedStream;
            }

            if (e.Offset >= 0 || position < 0)
            {
                throw;
            }

            throw e.At(position);
        }
    }
}
