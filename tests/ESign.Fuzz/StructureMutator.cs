using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace ESign.Fuzz;

/// <summary>Changes a file object by object: swaps, splices between files, references, keys and lengths, what is inside streams and signature values.</summary>
internal static partial class StructureMutator
{
    private const int LargestInflated = 1 << 20;

    /// <summary>One to four changes; half of the time with a cross-reference that is right.</summary>
    public static byte[] Mutate(byte[] original, byte[] other, FuzzRandom random)
    {
        var pieces = new PdfPieces(original);
        if (pieces.Count == 0)
        {
            return Mutator.Mutate(original, other, random);
        }

        PdfPieces? donor = null;
        for (int i = 1 + random.Next(4); i > 0; i--)
        {
            int at = random.Next(pieces.Count);
            pieces[at] = random.Next(9) switch
            {
                0 => Swap(pieces, at, random.Next(pieces.Count)),
                1 => Splice(pieces[at], donor ??= new PdfPieces(other), random),
                2 => Renumber(pieces[at], pieces, random),
                3 => Reference().Replace(pieces[at], PdfPieces.Number(pieces[random.Next(pieces.Count)]) + "R", 1, Within(pieces[at], random)),
                4 => ReplaceKey(pieces[at], random),
                5 => Number().Replace(pieces[at], random.Pick(Mutator.Numbers), 1, Within(pieces[at], random)),
                6 => Hexadecimal().Replace(pieces[at], match => Spoil(match.Value, random)),
                _ => InsideStream(pieces[at], other, random),
            };
        }

        return pieces.ToBytes(reindex: random.Next(2) == 0);
    }

    private static string Swap(PdfPieces pieces, int at, int with)
    {
        (string mine, string theirs) = (pieces[at], pieces[with]);
        pieces[with] = PdfPieces.Number(theirs) + "obj" + PdfPieces.Body(mine);
        return PdfPieces.Number(mine) + "obj" + PdfPieces.Body(theirs);
    }

    private static string Splice(string piece, PdfPieces donor, FuzzRandom random) =>
        donor.Count == 0 ? piece : PdfPieces.Number(piece) + "obj" + PdfPieces.Body(donor[random.Next(donor.Count)]);

    private static string Renumber(string piece, PdfPieces pieces, FuzzRandom random) => PdfPieces.Number(pieces[random.Next(pieces.Count)]) + "obj" + PdfPieces.Body(piece);

    private static string ReplaceKey(string piece, FuzzRandom random)
    {
        MatchCollection keys = Key().Matches(piece);
        return keys.Count == 0 ? piece : Key().Replace(piece, random.Next(2) == 0 ? random.Pick(keys).Value : random.Pick(Mutator.Names), 1, random.Pick(keys).Index);
    }

    private static int Within(string text, FuzzRandom random) => random.Next(Math.Max(1, text.Length / 2));

    /// <summary>The hexadecimal of a signature value or evidence: changed as DER, and as long as before, so that byte ranges still fit.</summary>
    private static string Spoil(string hexadecimal, FuzzRandom random)
    {
        string digits = hexadecimal[1..^1];
        byte[] changed = DerMutator.Mutate(Convert.FromHexString(digits.Length % 2 == 0 ? digits : digits[..^1]), random);
        string text = Convert.ToHexString(changed);
        return "<" + (text.Length > digits.Length ? text[..digits.Length] : text.PadRight(digits.Length, '0')) + ">";
    }

    private static string InsideStream(string piece, string dictionary, string data, byte[] other, FuzzRandom random)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(data);
        bool isFlate = dictionary.Contains("/FlateDecode", StringComparison.Ordinal);
        byte[]? inside = isFlate ? TryInflate(bytes) : bytes;
        if (inside is null || inside.Length == 0)
        {
            return piece;
        }

        byte[] changed = inside[0] == 0x30 ? DerMutator.Mutate(inside, random) : Mutator.Mutate(inside, other, random);
        string stored = Encoding.Latin1.GetString(isFlate ? Deflate(changed) : changed);
        string fixedLength = Length().Replace(dictionary, "/Length " + stored.Length.ToString(CultureInfo.InvariantCulture), 1);
        return fixedLength + "stream\n" + stored + "\nendstream\nendobj";
    }

    private static string InsideStream(string piece, byte[] other, FuzzRandom random)
    {
        Match stream = Stream().Match(piece);
        return stream.Success ? InsideStream(piece, piece[..stream.Index], stream.Groups[1].Value, other, random) : piece;
    }

    private static byte[]? TryInflate(byte[] bytes)
    {
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress);
            byte[] buffer = new byte[LargestInflated];
            return buffer[..zlib.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static byte[] Deflate(byte[] data)
    {
        using var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(data);
        }

        return output.ToArray();
    }

    [GeneratedRegex(@"\b[0-9]{1,7} [0-9]{1,5} R\b")]
    private static partial Regex Reference();

    [GeneratedRegex(@"/[A-Za-z0-9]+")]
    private static partial Regex Key();

    [GeneratedRegex(@"(?<![0-9A-Za-z])-?[0-9]+(\.[0-9]+)?(?![0-9A-Za-z])")]
    private static partial Regex Number();

    [GeneratedRegex(@"<[0-9A-Fa-f]{64,}>")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"/Length [0-9]+( [0-9]+ R)?")]
    private static partial Regex Length();

    [GeneratedRegex(@"stream\r?\n(.*?)\r?\n?endstream", RegexOptions.Singleline)]
    private static partial Regex Stream();
}
