using ESign.Pdf;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Fuzz;

/// <summary>What stands inside PDFs and is read by readers of its own: DER, character maps, font programs, pictures; taken out of the files that are mutated.</summary>
internal static class Samples
{
    private const int Largest = 100_000;
    private const int MostOfEach = 200;

    private static readonly string[] FontFiles = ["FontFile", "FontFile2", "FontFile3"];

    public static IEnumerable<(SampleKind Kind, byte[] Bytes)> Of(IEnumerable<byte[]> files)
    {
        var samples = new List<(SampleKind, byte[])>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (byte[] file in files)
        {
            try
            {
                using PdfDocument document = PdfDocument.Open(file);
                Take(document, (kind, bytes) =>
                {
                    string hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes.Span));
                    if (bytes.Length is > 4 and < Largest && samples.Count(sample => sample.Item1 == kind) < MostOfEach && seen.Add(hash))
                    {
                        samples.Add((kind, bytes.ToArray()));
                    }
                });
            }
            catch (PdfFormatException)
            {
                // Damaged, or encrypted: others have the same inside.
            }
        }

        return samples;
    }

    private static void Take(PdfDocument document, Action<SampleKind, ReadOnlyMemory<byte>> take)
    {
        for (int number = 1; number <= Math.Min(document.Objects.Table.HighestNumber, 2000); number++)
        {
            PdfObject value = document.Resolve(new PdfReference(number, document.Objects.Table.Find(number).Generation));
            PdfDictionary? dictionary = value as PdfDictionary ?? (value as PdfStream)?.Dictionary;
            if (dictionary is null)
            {
                continue;
            }

            if (dictionary["ByteRange"] is not null && document.Resolve(dictionary["Contents"]) is PdfString contents)
            {
                take(SampleKind.Der, contents.Bytes);
            }

            foreach (string key in FontFiles)
            {
                TakeStream(document, dictionary[key], SampleKind.Font, take);
            }

            TakeStream(document, dictionary["ToUnicode"], SampleKind.CharacterMap, take);
            if (value is PdfStream stream)
            {
                TakeDer(document, stream, take);
            }
        }
    }

    private static void TakeDer(PdfDocument document, PdfStream stream, Action<SampleKind, ReadOnlyMemory<byte>> take)
    {
        if (TryDecode(document, stream) is { Length: > 4 } bytes && bytes.Span[0] == 0x30 && bytes.Span[1] >= 0x80)
        {
            take(SampleKind.Der, bytes);
        }
    }

    private static void TakeStream(PdfDocument document, PdfObject? entry, SampleKind kind, Action<SampleKind, ReadOnlyMemory<byte>> take)
    {
        if (document.Resolve(entry) is PdfStream stream && TryDecode(document, stream) is { } bytes)
        {
            take(kind, bytes);
        }
    }

    private static ReadOnlyMemory<byte>? TryDecode(PdfDocument document, PdfStream stream)
    {
        try
        {
            return document.Decode(stream);
        }
        catch (PdfFormatException)
        {
            return null;
        }
    }
}
