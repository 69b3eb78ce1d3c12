using static ESign.Pdf.Tests.Verification.Attacks.PreparedAttack;

namespace ESign.Pdf.Tests.Verification.Attacks;

/// <summary>Fields that are filled in so that they say one thing and show another.</summary>
internal static class FieldAttacks
{
    private const string Picture = "/Type/XObject/Subtype/Image/Width 8/Height 1/BitsPerComponent 1/ColorSpace/DeviceGray";

    public static Dictionary<string, PreparedAttack> All { get; } = new(StringComparer.Ordinal)
    {
        ["value of a group"] = new(
            pdf => pdf.Object(4, $"<<{Form}/Fields[{Fields} 60 0 R]>>").Object(60, "<</FT/Tx/T(g)/V(1000)/Kids[61 0 R]>>").Object(61, Widget("", "k", "/Parent 60 0 R/AP<</N 34 0 R>>")).Object(10, PageWith("61 0 R")),
            v => F(v).Edit(60, ("V", "(9000)")).End()),
        ["flags of a group"] = new(
            pdf => pdf.Object(4, $"<<{Form}/Fields[{Fields} 60 0 R]>>").Object(60, "<</FT/Tx/T(g)/V(1000)/Kids[61 0 R]>>").Object(61, Widget("", "k", "/Parent 60 0 R/AP<</N 34 0 R>>")).Object(10, PageWith("61 0 R")),
            v => F(v).Edit(60, ("Ff", "8192")).End()),
        ["second widget of a field"] = new(
            pdf => pdf.Object(4, $"<<{Form}/Fields[{Fields} 60 0 R]>>").Object(60, "<</FT/Tx/T(g)/V(1000)/Kids[61 0 R 62 0 R]>>")
                .Object(61, Kid("[200 300 300 320]")).Object(62, Kid("[200 200 300 220]")).Object(10, PageWith("61 0 R 62 0 R")),
            v => F(v).Edit(62, ("AP", "<</N 91 0 R>>")).Stream(91, Victim.FormEntries, Nine).End()),
        ["check box with one look for all states"] = new(null, v => F(v).Edit(31, ("AP", "<</N 91 0 R>>")).Stream(91, Victim.FormEntries, "0 0 20 20 re f").End()),
        ["ticked check box loses its state"] = new(
            pdf => pdf.Object(31, "<</Type/Annot/Subtype/Widget/FT/Btn/T(agree)/V/On/AS/On/F 4/Rect[300 560 320 580]/P 10 0 R/AP<</N<</On 40 0 R/Off 41 0 R>>>>>>"),
            v => F(v).Edit(31, ("AS", "/Off"), ("AP", "<</N<</Off 41 0 R>>>>")).End()),
        ["ticked check box's picture overwritten"] = new(
            pdf => pdf.Object(31, "<</Type/Annot/Subtype/Widget/FT/Btn/T(agree)/V/On/AS/On/F 4/Rect[300 560 320 580]/P 10 0 R/AP<</N<</On 60 0 R/Off 41 0 R>>>>>>")
                .Stream(60, "/Type/XObject/Subtype/Form/BBox[0 0 20 20]/Resources<</XObject<</X 61 0 R>>>>", "20 0 0 20 0 0 cm /X Do").Stream(61, Picture, "\u00FF"),
            v => F(v).Stream(61, Picture, "\0").End()),
        ["value in a stream"] = new(null, v => F(v).Edit(30, ("V", "91 0 R")).Stream(91, "", "9000").End()),
        ["value as a name"] = new(null, v => F(v).Edit(30, ("V", "/9000")).End()),
        ["digits in another order"] = new(null, v => Fill(v, "1900", "9100")),
        ["digits before the value"] = new(null, v => Fill(v, "1000", "91000")),
        ["digits after the value"] = new(null, v => Fill(v, "1000", "10000")),
        ["less than the value"] = new(null, v => Fill(v, "9000", "9")),
        ["point in the value"] = new(null, v => Fill(v, "1000", "10.00")),
        ["point in the value among words"] = new(null, v => Fill(v, "pay 1000 yuan", "pay 10.00 yuan")),
        ["sign of the value"] = new(null, v => Fill(v, "-1000", "1000")),
        ["days and months exchanged with something else"] = new(null, v => Fill(v, "1 9 1000", "1 9 9000")),
        ["not before the value"] = new(null, v => Fill(v, "agreed", "not agreed")),
        ["replacement text"] = new(null, v => F(v).Edit(30, ("V", "(1000)"), ("AP", "<</N 91 0 R>>")).Stream(91, Victim.FormEntries, "/Span<</ActualText(1000)>>BDC BT /F1 10 Tf 2 2 Td (9000) Tj ET EMC").End()),
        ["value in invisible text, picture over it"] = new(null, v => F(v).Edit(30, ("V", "(1000)"), ("AP", "<</N 91 0 R>>"))
            .Stream(91, "/Type/XObject/Subtype/Form/BBox[0 0 100 50]/Resources<</Font<</F1 13 0 R>>/XObject<</X 92 0 R>>>>", "BT /F1 10 Tf 3 Tr 2 2 Td (1000) Tj ET 100 0 0 50 0 0 cm /X Do").Stream(92, Picture, "\u00AA").End()),
        ["value outside of what is shown"] = new(null, v => F(v).Edit(30, ("V", "(1000)"), ("AP", "<</N 91 0 R>>"))
            .Stream(91, Victim.FormEntries, "BT /F1 10 Tf 2 200 Td (1000) Tj ET BT /F1 10 Tf 2 2 Td (9000) Tj ET").End()),
        ["font that names its glyphs otherwise"] = new(null, v => F(v).Edit(30, ("V", "(1000)"), ("AP", "<</N 91 0 R>>"))
            .Stream(91, "/Type/XObject/Subtype/Form/BBox[0 0 100 50]/Resources<</Font<</F1 92 0 R>>>>", "BT /F1 10 Tf 2 2 Td (9000) Tj ET")
            .Object(92, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 93 0 R>>")
            .Stream(93, "", "/CIDInit/ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00><FF> endcodespacerange 2 beginbfchar <39><0031> <30><0030> endbfchar endcmap end end").End()),
        ["rich text"] = new(null, v => F(v).Edit(30, ("RV", "(<body><p>9000</p></body>)")).End()),
        ["choice by its index"] = new(null, v => F(v).Edit(32, ("I", "[1]")).End()),
        ["rollover"] = new(null, v => F(v).Edit(30, ("AP", "<</N 34 0 R/R 91 0 R>>")).Stream(91, Victim.FormEntries, Nine).End()),
        ["default appearance of a field that readers draw"] = new(
            pdf => pdf.Object(4, $"<<{Form}/Fields[{Fields} 60 0 R]>>").Object(60, "<</Type/Annot/Subtype/Widget/FT/Tx/T(left)/V(1000)/F 4/Rect[200 300 300 320]/P 10 0 R>>").Object(10, PageWith("60 0 R")),
            v => F(v).Edit(4, ("DA", "(/F1 10 Tf 3 Tr)")).End(),
            Certification: 1),
        ["font added for a field that readers draw"] = new(
            pdf => pdf.Object(4, $"<<{Form}/Fields[{Fields} 60 0 R]>>").Object(60, "<</Type/Annot/Subtype/Widget/FT/Tx/T(left)/V(1000)/DA(/Other 10 Tf 0 g)/F 4/Rect[200 300 300 320]/P 10 0 R>>").Object(10, PageWith("60 0 R")),
            v => F(v).Edit(4, ("DR", "<</Font<</F1 13 0 R/F2 48 0 R/Other 90 0 R>>>>")).Object(90, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[49/nine]>>>>").End(),
            Certification: 1),
        ["two fields of one name, one waits for a signature"] = new(
            pdf => pdf.Object(4, $"<<{Form}/Fields[{Fields} 60 0 R 61 0 R]>>").Object(60, "<</Type/Annot/Subtype/Widget/FT/Tx/Ff 1/T(C)/F 4/Rect[200 300 300 320]/P 10 0 R>>")
                .Object(61, "<</Type/Annot/Subtype/Widget/FT/Sig/T(C)/F 132/Rect[200 200 300 250]/P 10 0 R>>").Object(10, PageWith("60 0 R 61 0 R")),
            v => F(v).Edit(60, ("AP", "<</N 91 0 R>>")).Edit(61, ("AP", "<</N 91 0 R>>")).Stream(91, Victim.FormEntries, Nine).End()),
        ["text field with states"] = new(
            pdf => pdf.Object(30, "<</Type/Annot/Subtype/Widget/FT/Tx/T(amount)/V(1000)/AS/A/F 4/Rect[300 600 400 620]/P 10 0 R/AP<</N<</A 34 0 R/B 60 0 R>>>>>>").Stream(60, Victim.FormEntries, Nine),
            v => F(v).Edit(30, ("AS", "/B")).End()),
        ["hidden field over text is shown"] = new(
            pdf => pdf.Object(30, "<</Type/Annot/Subtype/Widget/FT/Tx/T(amount)/V(Pay 9000)/F 2/Rect[60 690 300 720]/P 10 0 R/AP<</N 60 0 R>>>>")
                .Stream(60, Victim.FormEntries, "1 g 0 0 100 50 re f 0 g BT /F1 10 Tf 2 2 Td (Pay 9000) Tj ET"),
            v => F(v).Edit(30, ("F", "4")).End()),
        ["empty field over text is filled in"] = new(
            pdf => pdf.Object(30, "<</Type/Annot/Subtype/Widget/FT/Tx/T(amount)/F 4/Rect[60 690 300 720]/P 10 0 R/AP<</N 60 0 R>>>>").Stream(60, Victim.FormEntries, ""),
            v => F(v).Edit(30, ("V", "(Pay 9000)")).Stream(60, Victim.FormEntries, "1 g 0 0 100 50 re f 0 g BT /F1 10 Tf 2 2 Td (Pay 9000) Tj ET").End()),
        ["button over text gets a picture"] = new(
            pdf => pdf.Object(31, "<</Type/Annot/Subtype/Widget/FT/Btn/Ff 65536/T(agree)/F 4/Rect[60 690 300 720]/P 10 0 R>>"),
            v => F(v).Edit(31, ("AP", "<</N 91 0 R>>")).Stream(91, "/Type/XObject/Subtype/Form/BBox[0 0 100 50]/Resources<</XObject<</X 92 0 R>>>>", "100 0 0 50 0 0 cm /X Do").Stream(92, Picture, "\u00AA").End()),
        ["check box over text is ticked"] = new(
            pdf => pdf.Object(31, "<</Type/Annot/Subtype/Widget/FT/Btn/T(agree)/V/Off/AS/Off/F 4/Rect[60 690 300 720]/P 10 0 R/AP<</N<</On 40 0 R/Off 41 0 R>>>>>>"),
            v => F(v).Edit(31, ("V", "/On"), ("AS", "/On")).End()),
    };

    private static Forgery F(Victim victim) => new(victim.Signed);

    private static string Widget(string type, string name, string more) => $"<</Type/Annot/Subtype/Widget{type}/T({name})/F 4/Rect[200 300 300 320]/P 10 0 R{more}>>";

    private static string Kid(string box) => $"<</Type/Annot/Subtype/Widget/Parent 60 0 R/F 4/Rect{box}/P 10 0 R/AP<</N 34 0 R>>>>";

    private static byte[] Fill(Victim victim, string value, string shown) => F(victim)
        .Edit(30, ("V", $"({value})"), ("AP", "<</N 91 0 R>>"))
        .Stream(91, Victim.FormEntries, $"BT /F1 10 Tf 2 2 Td ({shown}) Tj ET")
        .End();
}
