using ESign.Pdf;
using ESign.Pdf.Content;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pdf.Verification;
using ESign.Pki.Keys;
using ESign.Pki.Validation;
using ESign.Testing;

namespace ESign.Fuzz;

/// <summary>Does to a file what ESign does: reads all of it, appends to it, looks for text, verifies, signs, and verifies that.</summary>
public static class FuzzTarget
{
    private const int MostPages = 3;

    private static readonly Action<Span<byte>> Fixed = static span => span.Fill(0x42);
    private static readonly TestSigner Signer = TestSigner.Shared(SignatureAlgorithm.EcdsaP256Sha256);
    private static readonly PdfVerifier Verifier = new(new VerificationPolicy { TrustAnchors = new TrustAnchors([Signer.Root]), UnknownRevocation = UnknownRevocation.Accept });

    /// <summary>Runs everything on one input.</summary>
    /// <returns>The documented refusal, or null when it was accepted.</returns>
    /// <remarks>Any other exception is a defect and comes out.</remarks>
    public static PdfErrorCode? Run(byte[] input)
    {
        PdfErrorCode? refusal = Refusal(() => Append(input));
        Refusal(() => Search(input));
        Refusal(() => Verifier.VerifyAsync(new MemoryStream(input)).GetAwaiter().GetResult());
        if (refusal is null)
        {
            Refusal(() => Sign(input));
        }

        return refusal;
    }

    private static PdfErrorCode? Refusal(Action work)
    {
        try
        {
            work();
            return null;
        }
        catch (PdfFormatException e)
        {
            return e.Code;
        }
    }

    private static void Append(byte[] input)
    {
        using PdfDocument document = PdfDocument.Open(input);
        WholeDocument.Visit(document);
        if (document.Objects.IsRebuilt)
        {
            Normalize(document);
            return;
        }

        byte[] changed = [.. input, .. Update(document)];
        using PdfDocument again = PdfDocument.Open(changed);
        _ = again.PageCount;
        if (!document.WasRepaired && !again.Objects.IsRebuilt && again.Resolve(again.Catalog["Lang"]) is not PdfString)
        {
            throw new InvalidDataException("what was appended is not found again");
        }
    }

    private static byte[] Update(PdfDocument document)
    {
        var update = new IncrementalUpdate(document, Fixed);
        update.SetCatalogEntry("Lang", PdfString.Text("zh"));
        update.DeclareExtension("ESIC", "1.7", 2);
        if (document.PageCount > 0)
        {
            Page page = document.GetPage(-1);
            update.Set(update.ReferenceOf(page), update.DictionaryOf(page).With("Annots", new PdfArray(update.Add(PdfDictionary.Empty))));
        }

        using AppendedSection section = update.Build();
        return section.Bytes.ToArray();
    }

    private static void Normalize(PdfDocument document)
    {
        using var copy = new MemoryStream();
        NormalizedCopy.Write(document, copy, Fixed);
        using PdfDocument again = PdfDocument.Open(copy.ToArray());
        if (again.WasRepaired)
        {
            throw new InvalidDataException("the normalised copy is itself broken: " + again.RepairCause);
        }
    }

    private static void Search(byte[] input)
    {
        using PdfDocument document = PdfDocument.Open(input);
        var locator = new TextLocator(document);
        for (int page = 1; page <= Math.Min(MostPages, document.PageCount); page++)
        {
            _ = locator.Find("e", page).Take(50).Count();
        }
    }

    /// <summary>What is signed must verify: bytes intact, whatever else is wrong with the file.</summary>
    private static void Sign(byte[] input)
    {
        var output = new MemoryStream();
        SignatureReceipt receipt;
        try
        {
            receipt = new PdfSigner(Signer.Credential).SignAsync(new MemoryStream(input), output, new SignatureOptions()).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is SigningRefusedException or SealPlacementException)
        {
            return;
        }

        VerificationResult result = Verifier.VerifyAsync(output).GetAwaiter().GetResult();
        if (result.Signatures.Count < SignatureFinder.MaximumSignatures && !result.Signatures.Any(signature => signature is { DigestIntact: true, SignatureIntact: true } && signature.Places.Any(place => string.Equals(place.FieldName, receipt.FieldName, StringComparison.Ordinal))))
        {
            throw new InvalidDataException($"the signature in {receipt.FieldName} does not verify");
        }
    }
}
