using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;

namespace ESign.Pdf.Document;

/// <summary>Rewrites a document whose cross-reference had to be rebuilt, so that updates can be appended to it.</summary>
/// <remarks>
/// Everything reachable from the trailer is written anew under new numbers, streams as they are stored; an encrypted file
/// stays encrypted under the same passwords. Only for files that nobody has signed: a signature covers exact bytes.
/// </remarks>
internal static class NormalizedCopy
{
    /// <summary>Writes the copy.</summary>
    /// <exception cref="PdfFormatException">The document carries a signature, which no rewriting can keep.</exception>
    public static void Write(PdfDocument document, Stream output, Action<Span<byte>>? fillRandom = null)
    {
        if (document.SignatureFields.FirstOrDefault(f => f.IsSigned) is { } signed)
        {
            throw new PdfFormatException(
                PdfErrorCode.CrossReference,
                $"交叉引用已损坏，而签名域“{signed.Name}”已签署，重写文件会破坏该签名：{document.RepairCause} / the cross-reference is broken and field '{signed.Name}' is signed: rewriting the file would destroy that signature. {document.RepairCause}",
                clause: "7.5.6");
        }

        IObjectCipher? cipher = fillRandom is null ? document.Security : document.Security?.With(fillRandom);
        using var writer = new DocumentWriter(output, document.Version, cipher);
        var copy = new Copier(document, writer);
        var trailer = new List<(string, PdfObject)>();
        foreach (string key in (ReadOnlySpan<string>)["Root", "Info"])
        {
            if (document.Trailer[key] is { } value)
            {
                trailer.Add((key, copy.AsReference(value)));
            }
        }

        copy.WriteAll();
        // /ID and /Encrypt belong to the key: as they were, direct, and not encrypted (§7.6.2).
        foreach (string key in (ReadOnlySpan<string>)["ID", "Encrypt"])
        {
            if (document.Resolve(document.Trailer[key]) is { } value and not PdfNull)
            {
                trailer.Add((key, copy.Inline(value)));
            }
        }

        writer.Finish(new PdfDictionary(trailer.ToArray()));
    }

    private sealed class Copier(PdfDocument document, DocumentWriter writer)
    {
        private readonly Dictionary<PdfReference, PdfReference> _numbers = [];
        private readonly Queue<PdfReference> _pending = new();

        public PdfReference AsReference(PdfObject value) => value is PdfReference reference ? Renumber(reference) : writer.Add(Rewrite(value));

        public void WriteAll()
        {
            while (_pending.TryDequeue(out PdfReference? reference))
            {
                writer.Set(_numbers[reference], Rewrite(document.Resolve(reference)));
            }
        }

        /// <summary>A copy without references, for the trailer; what would recurse is left null.</summary>
        public PdfObject Inline(PdfObject value, int depth = 0) => value switch
        {
            _ when depth > 8 => PdfNull.Instance,
            PdfReference reference => Inline(document.Resolve(reference), depth + 1),
            PdfArray array => new PdfArray(array.Select(item => Inline(item, depth + 1))),
            PdfDictionary dictionary => new PdfDictionary(dictionary.Select(e => KeyValuePair.Create(e.Key, Inline(e.Value, depth + 1)))),
            _ => value,
        };

        private PdfReference Renumber(PdfReference reference)
        {
            if (!_numbers.TryGetValue(reference, out PdfReference? number))
            {
                number = writer.Reserve();
                _numbers.Add(reference, number);
                _pending.Enqueue(reference);
            }

            return number;
        }

        private PdfObject Rewrite(PdfObject value) => value switch
        {
            PdfReference reference => document.Resolve(reference) is PdfNull ? PdfNull.Instance : Renumber(reference),
            PdfArray array => new PdfArray(array.Select(Rewrite)),
            PdfDictionary dictionary => new PdfDictionary(dictionary.Select(e => KeyValuePair.Create(e.Key, Rewrite(e.Value)))),
            PdfStream stream => new PdfStream((PdfDictionary)Rewrite(stream.Dictionary), stream.Data),
            _ => value,
        };
    }
}
