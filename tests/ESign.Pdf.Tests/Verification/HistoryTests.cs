using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Verification;
using ESign.Pki.Validation;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Verification;

/// <summary>What later revisions do to signatures themselves: taking them away, replacing them, showing them elsewhere.</summary>
public class HistoryTests
{
    [Fact]
    public async Task A_signature_taken_away_by_a_later_revision_is_still_reported()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] changed = Append(await fixture.SignAsync(), (document, update) =>
        {
            SignatureField field = document.SignatureFields[0];
            update.Set(field.Field.Reference!, field.Field.Dictionary.Without("V"));
        });

        VerificationResult result = await fixture.VerifyAsync(changed);
        SignatureVerdict verdict = Assert.Single(result.Signatures);
        Assert.Equal(DocumentVerdict.Invalid, result.Verdict);
        Assert.True(verdict is { IsRemoved: true, DigestIntact: true, SignatureIntact: true, IsTampered: true });
        Assert.Contains(verdict.Checks, check => check.Rule == CheckRule.Removed);
        Assert.Equal(["Signature1"], result.UnsignedFields);
    }

    /// <summary>A dictionary replaced under the same number keeps the byte range but shows another reason.</summary>
    [Fact]
    public async Task A_replaced_signature_dictionary_is_found_and_the_signed_one_is_reported()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] signed = await fixture.SignAsync(options: new() { Reason = "同意" });
        byte[] changed = Append(signed, (document, update) =>
        {
            SignatureField field = document.SignatureFields[0];
            update.Set(field.ValueReference!, field.Value!.With("Reason", PdfString.Text("反对")));
        });

        VerificationResult result = await fixture.VerifyAsync(changed);
        SignatureVerdict verdict = Assert.Single(result.Signatures);
        Assert.Equal(DocumentVerdict.Invalid, result.Verdict);
        Assert.Equal("同意", verdict.Reason);
        Assert.Contains(verdict.Checks, check => check is { Rule: CheckRule.SignatureDictionary, Outcome: CheckOutcome.Failed });
    }

    [Fact]
    public async Task Fields_that_share_a_signature_dictionary_are_one_signature_in_several_places()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] changed = Append(await fixture.SignAsync(), (document, update) =>
        {
            PdfReference second = update.Add(new PdfDictionary(
                ("FT", new PdfName("Sig")), ("T", PdfString.Text("second")), ("V", document.SignatureFields[0].ValueReference!),
                ("Type", new PdfName("Annot")), ("Subtype", new PdfName("Widget")), ("Rect", new PdfArray(10, 10, 60, 60)), ("P", document.GetPage(2).Reference!)));
            Page page = document.GetPage(2);
            update.Set(update.ReferenceOf(page), update.DictionaryOf(page).With("Annots", new PdfArray(second)));
            PdfDictionary form = document.AcroForm.Dictionary!;
            update.SetCatalogEntry("AcroForm", form.With("Fields", ((PdfArray)document.Resolve(form["Fields"])).With(second)));
        });

        SignatureVerdict verdict = Assert.Single((await fixture.VerifyAsync(changed)).Signatures);
        Assert.Equal(["Signature1", "second"], verdict.Places.Select(place => place.FieldName));
        Assert.Equal([1, 2], verdict.Places.Select(place => place.Page));
        Assert.True(verdict.DigestIntact && verdict.SignatureIntact);
    }

    [Fact]
    public async Task Certification_and_its_permission_are_reported()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] signed = await fixture.SignAsync(options: new() { Certification = Pdf.Signing.CertificationLevel.FormFilling });
        SignatureVerdict verdict = await fixture.VerifyFirstAsync(signed);
        Assert.Equal((Indication.Passed, 2), (verdict.Indication, verdict.DocMdp));
    }

    [Fact]
    public async Task Twenty_five_signatures_are_each_judged_for_their_own_revision()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] signed = await fixture.SignAsync();
        for (int i = 1; i < 25; i++)
        {
            signed = await fixture.SignAsync(signed);
        }

        VerificationResult result = await fixture.VerifyAsync(signed);
        Assert.True(result.Verdict == DocumentVerdict.Valid, LevelTests.Explain(result));
        Assert.Equal(Enumerable.Range(2, 25), result.Signatures.Select(signature => signature.Revision!.Value));
        Assert.Equal(Coverage.WholeFile, result.Signatures[^1].Coverage);
    }

    /// <summary>Where the chain of cross-references breaks nobody can tell what was signed; the verdict names the break.</summary>
    [Fact]
    public async Task A_broken_cross_reference_under_a_signature_is_said_to_be_the_reason()
    {
        Attacks.Victim victim = await Attacks.Victim.CreateAsync();
        byte[] broken = Attacks.UpdateAttacks.F(victim).Object(90, "<<>>").End(previous: 999_999);

        VerificationResult? result = await victim.VerifyAsync(broken);
        Assert.Contains(result!.Signatures[0].Checks, check => check is { Rule: CheckRule.Coverage, Outcome: CheckOutcome.Failed } && check.Message.Contains("the cross-reference of the file is broken", StringComparison.Ordinal));
    }

    /// <summary>A signature dictionary that only unlocks functions of a reader (§12.8.2.3) stands in no field; any other that does is a signature somebody took away.</summary>
    [Theory]
    [InlineData("UR3", DocumentVerdict.Unsigned)]
    [InlineData("UR", DocumentVerdict.Unsigned)]
    [InlineData("DocMDP", DocumentVerdict.Invalid)]
    public async Task Usage_rights_are_no_signature(string transform, DocumentVerdict expected)
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] document = TestPdf.WithPages(catalog: "/Perms<</UR3 20 0 R>>")
            .Object(20, $"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 10 20 30]/Contents<3003020101>/Reference[<</Type/SigRef/TransformMethod/{transform}/TransformParams<</V/2.2>>>>]>>")
            .EndRevision(XrefStyle.Table, "/Root 1 0 R")
            .ToBytes();

        Assert.Equal(expected, (await fixture.VerifyAsync(document)).Verdict);
    }

    private static byte[] Append(byte[] original, Action<PdfDocument, IncrementalUpdate> change)
    {
        using PdfDocument document = PdfDocument.Open(original);
        var update = new IncrementalUpdate(document, static span => span.Fill(0x42));
        change(document, update);
        using AppendedSection section = update.Build();
        return [.. original, .. section.Bytes.Span];
    }
}
