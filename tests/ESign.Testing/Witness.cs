using System.Formats.Asn1;
using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace ESign.Testing;

/// <summary>What programs that ESign's authors did not write say of a signed PDF.</summary>
public static partial class Witness
{
    /// <summary>One signature as <c>pdfsig</c> lists it.</summary>
    public sealed record PdfSigEntry(string Field, bool IsValid, bool CoversTotalDocument, string Text);

    /// <summary>Lists the signatures with <c>pdfsig</c>.</summary>
    public static IReadOnlyList<PdfSigEntry> PdfSig(string file, string? password = null)
    {
        string[] arguments = password is null ? ["-nocert", file] : ["-nocert", "-upw", password, file];
        Tool result = Tool.Run("pdfsig", arguments);
        return [.. SignatureHeading().Split(result.Output).Skip(1).Select(text => new PdfSigEntry(
            FieldName().Match(text).Groups[1].Value.Trim(),
            text.Contains("Signature Validation: Signature is Valid.", StringComparison.Ordinal),
            text.Contains("Total document signed", StringComparison.Ordinal) && !text.Contains("Not total document signed", StringComparison.Ordinal),
            text))];
    }

    /// <summary>The complaints of <c>qpdf --check</c>; none for a file without faults.</summary>
    public static IReadOnlyList<string> QpdfComplaints(string file, string? password = null)
    {
        string[] arguments = password is null ? ["--check", file] : ["--check", "--password=" + password, file];
        Tool result = Tool.Run("qpdf", arguments);
        string[] complaints = [.. (result.Output + result.Error).Split('\n')
            .Where(line => line.Contains("WARNING:", StringComparison.Ordinal) || line.Contains("ERROR:", StringComparison.Ordinal))
            .Select(line => Offsets().Replace(line.Replace(file, "FILE", StringComparison.Ordinal), "N"))];
        return complaints.Length == 0 && result.ExitCode != 0 ? [result.Output + result.Error] : complaints;
    }

    /// <summary>Checks a detached CMS over exactly the bytes of its byte range with <c>openssl cms -verify</c>.</summary>
    public static void OpenSslCms(byte[] cms, ReadOnlySpan<byte> content, string rootPem, TemporaryFolder folder)
    {
        string cmsFile = folder.Write("signature.der", cms);
        string contentFile = folder.Write("content.bin", content.ToArray());
        string rootFile = folder.Write("root.pem", System.Text.Encoding.ASCII.GetBytes(rootPem));
        Tool result = Tool.Run("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", cmsFile, "-content", contentFile, "-CAfile", rootFile, "-purpose", "any", "-out", "/dev/null");
        Assert.True(result.ExitCode == 0, result.Error);
    }

    /// <summary>Checks a timestamp token over bytes with <c>openssl ts -verify</c>.</summary>
    public static void OpenSslTimestamp(byte[] token, ReadOnlySpan<byte> stamped, string rootPem, TemporaryFolder folder)
    {
        string tokenFile = folder.Write("token.der", token);
        string dataFile = folder.Write("stamped.bin", stamped.ToArray());
        string rootFile = folder.Write("root.pem", System.Text.Encoding.ASCII.GetBytes(rootPem));
        Tool result = Tool.Run("openssl", "ts", "-verify", "-in", tokenFile, "-token_in", "-data", dataFile, "-CAfile", rootFile);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    /// <summary>The byte ranges and signature values in a file, found with nothing but a search for their tokens.</summary>
    public static IEnumerable<(byte[] Covered, byte[] Value)> SignaturesIn(byte[] file)
    {
        string text = System.Text.Encoding.Latin1.GetString(file);
        foreach (Match match in ByteRangeToken().Matches(text))
        {
            int[] range = [.. match.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
            byte[] covered = [.. file.AsSpan(range[0], range[1]), .. file.AsSpan(range[2], range[3])];
            string hex = text[(range[1] + 1)..(range[2] - 1)];
            byte[] padded = Convert.FromHexString(hex);
            AsnDecoder.ReadEncodedValue(padded, AsnEncodingRules.BER, out _, out _, out int length);
            yield return (covered, padded[..length]);
        }
    }

    [GeneratedRegex(@"Signature #\d+:")]
    private static partial Regex SignatureHeading();

    [GeneratedRegex(@"Signature Field Name: (.*)")]
    private static partial Regex FieldName();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Offsets();

    [GeneratedRegex(@"/ByteRange ?\[([0-9 ]+)\]")]
    private static partial Regex ByteRangeToken();
}
