using System.Text;

namespace ESign.Fuzz;

/// <summary>Changes a file the way damage and attackers do: bytes, numbers, tokens, pieces.</summary>
public static class Mutator
{
    internal static readonly string[] Names =
    [
        "/Type", "/Kids", "/Parent", "/Count", "/Prev", "/Size", "/W", "/Index", "/Length", "/Filter", "/DecodeParms", "/Predictor", "/Columns", "/XRefStm", "/Encrypt", "/Root", "/Pages",
        "/AcroForm", "/Fields", "/ByteRange", "/Contents", "/N", "/First", "/Extends", "/Annots", "/MediaBox", "/Rotate", "/Resources", "/Font", "/XObject", "/ToUnicode", "/Encoding",
        "/DescendantFonts", "/Widths", "/Differences", "/UseCMap", "/FontFile2", "/FontFile3", "/Matrix", "/BBox", "/AP", "/V", "/T", "/FT", "/Lock", "/SV", "/Reference", "/Perms", "/DSS", "/VRI", "/StructTreeRoot", "/K",
    ];

    private static readonly string[] Tokens =
    [
        "<<", ">>", "[", "]", "(", ")", "<", ">", "obj", "endobj", "stream", "endstream", "xref", "trailer", "startxref", "%%EOF", "R", "null", "true",
        "/Type", "/Kids", "/Parent", "/Count", "/Prev", "/Size", "/W", "/Index", "/Length", "/Filter", "/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/DecodeParms",
        "/Predictor", "/Columns", "/ObjStm", "/XRef", "/XRefStm", "/Encrypt", "/Root", "/Pages", "/AcroForm", "/Fields", "/ByteRange", "/Contents", "/N", "/First", "/Extends",
    ];

    internal static readonly string[] Numbers =
    [
        "0", "-1", "1", "2", "255", "256", "65535", "65536", "8388607", "8388608", "2147483647", "2147483648", "4294967295", "9999999999", "9223372036854775807", "18446744073709551616", "1e9", "-0.0000001",
    ];

    /// <summary>One to six changes.</summary>
    public static byte[] Mutate(byte[] original, byte[] other, FuzzRandom random)
    {
        var bytes = new List<byte>(original);
        for (int i = 1 + random.Next(6); i > 0 && bytes.Count > 0; i--)
        {
            Change(bytes, other, random);
        }

        return [.. bytes];
    }

    private static void Change(List<byte> bytes, byte[] other, FuzzRandom random)
    {
        int at = random.Next(bytes.Count);
        switch (random.Next(10))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, Math.Min(1 + random.Next(64), bytes.Count - at));
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, Math.Min(1 + random.Next(256), bytes.Count - at)));
                break;
            case 4:
                bytes.InsertRange(at, Encoding.ASCII.GetBytes(" " + random.Pick(Tokens) + " "));
                break;
            case 5 or 6:
                ReplaceNumber(bytes, at, random);
                break;
            case 7:
                ReplaceToken(bytes, at, random);
                break;
            case 8:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                int from = random.Next(other.Length);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(1 + random.Next(512), other.Length - from)).ToArray());
                break;
        }
    }

    private static void ReplaceNumber(List<byte> bytes, int at, FuzzRandom random)
    {
        int start = bytes.FindIndex(at, b => b is >= (byte)'0' and <= (byte)'9');
        if (start < 0)
        {
            return;
        }

        int end = bytes.FindIndex(start, b => b is < (byte)'0' or > (byte)'9');
        end = end < 0 ? bytes.Count : end;
        string number = random.Pick(Numbers);
        if (random.Next(2) == 0)
        {
            // As long as before: every offset behind it stays right, and what it means is met.
            number = number.Length > end - start ? number[..(end - start)] : number.PadLeft(end - start, '0');
        }

        bytes.RemoveRange(start, end - start);
        bytes.InsertRange(start, Encoding.ASCII.GetBytes(number));
    }

    private static void ReplaceToken(List<byte> bytes, int at, FuzzRandom random)
    {
        int start = bytes.FindIndex(at, b => b == '/');
        if (start < 0)
        {
            return;
        }

        int end = bytes.FindIndex(start + 1, b => b is < (byte)'0' or > (byte)'z');
        end = end < 0 ? bytes.Count : end;
        bytes.RemoveRange(start, end - start);
        bytes.InsertRange(start, Encoding.ASCII.GetBytes(random.Pick(Tokens) + " "));
    }
}
