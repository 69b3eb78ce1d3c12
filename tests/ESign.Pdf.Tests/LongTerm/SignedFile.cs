using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pki.Cms;
using ESign.Testing;

namespace ESign.Pdf.Tests.LongTerm;

/// <summary>A signed file taken apart for its witnesses: by a search for tokens, and, for the security store, by our reader.</summary>
internal sealed partial class SignedFile(byte[] bytes)
{
    public byte[] Bytes => bytes;

    /// <summary>The values of all signatures with the bytes they cover, in the order of the file.</summary>
    public IReadOnlyList<(byte[] Covered, byte[] Value, string VriKey)> Signatures()
    {
        string text = Encoding.Latin1.GetString(bytes);
        var found = new List<(byte[], byte[], string)>();
        foreach (Match match in ByteRangeToken().Matches(text))
        {
            int[] range = [.. match.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
            byte[] padded = Convert.FromHexString(text[(range[1] + 1)..(range[2] - 1)]);
            AsnDecoder.ReadEncodedValue(padded, AsnEncodingRules.BER, out _, out _, out int length); // the last octet may be zero
            found.Add(([.. bytes.AsSpan(0, range[1]), .. bytes.AsSpan(range[2], range[3])], padded[..length], Convert.ToHexString(SHA1.HashData(padded))));
        }

        return found;
    }

    /// <summary>Has <c>openssl ts</c> judge every timestamp: those of signatures over their values, those of the document over its bytes.</summary>
    /// <returns>How many there were of each kind.</returns>
    public (int OfSignatures, int OfDocument) CheckTimestamps(TestPki pki, TemporaryFolder folder)
    {
        int ofSignatures = 0;
        int ofDocument = 0;
        foreach ((byte[] covered, byte[] value, _) in Signatures())
        {
            SignedData cms = SignedData.Decode(value);
            if (cms.ContentType == "1.2.840.113549.1.9.16.1.4")
            {
                ofDocument++;
                OpenSslTs(value, covered, pki, folder);
            }
            else if (cms.SignerInfos[0].FindUnsignedAttribute(Pki.Asn1.Oids.SignatureTimestamp) is { } attribute)
            {
                ofSignatures++;
                OpenSslTs(attribute.Values[0].ToArray(), cms.SignerInfos[0].Signature.ToArray(), pki, folder);
            }
        }

        return (ofSignatures, ofDocument);
    }

    /// <summary>The store: the decoded streams of <c>/Certs</c>, <c>/CRLs</c>, <c>/OCSPs</c>, and what each VRI entry refers to.</summary>
    public (IReadOnlyDictionary<string, IReadOnlyList<byte[]>> Values, IReadOnlyDictionary<string, string> Vri) Store()
    {
        using PdfDocument document = PdfDocument.Open(bytes);
        var store = Assert.IsType<PdfDictionary>(document.Resolve(document.Catalog["DSS"]));
        var values = new Dictionary<string, IReadOnlyList<byte[]>>(StringComparer.Ordinal);
        foreach (string name in (string[])["Certs", "CRLs", "OCSPs"])
        {
            var array = document.Resolve(store[name]) as PdfArray ?? PdfArray.Empty;
            Assert.All(array, item => Assert.IsType<PdfReference>(item));
            values[name] = [.. array.Select(item => document.Decode((PdfStream)document.Resolve(item)).ToArray())];
        }

        var vri = Assert.IsType<PdfDictionary>(document.Resolve(store["VRI"]));
        return (values, vri.ToDictionary(entry => entry.Key, entry => Describe(document.Resolve(entry.Value)), StringComparer.Ordinal));
    }

    private static string Describe(PdfObject value) => value switch
    {
        PdfDictionary dictionary => string.Join(' ', dictionary.Select(entry => $"{entry.Key}:{Describe(entry.Value)}")),
        PdfArray array => string.Join(',', array.Select(Describe)),
        PdfReference reference => reference.Number.ToString(CultureInfo.InvariantCulture),
        PdfName name => name.Value,
        _ => value.GetType().Name,
    };

    private static void OpenSslTs(byte[] token, byte[] data, TestPki pki, TemporaryFolder folder)
    {
        Tool result = Tool.Run(
            "openssl", "ts", "-verify", "-data", folder.Write("stamped.bin", data), "-in", folder.Write("token.der", token), "-token_in",
            "-CAfile", folder.Write("root.pem", Encoding.ASCII.GetBytes(pki.Root.Certificate.ToPem())),
            "-untrusted", folder.Write("issuing.pem", Encoding.ASCII.GetBytes(pki.Issuing.Certificate.ToPem())));
        Assert.True(result.Output.Contains("Verification: OK", StringComparison.Ordinal), result.Output + result.Error);
    }

    [GeneratedRegex(@"/ByteRange ?\[([0-9 ]+)\]")]
    private static partial Regex ByteRangeToken();
}
