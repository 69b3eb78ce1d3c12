using System.Security.Cryptography;
using System.Text;

namespace ESign.Pki.Asn1;

/// <summary>PEM text as files hold it (RFC 7468 §2): blocks with anything between them, and in front perhaps the mark some editors write.</summary>
internal static class PemText
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>The text of a file.</summary>
    public static string Decode(ReadOnlySpan<byte> content) => Encoding.Latin1.GetString(content.StartsWith("\uFEFF"u8) ? content["\uFEFF"u8.Length..] : content);

    /// <summary>The text without a byte order mark in front.</summary>
    public static ReadOnlySpan<char> WithoutMark(ReadOnlySpan<char> text) => text.TrimStart(ByteOrderMark);

    /// <summary>The blocks of a text, each decoded when it is reached.</summary>
    public static IEnumerable<(string Label, byte[] Data)> ReadBlocks(string text)
    {
        int start = text.Length - WithoutMark(text).Length;
        while (PemEncoding.TryFind(text.AsSpan(start), out PemFields fields))
        {
            ReadOnlySpan<char> rest = text.AsSpan(start);
            (string, byte[]) block = (rest[fields.Label].ToString(), Convert.FromBase64String(rest[fields.Base64Data].ToString()));
            yield return block;
            start += fields.Location.End.Value;
        }
    }
}
