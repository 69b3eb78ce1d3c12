using ESign.Pdf.Document;
using ESign.Pki.Keys;

namespace ESign.Pdf.Signing;

/// <summary>A document opened for one signature: its draft, and the chain of revisions it will be appended to.</summary>
/// <remarks>A file with a broken cross-reference is rewritten first, where nobody has signed it.</remarks>
internal sealed class DraftedInput : IDisposable
{
    private readonly IDisposable[] _owned;

    private DraftedInput(SignatureDraft draft, RevisionChain chain, IReadOnlyList<string> notes, params IDisposable[] owned)
    {
        Draft = draft;
        Chain = chain;
        Notes = notes;
        _owned = owned;
    }

    public SignatureDraft Draft { get; }

    public RevisionChain Chain { get; }

    /// <summary>What the caller should know: that the file was rewritten first.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="input">The file; read from 0, not closed.</param>
    /// <param name="options">What and where.</param>
    /// <param name="digests">What the chain will need.</param>
    /// <param name="hashed">A chain over the same bytes that was hashed already, to save doing it again.</param>
    public static DraftedInput Open(Stream input, SignatureOptions options, IEnumerable<DigestAlgorithm> digests, RevisionChain? hashed = null)
    {
        AppendableDocument file = AppendableDocument.Open(input, options.Password);
        try
        {
            SignatureDraft draft = SignatureDraft.Create(file.Document, options);
            if (file.Document.Objects.IsRebuilt)
            {
                file = file.Normalised(options.Password);
                draft = SignatureDraft.Create(file.Document, options);
            }

            RevisionChain chain = hashed is not null && ReferenceEquals(file.Stream, input) ? hashed.Fork(input) : new RevisionChain(file.Stream, digests);
            return new DraftedInput(draft, chain, [.. file.Notes()], chain, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Drafts one more signature on a chain, which stays the caller's.</summary>
    public static DraftedInput Continue(RevisionChain chain, SignatureOptions options)
    {
        PdfDocument document = PdfDocument.Open(chain.OpenRead(), new PdfOpenOptions { Password = options.Password });
        try
        {
            return new DraftedInput(SignatureDraft.Create(document, options), chain, [], document);
        }
        catch
        {
            document.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (IDisposable owned in _owned)
        {
            owned.Dispose();
        }
    }
}
