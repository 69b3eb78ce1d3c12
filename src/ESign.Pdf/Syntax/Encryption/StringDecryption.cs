using ESign.Pdf.Objects;

namespace ESign.Pdf.Syntax.Encryption;

/// <summary>Decrypts the strings within an object that was read from an encrypted file (ISO 32000-2 §7.6.2).</summary>
internal static class StringDecryption
{
    /// <summary>A copy of the object with its strings decrypted; the depth is that of the reader that made it.</summary>
    public static PdfObject Apply(PdfObject value, SecurityHandler security, int number, int generation)
    {
        switch (value)
        {
            case PdfString text:
                return new PdfString(security.DecryptString(text.Bytes.Span, number, generation), text.IsHexadecimal);
            case PdfArray array:
                var items = new PdfObject[array.Count];
                for (int i = 0; i < items.Length; i++)
                {
                    items[i] = Apply(array[i], security, number, generation);
                }

                return new PdfArray(items);
            case PdfDictionary dictionary:
                // §7.6.2: the /Contents of a signature dictionary is not encrypted; /ByteRange tells such a dictionary.
                bool isSignature = dictionary.ContainsKey("ByteRange");
                var entries = new KeyValuePair<string, PdfObject>[dictionary.Count];
                int n = 0;
                foreach ((string key, PdfObject entry) in dictionary.AsSpan())
                {
                    bool isClear = isSignature && string.Equals(key, "Contents", StringComparison.Ordinal);
                    entries[n++] = new(key, isClear ? entry : Apply(entry, security, number, generation));
                }

                return new PdfDictionary(entries);
            default:
                return value;
        }
    }
}
