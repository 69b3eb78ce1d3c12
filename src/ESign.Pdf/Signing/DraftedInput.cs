using ESign.Pdf.Document;
using ESign.Pki.Keys;

namespace ESign.Pdf.Signing;

/// <summary>A document opened for one signature: its draft, and the chain of revisions it will be appended to.</summary>
/// <remarks>A file with a broken cross-reference is rewritten first, where nobody has signed it.</remarks>
internal sealed class DraftedInput : IDisposable
{
    private readonly bool _isOwner;

    private DraftedInput(AppendableDocument file, SignatureDraft draft, RevisionChain chain, bool isOwner)
    {
        File = file;
        Draft = draft;
        Chain = chain;
        _isOwner = isOwner;
        Notes = isOwner ? [.. file.Notes(), .. draft.Notes] : draft.Notes;
    }

    /// <summary>The document, which follows what is appended to the chain.</summary>
    public AppendableDocument File { get; }

    public SignatureDraft Draft { get; }

    public RevisionChain Chain { get; }

    /// <summary>What the caller should know: that the file was rewritten first, that entries were corrected, that the field is not shown.</summary>
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
            if (file.ShouldBeRewritten)
            {
                file = file.Normalised();
                draft = SignatureDraft.Create(file.Document, options);
            }

            RevisionChain chain = hashed is not null && ReferenceEquals(file.Stream, input) ? hashed.Fork(input) : new RevisionChain(file.Stream, digests);
            return new DraftedInput(file, draft, chain, isOwner: true);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Drafts one more signature on a chain; file and chain stay the caller's.</summary>
    public static DraftedInput Continue(AppendableDocument file, RevisionChain chain, SignatureOptions options) =>
        new(file, SignatureDraft.Create(file.UpTo(chain, options.Password), options), chain, isOwner: false);

    public void Dispose()
    {
        if (_isOwner)
        {
            Chain.Dispose();
            File.Dispose();
        }
    }
}
