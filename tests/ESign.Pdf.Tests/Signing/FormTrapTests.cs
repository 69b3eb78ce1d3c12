using System.Globalization;
using System.Text;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Signing;

/// <summary>Forms and annotations as real files have them, signed. Trap numbers: the list of byte-level traps of incremental signing.</summary>
public sealed class FormTrapTests
{
    private static readonly Seal Official = Seal.Draw(SealDesign.Official("深圳示例科技有限公司", "4403000000001"));

    [Theory]
    [InlineData(XrefStyle.Table)]
    [InlineData(XrefStyle.Stream)]
    public async Task Trap17_the_signature_dictionary_is_a_top_level_object(XrefStyle style)
    {
        byte[] signed = await SignAsync(TestPdf.WithPages(style).ToBytes());
        Assert.Matches(@"\n\d+ 0 obj\s*<</Type/Sig/", Encoding.Latin1.GetString(signed));
    }

    [Fact]
    public async Task Trap20_the_form_is_changed_where_it_stands_and_keeps_its_resources()
    {
        const string Form = "<</Fields[]/DR<</Font<</Helv 30 0 R>>>>/DA(/Helv 0 Tf 0 g)>>";
        byte[] absent = await SignAsync(TestPdf.WithPages().ToBytes());
        byte[] direct = await SignAsync(TestPdf.WithPages(catalog: "/AcroForm" + Form).ToBytes());
        byte[] indirect = await SignAsync(TestPdf.WithPages(catalog: "/AcroForm 31 0 R").Object(31, Form).EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes());
        foreach (byte[] signed in (byte[][])[absent, direct, indirect])
        {
            using PdfDocument document = PdfDocument.Open(signed);
            Assert.Single(document.SignatureFields);
            Assert.Equal(!ReferenceEquals(signed, absent), document.AcroForm.Dictionary!.ContainsKey("DR") && document.AcroForm.Dictionary.ContainsKey("DA"));
            Assert.Equal(ReferenceEquals(signed, indirect), document.AcroForm.Entry is PdfReference { Number: 31 });
            Assert.Equal(ReferenceEquals(signed, direct), document.AcroForm.Entry is PdfDictionary);
        }
    }

    /// <summary>Later signers rewrite the small form instead of the catalog; poppler 22.12 can add a field to no other form.</summary>
    [Fact]
    public async Task A_new_form_is_an_object_of_its_own_which_the_next_signature_extends()
    {
        string first = Encoding.Latin1.GetString(await SignAsync(TestPdf.WithPages().ToBytes()));
        string both = Encoding.Latin1.GetString(await SignAsync(Encoding.Latin1.GetBytes(first)));
        Assert.Matches(@"/AcroForm \d+ 0 R", first);
        Assert.Matches(@"\d+ 0 obj\s<</Fields\[\d+ 0 R \d+ 0 R\]/SigFlags 3>>", both[first.Length..]);
        Assert.DoesNotContain("/Type/Catalog", both[first.Length..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trap21_the_first_signature_sets_SigFlags_3_and_no_later_one_touches_them()
    {
        byte[] first = await SignAsync(TestPdf.WithPages(catalog: "/AcroForm 31 0 R").Object(31, "<</Fields[]/SigFlags 1>>").EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes());
        byte[] second = await SignAsync(first);
        foreach (byte[] signed in (byte[][])[first, second])
        {
            using PdfDocument document = PdfDocument.Open(signed);
            Assert.Equal(3, document.AcroForm.SignatureFlags);
        }
    }

    [Fact]
    public async Task Trap22_NeedAppearances_is_taken_away()
    {
        byte[] signed = await SignAsync(TestPdf.WithPages(catalog: "/AcroForm<</Fields[]/NeedAppearances true>>").ToBytes());
        using PdfDocument document = PdfDocument.Open(signed);
        Assert.False(document.AcroForm.Dictionary!.ContainsKey("NeedAppearances"));
    }

    [Fact]
    public async Task Trap23_shared_annots_array_of_two_pages_and_the_form_changes_for_the_signed_page_alone()
    {
        byte[] original = TestPdf.WithPages(pages: 2, catalog: "/AcroForm<</Fields 30 0 R>>", page: "/Annots 30 0 R")
            .Object(30, "[31 0 R]")
            .Object(31, "<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/Rect[10 10 90 30]/F 4>>")
            .EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();
        byte[] signed = await SignAsync(original, new SignatureOptions { Seal = Official.Place(SealPlacement.At(2, 100, 100)) });
        using PdfDocument document = PdfDocument.Open(signed);
        PdfArray Annotations(int page) => (PdfArray)document.Resolve(document.GetPage(page).Dictionary["Annots"]);
        Assert.Single(Annotations(1));
        Assert.Equal(2, Annotations(2).Count);
        Assert.Single((PdfArray)document.Resolve(new PdfReference(30)));
        Assert.Equal(["name", "Signature1"], document.AcroForm.Fields.Select(field => field.Name).Order(StringComparer.Ordinal).Reverse());
    }

    [Theory]
    [InlineData("merged", "here")]
    [InlineData("kid", "here")]
    [InlineData("hierarchy", "party.a.here")]
    [InlineData("hidden without page", "here")]
    public async Task Trap24_existing_fields_of_every_shape_are_filled(string shape, string name)
    {
        const string Widget = "/Type/Annot/Subtype/Widget/Rect[100 100 200 160]/MK<</BC[1 0 0]>>";
        TestPdf pdf = TestPdf.WithPages(catalog: "/AcroForm<</Fields[30 0 R]>>", page: shape is "kid" ? "/Annots[31 0 R]" : shape is "hierarchy" ? "/Annots[32 0 R]" : "/Annots[30 0 R]");
        _ = shape switch
        {
            "merged" => pdf.Object(30, $"<<{Widget}/FT/Sig/T(here)/P 10 0 R/F 64>>"),
            "kid" => pdf.Object(30, "<</FT/Sig/T(here)/Kids[31 0 R]>>").Object(31, $"<<{Widget}/Parent 30 0 R/P 10 0 R/F 64>>"),
            "hierarchy" => pdf.Object(30, "<</T(party)/Kids[31 0 R]>>").Object(31, "<</T(a)/Parent 30 0 R/FT/Sig/Kids[32 0 R]>>").Object(32, $"<<{Widget}/T(here)/Parent 31 0 R/P 10 0 R/F 64>>"),
            _ => pdf.Object(30, $"<<{Widget}/FT/Sig/T(here)/F 98>>"),
        };
        byte[] original = pdf.EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();
        byte[] signed = await SignAsync(original, new SignatureOptions { FieldName = name, Seal = Official.Place(SealPlacement.InField(name)) });
        using var folder = new TemporaryFolder();
        string file = folder.Write("signed.pdf", signed);
        Assert.Empty(Witness.QpdfComplaints(file));
        Witness.PdfSigEntry entry = Assert.Single(Witness.PdfSig(file));
        Assert.True(entry.IsValid, entry.Text);

        using PdfDocument document = PdfDocument.Open(signed);
        SignatureField field = Assert.Single(document.SignatureFields);
        Assert.Equal(name, field.Name);
        Widget widget = Assert.Single(field.Field.Widgets);
        Assert.Equal(64 | 4 | 128, Assert.IsType<PdfInteger>(widget.Dictionary["F"]).Value); // the user's own flag stays, Print and Locked come, Hidden and NoView go
        Assert.True(widget.Dictionary.ContainsKey("MK"));
        Assert.IsType<PdfStream>(document.Resolve(((PdfDictionary)document.Resolve(widget.Dictionary["AP"]))["N"]));
        Assert.Single((PdfArray)document.Resolve(document.GetPage(1).Dictionary["Annots"]));
    }

    [Fact]
    public async Task Trap25_names_have_no_full_stop_and_never_collide()
    {
        byte[] original = TestPdf.WithPages(catalog: "/AcroForm<</Fields[30 0 R 31 0 R]>>")
            .Object(30, "<</T(Signature1)/FT/Tx/V(text)>>").Object(31, "<</T(party)/Kids[32 0 R]>>").Object(32, "<</T(a)/Parent 31 0 R/FT/Tx>>")
            .EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();
        using PdfDocument document = PdfDocument.Open(await SignAsync(original));
        Assert.Equal("Signature2", Assert.Single(document.SignatureFields).Name);
        Assert.Equal(SigningRefusal.FieldName, await RefusalAsync(original, "a.b"));
        Assert.Equal(SigningRefusal.FieldName, await RefusalAsync(original, ""));
        Assert.Equal(SigningRefusal.FieldNotFound, await RefusalAsync(original, "Signature1"));
        Assert.Equal(SigningRefusal.FieldNotFound, await RefusalAsync(original, "party"));
    }

    [Fact]
    public async Task Trap26_every_signature_field_has_exactly_one_widget()
    {
        byte[] signed = await SignAsync(TestPdf.WithPages(pages: 4).ToBytes(), new SignatureOptions
        {
            Seal = Official.Place(SealPlacement.At(1, 100, 100)),
            Stamps = [Official.Place(SealPlacement.AcrossPages(PageEdge.Right)), Official.Place(SealPlacement.OnPages(PageSelection.Odd, 10, 500))],
        });
        using PdfDocument document = PdfDocument.Open(signed);
        Assert.Single(Assert.Single(document.SignatureFields).Field.Widgets);
        FormField[] pieces = [.. document.AcroForm.Fields.Where(field => field.Name.Contains('.', StringComparison.Ordinal))];
        Assert.Equal(["Signature1-1.p1", "Signature1-1.p2", "Signature1-1.p3", "Signature1-1.p4", "Signature1-2.p1", "Signature1-2.p2"], pieces.Select(piece => piece.Name));
        Assert.All(pieces, piece => Assert.Single(piece.Widgets));
    }

    [Fact]
    public async Task Trap27_an_invisible_signature_has_an_appearance_is_printed_and_not_hidden()
    {
        using PdfDocument document = PdfDocument.Open(await SignAsync(TestPdf.WithPages().ToBytes()));
        PdfDictionary widget = Assert.Single(Assert.Single(document.SignatureFields).Field.Widgets).Dictionary;
        Assert.Equal([0, 0, 0, 0], ((PdfArray)widget["Rect"]!).Select(number => (int)((PdfInteger)number).Value));
        Assert.Equal(4 | 128, ((PdfInteger)widget["F"]!).Value);
        Assert.Equal("Form", ((PdfName)((PdfStream)document.Resolve(((PdfDictionary)document.Resolve(widget["AP"]))["N"])).Dictionary["Subtype"]!).Value);
    }

    /// <summary>A field that nobody sees is signed, but not without saying so; a seal is not said to stand where it cannot be seen.</summary>
    [Theory]
    [InlineData("/Subtype/Widget/Rect[100 100 200 160]", true)]
    [InlineData("", true)]
    [InlineData("/Subtype/Widget/Rect[100 100 100 100]/P 10 0 R", false)]
    public async Task A_field_that_no_page_shows_is_noted_and_takes_no_seal(string widget, bool isNoted)
    {
        TestPki pki = await TestPki.SharedAsync();
        byte[] original = TestPdf.WithPages(catalog: "/AcroForm<</Fields[30 0 R]>>", page: isNoted ? "" : "/Annots[30 0 R]")
            .Object(30, $"<</FT/Sig/T(here){widget}>>").EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();
        async Task<SignatureReceipt> Sign(PlacedSeal? seal) =>
            await new PdfSigner(pki.Enterprise).SignAsync(new MemoryStream(original), new MemoryStream(), new SignatureOptions { FieldName = "here", Seal = seal });

        SignatureReceipt receipt = await Sign(seal: null);
        Assert.Empty(receipt.Places);
        Assert.Equal(isNoted, receipt.Notes.Any(note => note.Contains("No page shows the signature field \"here\": the signature is invisible.", StringComparison.Ordinal)));
        if (widget.Length > 0)
        {
            SealPlacementException refused = await Assert.ThrowsAsync<SealPlacementException>(() => Sign(Official.Place(SealPlacement.At(1, 100, 100))));
            Assert.Equal(SealPlacementError.FieldNotFound, refused.Code);
        }
        else
        {
            Assert.Single((await Sign(Official.Place(SealPlacement.At(1, 100, 100)))).Places);
        }
    }

    private static Task<byte[]> SignAsync(byte[] original, SignatureOptions? options = null) => SignatureTrapTests.SignAsync(original, options);

    private static async Task<SigningRefusal> RefusalAsync(byte[] original, string name) =>
        (await Assert.ThrowsAsync<SigningRefusedException>(() => SignAsync(original, new SignatureOptions { FieldName = name }))).Code;
}
