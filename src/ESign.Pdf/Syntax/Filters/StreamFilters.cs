using ESign.Pdf.Objects;

namespace ESign.Pdf.Syntax.Filters;

/// <summary>Decodes a stream through its filter chain (ISO 32000-2 §7.4).</summary>
internal static class StreamFilters
{
    /// <summary>Applies the filters in order; stops before an image filter and returns what it has.</summary>
    /// <param name="dictionary">The stream dictionary.</param>
    /// <param name="encoded">The stored bytes, decrypted.</param>
    /// <param name="resolver">Resolves indirect filter names and parameters; null where none may be used.</param>
    /// <param name="limits">Bounds the result of every step.</param>
    public static ReadOnlyMemory<byte> Decode(PdfDictionary dictionary, ReadOnlyMemory<byte> encoded, IObjectResolver? resolver, ReaderLimits limits)
    {
        PdfObject? filter = Resolve(resolver, dictionary["Filter"] ?? dictionary["F"]);
        PdfObject? parameters = Resolve(resolver, dictionary["DecodeParms"] ?? dictionary["DP"]);
        if (filter is PdfName single)
        {
            // Some writers wrap the parameters of a single filter in an array.
            PdfObject? own = parameters is PdfArray { Count: > 0 } wrapped ? Resolve(resolver, wrapped[0]) : parameters;
            return Apply(single.Value, own as PdfDictionary, encoded, resolver, limits, out _);
        }

        if (filter is not PdfArray chain)
        {
            return encoded;
        }

        if (chain.Count > limits.MaxFilters)
        {
            throw new PdfFormatException(PdfErrorCode.LimitExceeded, $"流有 {chain.Count} 个过滤器 / a stream has {chain.Count} filters", clause: "7.4.1");
        }

        for (int i = 0; i < chain.Count; i++)
        {
            if (Resolve(resolver, chain[i]) is not PdfName name)
            {
                throw new PdfFormatException(PdfErrorCode.Stream, "过滤器不是名称 / a filter is not a name", clause: "7.4.1");
            }

            PdfObject? own = parameters is PdfArray array && i < array.Count ? Resolve(resolver, array[i]) : chain.Count == 1 ? parameters : null;
            encoded = Apply(name.Value, own as PdfDictionary, encoded, resolver, limits, out bool isImage);
            if (isImage)
            {
                break;
            }
        }

        return encoded;
    }

    private static PdfObject? Resolve(IObjectResolver? resolver, PdfObject? value) => resolver is null || value is null ? value : resolver.Resolve(value);

    private static ReadOnlyMemory<byte> Apply(string filter, PdfDictionary? parameters, ReadOnlyMemory<byte> encoded, IObjectResolver? resolver, ReaderLimits limits, out bool isImage)
    {
        isImage = false;
        switch (filter)
        {
            case "FlateDecode" or "Fl":
                return Predictor.Undo(FlateFilter.Decode(encoded, limits.MaxDecodedStream), parameters, resolver);
            case "LZWDecode" or "LZW":
                return Predictor.Undo(LzwFilter.Decode(encoded.Span, EarlyChange(parameters, resolver), limits.MaxDecodedStream), parameters, resolver);
            case "ASCIIHexDecode" or "AHx":
                return AsciiFilters.DecodeHexadecimal(encoded.Span);
            case "ASCII85Decode" or "A85":
                return AsciiFilters.Decode85(encoded.Span, limits.MaxDecodedStream);
            case "RunLengthDecode" or "RL":
                return RunLengthFilter.Decode(encoded.Span, limits.MaxDecodedStream);
            case "Crypt":
                // §7.4.10: decryption has been done by whoever read the stored bytes.
                return encoded;
            case "DCTDecode" or "DCT" or "JPXDecode" or "CCITTFaxDecode" or "CCF" or "JBIG2Decode":
                isImage = true;
                return encoded;
            default:
                throw new PdfFormatException(PdfErrorCode.Stream, $"未知的过滤器 /{filter} / unknown filter /{filter}", clause: "7.4.1");
        }
    }

    private static bool EarlyChange(PdfDictionary? parameters, IObjectResolver? resolver) =>
        Resolve(resolver, parameters?["EarlyChange"]) is not PdfInteger { Value: 0 };

    /// <summary>The error of a stream that decodes to more than is allowed.</summary>
    public static PdfFormatException TooLarge(int limit) =>
        new(PdfErrorCode.LimitExceeded, $"流解码后超过 {limit >> 20} MB / a stream decodes to more than {limit >> 20} MB", clause: "7.4");
}
