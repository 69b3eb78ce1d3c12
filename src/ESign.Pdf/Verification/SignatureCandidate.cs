using ESign.Pdf.Document;
using ESign.Pki.Asn1;
using ESign.Pki.Cms;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;

namespace ESign.Pdf.Verification;

/// <summary>A signature as it was read, before anything about it is judged.</summary>
/// <param name="View">The document as of the signed revision.</param>
/// <param name="Signature">The signature.</param>
/// <param name="Container">Its value.</param>
/// <param name="Facts">Its form.</param>
/// <param name="Coverage">What it covers.</param>
/// <param name="Tokens">Its timestamps; those that cannot be read have no token.</param>
internal sealed record SignatureCandidate(
    PdfDocument View,
    SignatureUnderTest Signature,
    SignatureContainer Container,
    CryptographicFacts Facts,
    CoverageFinding Coverage,
    IReadOnlyList<SignatureCandidate.EnclosedToken> Tokens)
{
    /// <summary>Timestamps of one signature that are judged; authorities add one each.</summary>
    private const int MaximumTokens = 16;

    /// <summary>Whether digest, value, gap and coverage are all right, so that the signature proves what it covers.</summary>
    public bool IsIntact => Facts is { Digest: CmsCheck.Passed, Value: CmsCheck.Passed }
        && Container.GapProblem is null
        && Coverage.Coverage != Verification.Coverage.Invalid;

    /// <summary>The digests of the byte range that will be asked for.</summary>
    public IEnumerable<(ByteRange Range, DigestAlgorithm Algorithm)> WantedDigests()
    {
        if (Signature.ByteRange is not { } range || Facts.Problem is not null)
        {
            yield break;
        }

        if (Facts.WantedDigest is { } digest)
        {
            yield return (range, digest);
        }

        foreach (EnclosedToken enclosed in Tokens)
        {
            if (enclosed is { Kind: TimestampKind.Content, Token: { } token } && DigestAlgorithm.FromOid(token.Info.DigestOid) is { } imprint)
            {
                yield return (range, imprint);
            }
        }
    }

    public static SignatureCandidate Read(PdfDocument document, DocumentHistory history, SignatureUnderTest signature)
    {
        PdfDocument view = signature.RevisionIndex >= 0 ? history[signature.RevisionIndex] : document;
        SignatureContainer container = SignatureContainer.Read(document, history, signature);
        CryptographicFacts facts = CryptographicFacts.Read(view, signature, container);
        return new SignatureCandidate(
            view, signature, container, facts, CoverageFinding.Judge(document, history, signature, container.GapProblem is null), ReadTokens(facts));
    }

    private static List<EnclosedToken> ReadTokens(CryptographicFacts facts)
    {
        IEnumerable<(TimestampKind Kind, ReadOnlyMemory<byte> Value)> values =
            facts.Seal is { } seal ? seal.TimestampBytes is { } stamp ? [(TimestampKind.Signature, stamp)] : []
            : facts.Signer is not { } signer ? []
            : [
                .. Values(signer.SignedAttributes, Oids.ContentTimestamp).Select(value => (TimestampKind.Content, value)),
                .. Values(signer.UnsignedAttributes, Oids.SignatureTimestamp).Select(value => (TimestampKind.Signature, value)),
            ];
        var tokens = new List<EnclosedToken>();
        foreach ((TimestampKind kind, ReadOnlyMemory<byte> value) in values.Take(MaximumTokens))
        {
            try
            {
                tokens.Add(new EnclosedToken(kind, TimestampToken.Decode(value), null));
            }
            catch (Asn1FormatException exception)
            {
                tokens.Add(new EnclosedToken(kind, null, exception.Message));
            }
        }

        return tokens;
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Values(IReadOnlyList<CmsAttribute> attributes, string oid) =>
        attributes.Where(attribute => string.Equals(attribute.Oid, oid, StringComparison.Ordinal)).SelectMany(attribute => attribute.Values);

    /// <summary>A timestamp inside the signature.</summary>
    /// <param name="Kind">What it should stamp.</param>
    /// <param name="Token">The token; null when it cannot be read.</param>
    /// <param name="Problem">Why it cannot be read.</param>
    internal sealed record EnclosedToken(TimestampKind Kind, TimestampToken? Token, string? Problem);
}
