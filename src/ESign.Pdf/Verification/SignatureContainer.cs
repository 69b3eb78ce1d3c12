using System.Buffers.Text;
using System.Globalization;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;
using ESign.Pdf.Syntax.CrossReference;
using ESign.Pdf.Syntax.Encryption;
using ESign.Pki.Asn1;
using ESign.Pki.Cms;
using ESign.Pki.ElectronicSeals;

namespace ESign.Pdf.Verification;

/// <summary>The value of a signature as it stands in the file: the gap of its byte range, and what is encoded in it.</summary>
/// <remarks>ISO 32000-2 §12.8.1: the gap is the whole hexadecimal string of <c>/Contents</c>, delimiters included, and nothing else.</remarks>
internal sealed class SignatureContainer
{
    /// <summary>Hexadecimal digits of the largest signature that is read, and the delimiters.</summary>
    private const long MaximumGap = (2L * SignedData.MaximumSize) + 2;

    /// <summary>Why the gap is not exactly the value, in Chinese and English; null when it is.</summary>
    public string? GapProblem { get; private init; }

    /// <summary>The bytes of the value, padding included; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Contents { get; private init; }

    /// <summary>The signature; null when the value is no CMS signature.</summary>
    public SignedData? SignedData { get; private init; }

    /// <summary>A bare RSA signature (adbe.x509.rsa_sha1, an OCTET STRING); null otherwise.</summary>
    public ReadOnlyMemory<byte>? RsaValue { get; private init; }

    /// <summary>A GB/T 38540 seal signature; null otherwise.</summary>
    public SealSignature? SealSignature { get; private init; }

    /// <summary>Why the value cannot be read as a signature; null when it can.</summary>
    public string? Problem { get; private init; }

    /// <summary>How many bytes the encoded signature takes of the value.</summary>
    public int EncodedLength { get; private init; }

    /// <summary>Where after the signature the first byte stands that is not zero; -1 when all are.</summary>
    public int StrayByte { get; private set; } = -1;

    /// <summary>Reads the value of a signature.</summary>
    public static SignatureContainer Read(PdfDocument document, DocumentHistory history, SignatureUnderTest signature)
    {
        PdfDocument view = signature.RevisionIndex >= 0 ? history[signature.RevisionIndex] : document;
        ReadOnlyMemory<byte> written = view.Resolve(signature.Dictionary["Contents"]) is PdfString value ? value.Bytes : default;
        if (signature.ByteRange is not { } range)
        {
            return Open(written, "没有可用的 /ByteRange / there is no usable /ByteRange");
        }

        string? problem = FindGapProblem(view, signature, range, out ReadOnlyMemory<byte> contents);
        SignatureContainer container = problem is null ? Open(contents, null) : Open(written, problem);
        if (container.StrayByte >= 0 && view.Security is { } security && signature.Reference is { } reference && AreEncryptedZeros(security, reference, container))
        {
            container.StrayByte = -1;
        }

        return container;
    }

    /// <summary>
    /// Whether the room after the signature is what the file's own key makes of zeros: a writer encrypted the empty value
    /// before it put the signature in. A block's plain text is zero only if the block before it is as it was written, so that
    /// this pins the bytes down to the signature's end.
    /// </summary>
    private static bool AreEncryptedZeros(SecurityHandler security, PdfReference reference, SignatureContainer container)
    {
        ReadOnlySpan<byte> contents = container.Contents.Span;
        bool isWhole = security.Parameters.StringMethod == CryptMethod.Rc4 || contents.Length % 16 == 0;
        ReadOnlySpan<byte> plain = security.DecryptString(contents, reference.Number, reference.Generation);
        return isWhole && plain.Length > container.EncodedLength && !plain[container.EncodedLength..].ContainsAnyExcept((byte)0);
    }

    private static string? FindGapProblem(PdfDocument view, SignatureUnderTest signature, ByteRange range, out ReadOnlyMemory<byte> contents)
    {
        contents = default;
        long gap = range.SecondStart - range.FirstLength;
        if (gap > MaximumGap)
        {
            return "字节范围的间隙过大 / the gap in the byte range is larger than any signature";
        }

        ReadOnlyMemory<byte> raw = view.Source.Read(range.FirstLength, (int)gap);
        if (raw.Length < 2 || raw.Span[0] != '<' || raw.Span[^1] != '>' || !TryDecode(raw.Span[1..^1], out byte[] decoded))
        {
            return "间隙不是单独一个十六进制串 / the gap in the byte range is not one hexadecimal string";
        }

        contents = decoded;
        if (signature.Reference is { } reference)
        {
            XrefEntry entry = view.Objects.Table.Find(reference.Number);
            return entry.Kind == XrefEntryKind.InFile && IsContentsToken(view.Source, entry.Position, range)
                ? null
                : "间隙不是签名字典的 /Contents / the gap is not the /Contents of the signature dictionary";
        }

        // A direct dictionary has no place of its own: its value must at least be what stands in the gap.
        return view.Resolve(signature.Dictionary["Contents"]) is PdfString value && value.Bytes.Span.SequenceEqual(decoded)
            ? null
            : "间隙不是签名字典的 /Contents / the gap is not the /Contents of the signature dictionary";
    }

    /// <summary>Whether the dictionary at this place has one /Contents, and it is exactly the gap.</summary>
    private static bool IsContentsToken(ByteSource source, long position, ByteRange range)
    {
        if (position > range.FirstLength || range.SecondStart - position > MaximumGap + (1 << 20))
        {
            return false;
        }

        ReadOnlySpan<byte> window = source.Window(position, (int)(range.SecondStart - position) + (64 << 10));
        var lexer = new Lexer(window, position);
        int depth = 0;
        int found = 0;
        bool isGap = false;
        while (lexer.Next() && !lexer.IsKeyword("endobj"u8))
        {
            bool isKey = depth == 1 && lexer.Kind == TokenKind.Name && StringDecoder.Name(lexer.Text) is "Contents";
            depth += lexer.Kind switch
            {
                TokenKind.DictionaryStart or TokenKind.ArrayStart => 1,
                TokenKind.DictionaryEnd or TokenKind.ArrayEnd => -1,
                _ => 0,
            };
            if (depth == 0 && lexer.Kind == TokenKind.DictionaryEnd)
            {
                break;
            }

            if (isKey && lexer.Next())
            {
                found++;
                isGap = lexer.Kind == TokenKind.HexString && lexer.TokenOffset == range.FirstLength && lexer.BaseOffset + lexer.Position == range.SecondStart;
            }
        }

        return found == 1 && isGap;
    }

    /// <summary>Hexadecimal digits only: white space would be room for unsigned bytes.</summary>
    private static bool TryDecode(ReadOnlySpan<byte> digits, out byte[] decoded)
    {
        bool isOdd = digits.Length % 2 != 0; // §7.3.4.3: a missing last digit is 0
        decoded = new byte[(digits.Length + 1) / 2];
        ReadOnlySpan<byte> whole = isOdd ? digits[..^1] : digits;
        if (Convert.FromHexString(whole, decoded, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        if (!isOdd)
        {
            return true;
        }

        if (!Utf8Parser.TryParse(digits[^1..], out byte last, out int consumed, 'x') || consumed != 1)
        {
            return false;
        }

        decoded[^1] = (byte)(last << 4);
        return true;
    }

    private static SignatureContainer Open(ReadOnlyMemory<byte> contents, string? gapProblem)
    {
        if (contents.Span.IndexOfAnyExcept((byte)0) < 0)
        {
            return new SignatureContainer { GapProblem = gapProblem, Problem = "/Contents 为空，没有签名值 / /Contents is empty: there is no signature value" };
        }

        try
        {
            if (contents.Span[0] == 0x04)
            {
                ReadOnlyMemory<byte> encoded = new DerReader(contents, System.Formats.Asn1.AsnEncodingRules.BER).ReadEncodedValue();
                return new SignatureContainer
                {
                    GapProblem = gapProblem,
                    Contents = contents,
                    RsaValue = new DerReader(encoded, System.Formats.Asn1.AsnEncodingRules.BER).ReadOctetString(),
                    EncodedLength = encoded.Length,
                    StrayByte = FindStrayByte(contents, encoded.Length),
                };
            }

            if (IsSealSignature(contents))
            {
                SealSignature seal = SealSignature.Decode(contents, out int length);
                return new SignatureContainer
                {
                    GapProblem = gapProblem,
                    Contents = contents,
                    SealSignature = seal,
                    EncodedLength = length,
                    StrayByte = FindStrayByte(contents, length),
                };
            }

            SignedData signedData = SignedData.Decode(contents, out int consumed);
            return new SignatureContainer
            {
                GapProblem = gapProblem,
                Contents = contents,
                SignedData = signedData,
                EncodedLength = consumed,
                StrayByte = FindStrayByte(contents, consumed),
            };
        }
        catch (Asn1FormatException exception)
        {
            return new SignatureContainer
            {
                GapProblem = gapProblem,
                Contents = contents,
                Problem = string.Create(CultureInfo.InvariantCulture, $"签名值无法读取：{exception.Message} / the signature value cannot be read: {exception.Message}"),
            };
        }
    }

    /// <summary>The content decides, not /SubFilter: SES_Signature begins with a structure, CMS with an object identifier.</summary>
    private static bool IsSealSignature(ReadOnlyMemory<byte> contents)
    {
        var reader = new DerReader(contents, System.Formats.Asn1.AsnEncodingRules.BER);
        return reader.NextIs(System.Formats.Asn1.Asn1Tag.Sequence) && reader.ReadSequence().NextIs(System.Formats.Asn1.Asn1Tag.Sequence);
    }

    private static int FindStrayByte(ReadOnlyMemory<byte> contents, int encodedLength)
    {
        int at = contents.Span[encodedLength..].IndexOfAnyExcept((byte)0);
        return at < 0 ? -1 : encodedLength + at;
    }
}
