using System.Globalization;
using System.Text;

namespace ESign.Pdf.Tests.Verification.Attacks;

/// <summary>What can be put in an update that no signature allows, not even a certification that allows annotations.</summary>
/// <remarks>
/// Mladenov et al., CCS 2019 (incremental saving); Mainka et al., NDSS 2021 (shadow: hide, replace, hide and replace);
/// Rohlmann et al., IEEE S&amp;P 2021 (evil annotations, sneaky signatures).
/// </remarks>
internal static class UpdateAttacks
{
    private const string Box = "[60 690 300 720]";
    private const string Black = "0 0 300 300 re f";
    private const string Nine = "BT /F1 10 Tf 2 2 Td (9000) Tj ET";

    public static Dictionary<string, Func<Victim, byte[]>> All { get; } = new(StringComparer.Ordinal)
    {
        // Pages and what they lead to
        ["content overwritten"] = v => F(v).Stream(12, "", "BT /F1 12 Tf 72 700 Td (Pay 9000 yuan) Tj ET").End(),
        ["content replaced by prepared content"] = v => F(v).Edit(10, ("Contents", "15 0 R")).End(),
        ["content array"] = v => F(v).Edit(10, ("Contents", "[12 0 R 15 0 R]")).End(),
        ["content removed"] = v => F(v).Edit(10, ("Contents", null)).End(),
        ["inherited resources changed"] = v => F(v).Edit(2, ("Resources", "<</Font<</F1 48 0 R>>>>")).End(),
        ["inherited box changed"] = v => F(v).Edit(2, ("MediaBox", "[0 0 595 400]")).End(),
        ["resources given to a page that inherits them"] = v => F(v).Edit(11, ("Resources", "<</Font<</F1 48 0 R>>>>")).End(),
        ["font overwritten"] = v => F(v).Object(13, Victim.Font.Replace("Helvetica", "Symbol", StringComparison.Ordinal)).End(),
        ["font given differences"] = v => F(v).Object(13, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Type/Encoding/Differences[49/nine]>>>>").End(),
        ["picture overwritten"] = v => F(v).Stream(47, "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", "y").End(),
        ["page replaced"] = v => F(v).Edit(2, ("Kids", "[16 0 R 11 0 R]")).End(),
        ["page hidden"] = v => F(v).Edit(2, ("Kids", "[11 0 R]"), ("Count", "1")).End(),
        ["page tree replaced"] = v => F(v).Edit(1, ("Pages", "90 0 R")).Object(90, "<</Type/Pages/Count 1/Kids[16 0 R]>>").End(),
        ["page tree nested"] = v => F(v).Edit(2, ("Kids", "[90 0 R 11 0 R]")).Object(90, "<</Type/Pages/Count 1/Kids[10 0 R]/Parent 2 0 R/Rotate 180>>").Edit(10, ("Parent", "90 0 R")).End(),
        ["page parent elsewhere"] = v => F(v).Edit(11, ("Parent", "90 0 R")).Object(90, "<</Type/Pages/MediaBox[0 0 100 100]/Kids[11 0 R]/Count 1>>").End(),
        ["page given user unit"] = v => F(v).Edit(10, ("UserUnit", "10")).End(),
        ["page given additional actions"] = v => F(v).Edit(10, ("AA", "<</O<</S/JavaScript/JS(app.alert(1))>>>>")).End(),
        ["page given a transition"] = v => F(v).Edit(10, ("Dur", "0.1")).End(),
        ["page rotated"] = v => F(v).Edit(10, ("Rotate", "180")).End(),
        ["page crop box"] = v => F(v).Edit(10, ("CropBox", "[0 0 10 10]")).End(),
        ["page group"] = v => F(v).Edit(10, ("Group", "<</S/Transparency/CS/DeviceRGB>>")).End(),
        ["page duplicated in kids"] = v => F(v).Edit(2, ("Kids", "[10 0 R 11 0 R 10 0 R]"), ("Count", "3")).End(),
        ["page count lies"] = v => F(v).Edit(2, ("Count", "1")).End(),

        // The catalog
        ["catalog swapped"] = v => F(v).Object(90, "<</Type/Catalog/Pages 91 0 R/AcroForm 4 0 R>>").Object(91, "<</Type/Pages/Count 1/Kids[16 0 R]>>").End(Victim.Trailer.Replace("/Root 1 0 R", "/Root 90 0 R", StringComparison.Ordinal)),
        ["root missing in the trailer but in the stream"] = v => F(v).Object(90, "<</Type/Catalog/Pages 91 0 R/AcroForm 4 0 R>>").Object(91, "<</Type/Pages/Count 1/Kids[16 0 R]>>").Object(1, "90 0 R").End(),
        ["catalog typed otherwise"] = v => F(v).Edit(1, ("Type", "/Pages")).End(),
        ["open action"] = v => F(v).Edit(1, ("OpenAction", "<</S/JavaScript/JS(app.alert(1))>>")).End(),
        ["open action removed"] = v => F(v).Edit(1, ("OpenAction", null)).End(),
        ["catalog actions"] = v => F(v).Edit(1, ("AA", "<</WP<</S/JavaScript/JS(app.alert(1))>>>>")).End(),
        ["document script"] = v => F(v).Edit(7, ("JavaScript", "<</Names[(x) <</S/JavaScript/JS(app.alert(1))>>]>>")).End(),
        ["attachment added"] = v => F(v).Edit(7, ("EmbeddedFiles", "<</Names[(a) 49 0 R(b) 90 0 R]>>")).Object(90, "<</Type/Filespec/F(b.exe)/EF<</F 5 0 R>>>>").End(),
        ["attachment replaced"] = v => F(v).Edit(49, ("F", "(evil.txt)")).End(),
        ["attachment's content replaced"] = v => F(v).Edit(49, ("EF", "<</F 15 0 R>>")).End(),
        ["associated files"] = v => F(v).Edit(1, ("AF", "[49 0 R]")).End(),
        ["collection"] = v => F(v).Edit(1, ("Collection", "<</Type/Collection/View/D/D(a)>>")).End(),
        ["layers switched"] = v => F(v).Edit(1, ("OCProperties", "<</OCGs[45 0 R 46 0 R]/D<</ON[46 0 R]/OFF[45 0 R]>>>>")).End(),
        ["layers' base state"] = v => F(v).Edit(1, ("OCProperties", "<</OCGs[45 0 R 46 0 R]/D<</BaseState/ON>>>>")).End(),
        ["layer turned into another object"] = v => F(v).Edit(46, ("Usage", "<</View<</ViewState/ON>>>>")).End(),
        ["layers removed"] = v => F(v).Edit(1, ("OCProperties", null)).End(),
        ["page labels"] = v => F(v).Edit(1, ("PageLabels", "<</Nums[0<</S/r>>]>>")).End(),
        ["viewer preferences"] = v => F(v).Edit(1, ("ViewerPreferences", "<</HideToolbar true/HideMenubar true>>")).End(),
        ["outline"] = v => F(v).Edit(1, ("Outlines", "90 0 R")).Object(90, "<</Type/Outlines/First 91 0 R/Last 91 0 R/Count 1>>").Object(91, "<</Title(x)/Parent 90 0 R/A<</S/URI/URI(http://x)>>>>").End(),
        ["destinations"] = v => F(v).Edit(1, ("Dests", "<</x[10 0 R/Fit]>>")).End(),
        ["certification withdrawn or made up"] = v => F(v).Edit(1, ("Perms", "<</DocMDP 90 0 R>>")).Object(90, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 0 0 0]/Contents<00>>>").End(),
        ["requirements"] = v => F(v).Edit(1, ("Requirements", "[<</S/EnableJavaScripts>>]")).End(),
        ["store with a page in it"] = v => F(v).Edit(1, ("DSS", "<</Certs[12 0 R]>>"), ("Pages", "90 0 R")).Object(90, "<</Type/Pages/Count 1/Kids[16 0 R]>>").End(),
        ["store under the number of a page's content"] = v => F(v).Edit(1, ("DSS", "<</Certs[12 0 R]>>")).Stream(12, "", "0\u0082").End(),
        ["encryption added"] = v => F(v).Object(90, "<</Filter/Standard/V 1/R 2/O<00000000000000000000000000000000000000000000000000000000000000FF>/U<00000000000000000000000000000000000000000000000000000000000000FF>/P -4>>").End(Victim.Trailer + "/Encrypt 90 0 R"),
        ["page tree of a template"] = v => F(v).Edit(7, ("Pages", "<</Names[(t) 16 0 R]>>")).End(),
        ["name dictionary overwritten by null"] = v => F(v).Object(7, "null").End(),

        // The form
        ["XFA form added"] = v => F(v).Edit(4, ("XFA", "90 0 R")).Stream(90, "", "<xdp/>").End(),
        ["calculation order"] = v => F(v).Edit(4, ("CO", "[30 0 R]")).End(),
        ["default font redefined in its dictionary"] = v => F(v).Edit(4, ("DR", "<</Font<</F1 48 0 R/F2 48 0 R>>>>")).End(),
        ["default font overwritten"] = v => F(v).Object(48, Victim.Font.Replace("Helvetica", "Symbol", StringComparison.Ordinal)).End(),
        ["form removed"] = v => F(v).Edit(1, ("AcroForm", null)).End(),
        ["form replaced"] = v => F(v).Edit(1, ("AcroForm", "90 0 R")).Object(90, "<</Fields[22 0 R]/SigFlags 3>>").End(),
        ["signature flags cleared"] = v => F(v).Edit(4, ("SigFlags", "0")).End(),
        ["field added"] = v => F(v).Grow(4, "Fields", "90 0 R").Grow(10, "Annots", "90 0 R").Object(90, Widget("Tx", "extra", Box) + "/V(9000)/AP<</N 14 0 R>>>>").End(),
        ["field removed"] = v => F(v).Edit(4, ("Fields", "[20 0 R 22 0 R 31 0 R 32 0 R 33 0 R]")).End(),
        ["field hidden by its page"] = v => F(v).Edit(10, ("Annots", "[20 0 R 22 0 R 31 0 R 35 0 R 38 0 R 39 0 R 32 0 R]")).End(),
        ["field moved"] = v => F(v).Edit(30, ("Rect", "[60 690 300 720]")).End(),
        ["field made wide"] = v => F(v).Edit(30, ("Rect", "[0 0 595 842]")).End(),
        ["field's background"] = v => F(v).Edit(30, ("MK", "<</BG[0 0 0]>>")).End(),
        ["field's border"] = v => F(v).Edit(30, ("BS", "<</W 300>>")).End(),
        ["field's parent"] = v => F(v).Edit(30, ("Parent", "33 0 R")).End(),
        ["field's kids"] = v => F(v).Edit(30, ("Kids", "[90 0 R]")).Object(90, "<</Type/Annot/Subtype/Widget/Parent 30 0 R/Rect[60 690 300 720]/P 10 0 R/AP<</N 14 0 R>>>>").Grow(10, "Annots", "90 0 R").End(),
        ["field's second widget"] = v => F(v).Edit(33, ("Kids", "[35 0 R 36 0 R 90 0 R]")).Object(90, "<</Type/Annot/Subtype/Widget/FT/Tx/T(p3)/Parent 33 0 R/Rect[60 690 300 720]/P 10 0 R/AP<</N 14 0 R>>>>").Grow(10, "Annots", "90 0 R").End(),
        ["field's maximum length"] = v => F(v).Edit(30, ("MaxLen", "1")).End(),
        ["field's layer"] = v => F(v).Edit(30, ("OC", "46 0 R")).End(),
        ["field's action"] = v => F(v).Edit(30, ("A", "<</S/JavaScript/JS(x)>>")).End(),
        ["field's type"] = v => F(v).Edit(30, ("FT", "/Btn")).End(),
        ["field typed otherwise"] = v => F(v).Edit(30, ("Type", "/Foo"), ("V", "(1000)")).End(),
        ["field's mapping name"] = v => F(v).Edit(30, ("TM", "(other)")).End(),
        ["field's tooltip"] = v => F(v).Edit(30, ("TU", "(Nine thousand)")).End(),
        ["field swapped between pages"] = v => F(v).Edit(36, ("P", "10 0 R")).Edit(11, ("Annots", "[]")).Grow(10, "Annots", "36 0 R").End(),
        ["hidden appearance shown"] = v => F(v).Edit(30, ("V", "(9000)"), ("AP", "<</N 14 0 R>>")).End(),
        ["value not shown"] = v => F(v).Edit(30, ("V", "(9000)")).End(),
        ["value not shown, as a password is not"] = v => F(v).Edit(30, ("V", "(9000)"), ("Ff", "8192")).End(),
        ["appearance against value"] = v => F(v).Stream(34, Victim.FormEntries, Nine).End(),
        ["appearance's font overwritten"] = v => F(v).Edit(30, ("V", "(2000)"), ("AP", "<</N 90 0 R>>")).Stream(90, Victim.FormEntries, "BT /F1 10 Tf 2 2 Td (2000) Tj ET").Object(13, Victim.Font.Replace("Helvetica", "ZapfDingbats", StringComparison.Ordinal)).End(),
        ["choice shows another option"] = v => F(v).Stream(42, Victim.FormEntries, "BT /F1 10 Tf 2 2 Td (dollars) Tj ET").End(),
        ["choice made without showing it"] = v => F(v).Edit(32, ("V", "(USD)")).End(),
        ["choice's options"] = v => F(v).Edit(32, ("Opt", "[[(CNY)(dollars)][(USD)(yuan)]]")).End(),
        ["check box states swapped"] = v => F(v).Edit(31, ("AP", "<</N<</On 41 0 R/Off 40 0 R>>>>")).End(),
        ["check box state overwritten"] = v => F(v).Stream(41, Victim.FormEntries, Black).End(),
        ["check box shows another state than its value"] = v => F(v).Edit(31, ("AS", "/On")).End(),
        ["check box value without its state"] = v => F(v).Edit(31, ("V", "/On")).End(),
        ["check box given a state that shows content"] = v => F(v).Edit(31, ("V", "/X"), ("AS", "/X"), ("AP", "<</N<</On 40 0 R/Off 41 0 R/X 14 0 R>>>>")).End(),
        ["strip painted with prepared content"] = v => F(v).Edit(35, ("AP", "<</N 14 0 R>>")).End(),

        // The signed field itself
        ["seal moved"] = v => F(v).Edit(20, ("Rect", "[60 690 300 720]")).End(),
        ["seal moved to the other page"] = v => F(v).Edit(20, ("P", "11 0 R")).Grow(11, "Annots", "20 0 R").End(),
        ["seal's appearance"] = v => F(v).Edit(20, ("AP", "<</N 90 0 R>>")).Stream(90, Victim.FormEntries, Black).End(),
        ["seal's rotation"] = v => F(v).Edit(20, ("MK", "<</R 180>>")).End(),
        ["seal's appearance state"] = v => F(v).Edit(20, ("AS", "/X"), ("AP", "<</N<</X 14 0 R>>>>")).End(),
        ["seal hidden"] = v => F(v).Edit(20, ("F", "2")).End(),
        ["signed field renamed"] = v => F(v).Edit(20, ("T", "(Z)")).End(),
        ["signed field's lock added"] = v => F(v).Edit(20, ("Lock", "<</Type/SigFieldLock/Action/All>>")).End(),
        ["signed field's seed value"] = v => F(v).Edit(20, ("SV", "<</Type/SV/Ff 1>>")).End(),
        ["signature removed"] = v => F(v).Edit(20, ("V", null)).End(),
        ["signature set to null"] = v => F(v).Edit(20, ("V", "null")).End(),
        ["signature object freed"] = v => F(v).Entry(F(v).SignatureNumber, "0000000000 00001 f").End(),
        ["signature object overwritten by null"] = v => F(v).Object(F(v).SignatureNumber, "null").End(),
        ["signature's reason"] = v => F(v).Edit(F(v).SignatureNumber, ("Reason", "(refused)")).End(),
        ["signature's byte range emptied"] = v => F(v).Edit(F(v).SignatureNumber, ("ByteRange", "[0 0 0 0]")).End(),
        ["signature's value emptied"] = v => F(v).Edit(F(v).SignatureNumber, ("Contents", "<00>")).End(),
        ["signature's value missing"] = v => F(v).Edit(F(v).SignatureNumber, ("Contents", null)).End(),
        ["signature copied into the waiting field"] = v => F(v).Edit(22, ("V", string.Create(CultureInfo.InvariantCulture, $"{F(v).SignatureNumber} 0 R"))).End(),
        ["signature copied to a new object"] = v => F(v).Edit(22, ("V", "90 0 R")).Object(90, F(v).Text(F(v).SignatureNumber)).End(),
        ["two fields of the signed name"] = v => F(v).Grow(4, "Fields", "90 0 R").Object(90, Widget("Sig", "A", Box) + "/V 91 0 R>>").Object(91, F(v).Text(F(v).SignatureNumber)).Grow(10, "Annots", "90 0 R").End(),
        ["signed field is another object"] = v => F(v).Edit(4, ("Fields", "[90 0 R 22 0 R 30 0 R 31 0 R 32 0 R 33 0 R]")).Object(90, F(v).Text(20)).Edit(10, ("Annots", "[90 0 R 22 0 R 30 0 R 31 0 R 35 0 R 38 0 R 39 0 R 32 0 R]")).End(),
        ["waiting field shows a seal"] = v => F(v).Edit(22, ("AP", "<</N 90 0 R>>")).Stream(90, Victim.FormEntries, Black).End(),
        ["new signature field that starts a script"] = v => F(v).Grow(4, "Fields", "90 0 R").Grow(10, "Annots", "90 0 R").Object(90, Widget("Sig", "new", "[0 0 0 0]") + "/AA<</PO<</S/JavaScript/JS(x)>>>>>>").End(),
        ["waiting field moved and signed with nothing"] = v => F(v).Edit(22, ("Rect", Box), ("V", "90 0 R")).Object(90, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 1 2 3]/Contents<00>>>").End(),
        ["waiting field signed with nothing, showing a seal"] = v => F(v).Edit(22, ("V", "90 0 R"), ("AP", "<</N 91 0 R>>")).Object(90, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 1 2 3]/Contents<00>>>").Stream(91, Victim.FormEntries, Black).End(),
        ["timestamp field that covers the page"] = v => F(v).Grow(4, "Fields", "90 0 R").Grow(10, "Annots", "90 0 R").Object(90, Widget("Sig", "TS", Box) + "/V 91 0 R/AP<</N 92 0 R>>>>").Object(91, "<</Type/DocTimeStamp/Filter/Adobe.PPKLite/SubFilter/ETSI.RFC3161/ByteRange[0 1 2 3]/Contents<00>>>").Stream(92, Victim.FormEntries, Black).End(),

        // Annotations
        ["link added"] = v => Annotate(v, "Link", Box, "/A<</S/URI/URI(http://evil.example)>>"),
        ["link's target"] = v => F(v).Edit(39, ("A", "<</S/URI/URI(http://evil.example)>>")).End(),
        ["link's place"] = v => F(v).Edit(39, ("Rect", "[0 0 595 842]")).End(),
        ["link removed"] = v => F(v).Edit(10, ("Annots", "[20 0 R 22 0 R 30 0 R 31 0 R 35 0 R 38 0 R 32 0 R]")).End(),
        ["link given an appearance"] = v => F(v).Edit(39, ("AP", "<</N 90 0 R>>")).Stream(90, Victim.FormEntries, Black).End(),
        ["note turned into a picture"] = v => F(v).Edit(38, ("Subtype", "/Stamp"), ("Rect", Box), ("AP", "<</N 90 0 R>>")).Stream(90, Victim.FormEntries, Black).End(),
        ["note given a large appearance"] = v => F(v).Edit(38, ("Rect", Box), ("AP", "<</N 90 0 R>>")).Stream(90, Victim.FormEntries, Nine).End(),
        ["note that starts a script"] = v => F(v).Edit(38, ("A", "<</S/JavaScript/JS(x)>>")).End(),
        ["order of annotations"] = v => F(v).Edit(10, ("Annots", "[22 0 R 20 0 R 30 0 R 31 0 R 35 0 R 38 0 R 39 0 R 32 0 R]")).End(),
        ["annotation array elsewhere"] = v => F(v).Edit(10, ("Annots", "90 0 R")).Object(90, "[39 0 R]").End(),
        ["free text over text"] = v => Annotate(v, "FreeText", Box, "/Contents(Pay 9000 yuan)/DA(/F1 12 Tf)"),
        ["stamp over text"] = v => Annotate(v, "Stamp", Box, "/AP<</N 91 0 R>>"),
        ["square over text"] = v => Annotate(v, "Square", Box, "/IC[1 1 1]/C[1 1 1]"),
        ["circle over text"] = v => Annotate(v, "Circle", Box, "/IC[1 1 1]"),
        ["polygon over text"] = v => Annotate(v, "Polygon", Box, "/IC[1 1 1]/Vertices[60 690 300 690 300 720 60 720]"),
        ["ink over text"] = v => Annotate(v, "Ink", Box, "/InkList[[60 705 300 705]]/BS<</W 40>>"),
        ["line over text"] = v => Annotate(v, "Line", Box, "/L[60 705 300 705]/BS<</W 40>>"),
        ["polyline over text"] = v => Annotate(v, "PolyLine", Box, "/Vertices[60 705 300 705]/BS<</W 40>>"),
        ["highlight with a picture"] = v => Annotate(v, "Highlight", Box, "/QuadPoints[60 720 300 720 60 690 300 690]/AP<</N 91 0 R>>"),
        ["strike-out that covers"] = v => Annotate(v, "StrikeOut", Box, "/QuadPoints[60 720 300 720 60 690 300 690]/AP<</N 92 0 R>>"),
        ["highlight that covers"] = v => Annotate(v, "Highlight", Box, "/C[1 1 1]/QuadPoints[60 720 300 720 60 690 300 690]/AP<</N 92 0 R>>"),
        ["underline drawn as text"] = v => Annotate(v, "Underline", Box, "/QuadPoints[60 720 300 720 60 690 300 690]/AP<</N 91 0 R>>"),
        ["caret with a picture"] = v => Annotate(v, "Caret", Box, "/AP<</N 91 0 R>>"),
        ["redaction"] = v => Annotate(v, "Redact", Box, "/IC[0 0 0]/QuadPoints[60 720 300 720 60 690 300 690]"),
        ["watermark"] = v => Annotate(v, "Watermark", Box, "/AP<</N 91 0 R>>"),
        ["3D"] = v => Annotate(v, "3D", Box, "/AP<</N 91 0 R>>"),
        ["rich media"] = v => Annotate(v, "RichMedia", Box, "/AP<</N 91 0 R>>"),
        ["screen"] = v => Annotate(v, "Screen", Box, "/AP<</N 91 0 R>>"),
        ["movie"] = v => Annotate(v, "Movie", Box, "/AP<</N 91 0 R>>"),
        ["sound"] = v => Annotate(v, "Sound", Box, "/AP<</N 91 0 R>>"),
        ["attached file"] = v => Annotate(v, "FileAttachment", Box, "/FS 49 0 R/AP<</N 91 0 R>>"),
        ["printer's mark"] = v => Annotate(v, "PrinterMark", Box, "/AP<</N 91 0 R>>"),
        ["trap network"] = v => Annotate(v, "TrapNet", Box, "/AP<</N 91 0 R>>"),
        ["projection"] = v => Annotate(v, "Projection", Box, "/AP<</N 91 0 R>>"),
        ["unknown kind"] = v => Annotate(v, "Evil", Box, "/AP<</N 91 0 R>>"),
        ["no kind"] = v => F(v).Grow(10, "Annots", "90 0 R").Object(90, $"<</Type/Annot/Rect{Box}/AP<</N 91 0 R>>>>").Stream(91, Victim.FormEntries, Nine).End(),
        ["widget without a field"] = v => Annotate(v, "Widget", Box, "/FT/Tx/T(x)/AP<</N 91 0 R>>"),
        ["pop-up with an appearance"] = v => Annotate(v, "Popup", Box, "/Open true/AP<</N 91 0 R>>"),
        ["text note with large icon"] = v => Annotate(v, "Text", Box, "/AP<</N 91 0 R>>"),
        ["free text over a field"] = v => Annotate(v, "FreeText", "[290 590 410 630]", "/Contents(9000)"),
        ["free text over the seal"] = v => Annotate(v, "FreeText", "[100 100 200 150]", "/Contents(X)"),
        ["stamp over the picture"] = v => Annotate(v, "Stamp", "[72 500 122 550]", "/AP<</N 92 0 R>>"),
        ["rectangle upside down"] = v => Annotate(v, "Stamp", "[300 720 60 690]", "/AP<</N 92 0 R>>"),
        ["rectangle small, appearance larger by its rollover"] = v => Annotate(v, "Stamp", Box, "/AP<</N 93 0 R/R 92 0 R/D 92 0 R>>"),
        ["square whose stroke covers"] = v => Annotate(v, "Square", Box, "/BS<</W 40>>/C[1 1 1]"),
        ["annotation of the second page"] = v => F(v).Grow(11, "Annots", "90 0 R").Object(90, $"<</Type/Annot/Subtype/Stamp/Rect{Box}/P 11 0 R/AP<</N 91 0 R>>>>").Stream(91, Victim.FormEntries, Nine).End(),
        ["direct annotation"] = v => F(v).Grow(10, "Annots", $"<</Type/Annot/Subtype/Stamp/Rect{Box}/P 10 0 R/AP<</N 91 0 R>>>>").Stream(91, Victim.FormEntries, Nine).End(),
    };

    public static Forgery F(Victim victim) => new(victim.Signed);

    private static string Widget(string type, string name, string box) => $"<</Type/Annot/Subtype/Widget/FT/{type}/T({name})/F 4/Rect{box}/P 10 0 R";

    private static byte[] Annotate(Victim victim, string subtype, string box, string entries) => F(victim)
        .Grow(10, "Annots", "90 0 R")
        .Object(90, $"<</Type/Annot/Subtype/{subtype}/F 4/Rect{box}/P 10 0 R{entries}>>")
        .Stream(91, Victim.FormEntries, Nine)
        .Stream(92, Victim.FormEntries, Black)
        .Stream(93, Victim.FormEntries, "")
        .End();
}
