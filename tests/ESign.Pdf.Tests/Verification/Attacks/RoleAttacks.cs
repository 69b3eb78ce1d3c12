using static ESign.Pdf.Tests.Verification.Attacks.PreparedAttack;

namespace ESign.Pdf.Tests.Verification.Attacks;

/// <summary>Objects that are two things at once: what may be changed of the one is the other's content.</summary>
internal static class RoleAttacks
{
    private const string Box = "[60 690 300 720]";

    public static Dictionary<string, PreparedAttack> All { get; } = new(StringComparer.Ordinal)
    {
        ["picture named as a way up the tree"] = new(
            pdf => pdf.Object(10, $"<<{Page}/Resources<</Font<</F1 13 0 R>>/XObject<</P 47 0 R>>>>/Annots[{Annotations}]>>"),
            v => F(v).Stream(47, "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", "y").End()),
        ["font named as a way up the tree, in a dictionary of its own"] = new(
            pdf => pdf.Object(10, $"<<{Page}/Resources<</Font 60 0 R>>/Annots[{Annotations}]>>").Object(60, "<</Type/Annot/S/Span/F1 13 0 R/Parent 61 0 R>>").Object(61, Victim.Font),
            v => F(v).Object(61, Victim.Font.Replace("Helvetica", "Symbol", StringComparison.Ordinal)).End()),
        ["page tree that is the layers' configuration"] = new(
            pdf => pdf.Object(1, $"<<{Catalog}/OCProperties<</OCGs[45 0 R 46 0 R]/D 2 0 R>>>>").Object(2, Pages + "/ON[45 0 R]/OFF[46 0 R]>>"),
            v => F(v).Edit(2, ("ON", "[46 0 R]"), ("OFF", "[45 0 R]")).End(),
            Certification: 1),
        ["comment that is a graphics state"] = new(
            pdf => pdf.Object(38, "<</Type/Annot/Subtype/Text/Contents(note)/Rect[20 20 40 40]/P 10 0 R/ca 1>>")
                .Object(10, $"<<{Page}/Resources<</Font<</F1 13 0 R>>/ExtGState<</T 38 0 R>>>>/Annots[{Annotations}]>>"),
            v => F(v).Edit(38, ("ca", "0")).End(),
            Certification: 3),
        ["comment that is a font's encoding"] = new(
            pdf => pdf.Object(38, "<</Type/Annot/Subtype/Text/Contents(note)/Rect[20 20 40 40]/P 10 0 R/Differences[1/one]>>")
                .Object(13, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding 38 0 R>>"),
            v => F(v).Edit(38, ("Differences", "[49/nine]")).End(),
            Certification: 3),
        ["field that is an attached file"] = new(
            pdf => pdf.Object(4, $"<<{Form}/Fields[{Fields} 49 0 R]>>").Object(49, "<</FT/Tx/T(file)/Type/Filespec/F(a.txt)/EF<</F 5 0 R>>>>"),
            v => F(v).Edit(49, ("F", "(contract.exe)")).End()),
        ["field that is the layers' configuration"] = new(
            pdf => pdf.Object(1, $"<<{Catalog}/OCProperties<</OCGs[45 0 R 46 0 R]/D 60 0 R>>>>").Object(4, $"<<{Form}/Fields[{Fields} 60 0 R]>>")
                .Object(60, "<</FT/Tx/T(layers)/ON[45 0 R]/OFF[46 0 R]>>").Object(46, "<</Type/OCG/Name(hidden)/Usage<</View<</ViewState/ON>>>>>>"),
            v => F(v).Edit(60, ("AS", "[<</Event/View/OCGs[46 0 R]/Category[/View]>>]")).End()),
        ["field that is an action"] = new(
            pdf => pdf.Object(1, $"<<{Catalog.Replace("[10 0 R/Fit]", " 60 0 R", StringComparison.Ordinal)}>>").Object(4, $"<<{Form}/Fields[{Fields} 60 0 R]>>")
                .Object(60, "<</FT/Tx/T(action)/S/Launch/F(a.txt)>>"),
            v => F(v).Edit(60, ("F", "(evil.exe)")).End()),
        ["signed field's twin in the form, the widget stays"] = new(null, v => F(v)
            .Edit(4, ("Fields", "[90 0 R 22 0 R 30 0 R 31 0 R 32 0 R 33 0 R]")).Object(90, F(v).Text(20))
            .Edit(20, ("Rect", Box), ("FT", null), ("V", null), ("T", null)).End()),
        ["text field's twin in the form, the widget stays"] = new(null, v => F(v)
            .Edit(4, ("Fields", "[20 0 R 22 0 R 90 0 R 31 0 R 32 0 R 33 0 R]")).Object(90, F(v).Text(30))
            .Edit(30, ("Rect", "[0 0 595 842]"), ("AP", "<</N 91 0 R>>")).Stream(91, Victim.FormEntries, Nine).End()),
        ["text field's widget becomes a new signature field's"] = new(null, v => F(v)
            .Edit(4, ("Fields", $"[20 0 R 22 0 R 91 0 R 31 0 R 32 0 R 33 0 R 90 0 R]")).Object(91, F(v).Text(30))
            .Object(90, "<</FT/Sig/T(new)/Kids[30 0 R]>>").Object(30, "<</Type/Annot/Subtype/Widget/Parent 90 0 R/F 4/Rect[300 600 400 620]/P 10 0 R>>").End()),
        ["comment's picture is the page's"] = new(
            pdf => pdf.Object(38, "<</Type/Annot/Subtype/Stamp/Contents(note)/Rect[20 20 40 40]/P 10 0 R/AP<</N 60 0 R>>>>").Stream(60, Victim.FormEntries, "")
                .Object(10, $"<<{Page}/Resources<</Font<</F1 13 0 R>>/XObject<</X1 60 0 R>>>>/Annots[{Annotations}]>>"),
            v => F(v).Stream(60, Victim.FormEntries, Nine).End(),
            Certification: 3),
        ["structure that reads otherwise aloud"] = new(
            pdf => pdf.Object(1, $"<<{Catalog}/StructTreeRoot 60 0 R/MarkInfo<</Marked true>>>>").Object(60, "<</Type/StructTreeRoot/K[61 0 R]>>").Object(61, "<</Type/StructElem/S/P/P 60 0 R/Pg 10 0 R/K 0>>")
                .Stream(12, "", "/P<</MCID 0>>BDC BT /F1 12 Tf 72 700 Td (Pay 1000 yuan) Tj ET EMC"),
            v => F(v).Edit(60, ("K", "[61 0 R 90 0 R]")).Object(90, "<</Type/StructElem/S/P/P 60 0 R/Pg 10 0 R/K 0/ActualText(Pay 9000 yuan)>>").End()),
        ["structure of a document that had none"] = new(
            pdf => pdf.Stream(12, "", "/P<</MCID 0>>BDC BT /F1 12 Tf 72 700 Td (Pay 1000 yuan) Tj ET EMC"),
            v => F(v).Edit(1, ("StructTreeRoot", "90 0 R")).Object(90, "<</Type/StructTreeRoot/K[91 0 R]>>").Object(91, "<</Type/StructElem/S/P/P 90 0 R/Pg 10 0 R/K 0/ActualText(Pay 9000 yuan)>>").End()),
    };

    private static Forgery F(Victim victim) => new(victim.Signed);
}
