using static ESign.Pdf.Tests.Verification.Attacks.PreparedAttack;

namespace ESign.Pdf.Tests.Verification.Attacks;

/// <summary>Comments that hide or forge what was signed.</summary>
internal static class CommentAttacks
{
    private const string Box = "[60 690 300 720]";

    public static Dictionary<string, PreparedAttack> All { get; } = new(StringComparer.Ordinal)
    {
        ["polygon whose corners lie elsewhere"] = Comment("Polygon", "[500 20 520 40]", "/IC[1 1 1]/Vertices[60 690 300 690 300 720 60 720]"),
        ["ink that lies elsewhere"] = Comment("Ink", "[500 20 520 40]", "/InkList[[60 705 300 705]]/BS<</W 40>>"),
        ["line that lies elsewhere"] = Comment("Line", "[500 20 520 40]", "/L[60 705 300 705]/BS<</W 40>>"),
        ["translucent fill, opaque stroke"] = Comment("Square", Box, "/AP<</N 91 0 R>>", "<</G<</ca 0.5/CA 1>>>>", "/G gs 1 G 60 w 0 25 m 100 25 l S"),
        ["translucent fills upon each other"] = Comment("Square", Box, "/AP<</N 91 0 R>>", "<</G<</ca 0.6>>>>", "/G gs 1 g " + string.Concat(Enumerable.Repeat("0 0 100 50 re f ", 8))),
        ["black multiplied"] = Comment("Highlight", Box, "/QuadPoints[60 720 300 720 60 690 300 690]/AP<</N 91 0 R>>", "<</G<</BM/Multiply>>>>", "/G gs 0 g 0 0 100 50 re f"),
        ["black highlight that readers draw"] = Comment("Highlight", Box, "/C[0 0 0]/QuadPoints[60 720 300 720 60 690 300 690]"),
        ["thin lines close together"] = Comment("Square", Box, "/AP<</N 91 0 R>>", "<<>>", "1 G 3 w " + string.Concat(Enumerable.Range(0, 20).Select(y => $"0 {y * 2.5} m 100 {y * 2.5} l S "))),
        ["thin line to and fro"] = Comment("Ink", Box, "/C[1 1 1]/BS<</W 3>>/InkList[[" + string.Concat(Enumerable.Range(0, 12).Select(i => $"60 {691 + (i * 2.5)} 300 {691 + (i * 2.5)} ")) + "]]"),
        ["note that is a white square"] = Comment("Text", "[90 695 130 715]", "/AP<</N 91 0 R>>", "<<>>", "1 g 0 0 100 50 re f"),
        ["text close behind text"] = Comment("FreeText", "[148 698 160 712]", "/Contents(0)/DA(/F1 12 Tf)"),
    };

    private static Forgery F(Victim victim) => new(victim.Signed);

    private static PreparedAttack Comment(string subtype, string box, string entries, string states = "<<>>", string content = "") => new(
        null,
        v => F(v).Grow(10, "Annots", "90 0 R")
            .Object(90, $"<</Type/Annot/Subtype/{subtype}/F 4/Rect{box}/P 10 0 R{entries}>>")
            .Stream(91, $"/Type/XObject/Subtype/Form/BBox[0 0 100 50]/Resources<</ExtGState{states}>>", content)
            .End(),
        Certification: 3);
}
