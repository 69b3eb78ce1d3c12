using System.Globalization;
using System.Text;
using ESign.Testing.PdfBuilder;
using static ESign.Pdf.Tests.Verification.Attacks.PreparedAttack;

namespace ESign.Pdf.Tests.Verification.Attacks;

/// <summary>Updates that one reader reads one way and another reader another way.</summary>
internal static class AmbiguityAttacks
{
    private const string Picture = "/Type/XObject/Subtype/Image/Width 8/Height 1/BitsPerComponent 1/ColorSpace/DeviceGray";
    private const string EvilTree = "<</Type/Pages/Count 1/Kids[16 0 R]>>";

    public static Dictionary<string, PreparedAttack> All { get; } = new(StringComparer.Ordinal)
    {
        ["two page trees behind a comment with endobj"] = new(null, v => F(v).Object(90, EvilTree).Object(1, "<<%endobj\n" + F(v).Text(1)[2..^2] + "/Pages 90 0 R>>").End()),
        ["two page trees behind a comment with stream"] = new(null, v => F(v).Object(90, EvilTree).Object(1, "<</Pages 90 0 R%stream\n" + F(v).Text(1)[2..]).End()),
        ["two appearances behind a string with endobj"] = new(null, v => F(v).Object(30, F(v).Text(30)[..^2] + "/DS(endobj)/AP<</N 91 0 R>>>>").Stream(91, Victim.FormEntries, Nine).End()),
        ["two types of a page"] = new(null, v => F(v).Object(10, F(v).Text(10)[..^2] + "/Type/Pages>>").End()),
        ["two types of a page, the other way round"] = new(null, v => F(v).Object(10, "<</Type/Pages" + F(v).Text(10)[2..]).End()),
        ["two roots in the trailer"] = new(null, v => F(v).Object(90, "<</Type/Catalog/Pages 91 0 R>>").Object(91, EvilTree).End(Victim.Trailer + "/Root 90 0 R")),
        ["two roots in the trailer, the other way round"] = new(null, v => F(v).Object(90, "<</Type/Catalog/Pages 91 0 R>>").Object(91, EvilTree).End("/Root 90 0 R" + Victim.Trailer)),
        ["picture read by other parameters"] = new(
            pdf => pdf.Stream(47, Picture + "/Filter[/ASCIIHexDecode/CCITTFaxDecode]/DecodeParms[null<</K -1/Columns 8/BlackIs1 false>>]", "00FF>"),
            v => F(v).Stream(47, Picture + "/Filter[/ASCIIHexDecode/CCITTFaxDecode]/DecodeParms[null<</K -1/Columns 8/BlackIs1 true>>]", "00 FF>").End()),
        ["object listed under another number"] = new(null, v => F(v).Entry(90, F(v).Position).Raw("12 0 obj\n<</Length 0>>\nstream\n\nendstream\nendobj\n").End()),
        ["object stream with an object twice"] = new(null, v => PackTwice(v)),
        ["object stream with an object that is not listed"] = new(null, v => PackUnlisted(v)),
        ["object stream with a wrong index"] = new(null, v => PackWrongIndex(v)),
        ["two entries for one object"] = new(
            pdf => pdf.Object(10, $"<<{Page}/Resources<</Font<</F1 13 0 R>>>>/Annots[{Annotations}]>>"),
            v => Replace(F(v).Object(10, F(v).Text(10)).End(), "trailer\n", $"10 1\n{Find(v, "10 0 obj"):0000000000} 00000 n \ntrailer\n")),
        ["metadata that is not where the update says"] = new(Hide, v => F(v).Edit(1, ("Metadata", "90 0 R")).Entry(90, 20).Entry(91, F(v).Position - 3).End()),
        ["metadata under another number"] = new(Hide, v => F(v).Edit(1, ("Metadata", "90 0 R")).Entry(90, F(v).Position).End()),
        ["metadata that cannot be read"] = new(Hide, v => F(v).Edit(1, ("Metadata", "90 0 R")).Object(90, "<</Type/Metadata(").End()),
        ["start a few bytes off"] = new(Hide, v => F(v).Object(6, "<</Title(Contract)>>").End(startXref: (F(v).Object(6, "<</Title(Contract)>>").Position + 3).ToString(CultureInfo.InvariantCulture))),
        ["previous a few bytes off"] = new(Hide, v => F(v).Object(6, "<</Title(Contract)>>").End(previous: F(v).Previous + 2)),
        ["table and hybrid stream disagree"] = new(null, Disagreeing),
    };

    private static Forgery F(Victim victim) => new(victim.Signed);

    /// <summary>Signed data that holds an object, for readers that look for objects themselves.</summary>
    private static void Hide(TestPdf pdf) =>
        pdf.Stream(5, "/Type/Metadata/Subtype/XML", "<x/>\n12 0 obj\n<</Length 44>>\nstream\nBT /F1 12 Tf 72 700 Td (Pay 9000 yuan) Tj ET\nendstream\nendobj\n");

    private static byte[] Replace(byte[] file, string what, string by)
    {
        string text = Encoding.Latin1.GetString(file);
        int at = text.LastIndexOf(what, StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(text[..at] + by + text[(at + what.Length)..]);
    }

    private static long Find(Victim victim, string text) => Encoding.Latin1.GetString(victim.Signed).IndexOf("\n" + text, StringComparison.Ordinal) + 1;

    private static byte[] PackTwice(Victim victim)
    {
        Forgery forgery = F(victim);
        (string entries, string data) = Forgery.Packed((10, F(victim).Text(10)), (10, F(victim).Text(16)));
        return forgery.Stream(98, entries, data).EndWithStream(99, [(10, 98, 0)]);
    }

    private static byte[] PackUnlisted(Victim victim)
    {
        Forgery forgery = F(victim);
        (string entries, string data) = Forgery.Packed((6, "<</Title(Contract)>>"), (10, F(victim).Text(16)));
        return forgery.Stream(98, entries, data).EndWithStream(99, [(6, 98, 0)]);
    }

    private static byte[] PackWrongIndex(Victim victim)
    {
        Forgery forgery = F(victim);
        (string entries, string data) = Forgery.Packed((10, F(victim).Text(10)), (94, F(victim).Text(16)));
        return forgery.Stream(98, entries, data).EndWithStream(99, [(10, 98, 1), (94, 98, 0)]);
    }

    /// <summary>The table lists the page as it was, the stream beside it another page under the same number.</summary>
    private static byte[] Disagreeing(Victim victim)
    {
        Forgery evil = F(victim);
        (string entries, string data) = Forgery.Packed((10, F(victim).Text(16)));
        evil.Stream(98, entries, data);
        long stream = evil.Position;
        string packed = string.Create(CultureInfo.InvariantCulture, $"98 0 obj\n<<{entries}/Length {data.Length}>>\nstream\n{data}\nendstream\nendobj\n");
        string xref = evil.XrefStream(99, [(10, 98, 0)]);
        return F(victim).Raw(packed + xref).Object(10, F(victim).Text(10)).End(more: string.Create(CultureInfo.InvariantCulture, $"/XRefStm {stream}"));
    }
}
