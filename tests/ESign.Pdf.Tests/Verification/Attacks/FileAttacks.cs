using System.Globalization;
using System.Text;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Verification.Attacks;

/// <summary>What can be done to the file around the objects: updates that readers see and verifiers do not, or the other way round.</summary>
/// <remarks>
/// Incremental saving (ISA) and signature wrapping (SWA) of Mladenov et al., CCS 2019, in all their variants; shadow
/// attacks that redirect the cross-reference; differences between tables, streams and hybrids (ISO 32000-2 §7.5.8.4).
/// </remarks>
internal static class FileAttacks
{
    private const string EvilContent = "BT /F1 12 Tf 72 700 Td (Pay 9000 yuan) Tj ET";
    private static readonly string EvilBody = $"<</Length {EvilContent.Length}>>\nstream\n{EvilContent}\nendstream";

    public static Dictionary<string, Func<Victim, byte[]>> All { get; } = new(StringComparer.Ordinal)
    {
        // Incremental saving: with less and less of an update
        ["ISA complete update"] = v => F(v).Object(12, EvilBody).End(),
        ["ISA without trailer"] = v => F(v).Object(12, EvilBody).Raw("xref\n12 1\n0000000000 00000 n \n").ToBytes(),
        ["ISA objects only"] = v => F(v).Object(12, EvilBody).ToBytes(),
        ["ISA objects and trailer"] = v => F(v).Object(12, EvilBody).Raw("trailer\n<</Size 100/Root 1 0 R>>\n").ToBytes(),
        ["ISA objects, trailer, end"] = v => F(v).Object(12, EvilBody).Raw("trailer\n<</Size 100/Root 1 0 R>>\n%%EOF\n").ToBytes(),
        ["ISA objects, trailer, startxref to the old"] = v => F(v).Object(12, EvilBody).Raw($"trailer\n<</Size 100/Root 1 0 R>>\nstartxref\n{F(v).Previous}\n%%EOF\n").ToBytes(),
        ["ISA objects, startxref to the old"] = v => F(v).Object(12, EvilBody).Raw($"startxref\n{F(v).Previous}\n%%EOF\n").ToBytes(),
        ["ISA startxref 0"] = v => F(v).Object(12, EvilBody).End(startXref: "0"),
        ["ISA startxref beyond the file"] = v => F(v).Object(12, EvilBody).End(startXref: "99999999"),
        ["ISA startxref into nowhere"] = v => F(v).Object(12, EvilBody).End(startXref: "100"),
        ["ISA startxref negative"] = v => F(v).Object(12, EvilBody).End(startXref: "-1"),
        ["ISA without end of file"] = v => Cut(F(v).Object(12, EvilBody).End(), "%%EOF"),
        ["ISA without startxref"] = v => Cut(F(v).Object(12, EvilBody).End(), "startxref"),
        ["ISA previous 0"] = v => F(v).Object(12, EvilBody).End(previous: 0),
        ["ISA previous missing"] = v => Replace(F(v).Object(12, EvilBody).End(), "/Prev ", "/Xrev "),
        ["ISA previous beyond"] = v => F(v).Object(12, EvilBody).End(previous: 99999999),
        ["ISA previous itself"] = v => Replace(F(v).Object(12, EvilBody).End(), $"/Prev {F(v).Previous}", $"/Prev {F(v).Object(12, EvilBody).Position:000}"),
        ["ISA previous a real number"] = v => Replace(F(v).Object(12, EvilBody).End(), $"/Prev {F(v).Previous}", $"/Prev {F(v).Previous}.5"),
        ["ISA previous a string"] = v => Replace(F(v).Object(12, EvilBody).End(), $"/Prev {F(v).Previous}", $"/Prev({F(v).Previous})"),
        ["ISA two trailers"] = v => F(v).Object(12, EvilBody).Raw("trailer\n<</Root 1 0 R>>\n").End(),
        ["ISA signature object copied along"] = v => F(v).Object(12, EvilBody).Object(F(v).SignatureNumber, F(v).Text(F(v).SignatureNumber)).End(),
        ["ISA signed field copied along"] = v => F(v).Object(12, EvilBody).Object(20, F(v).Text(20)).End(),
        ["ISA in two steps"] = v => new Forgery(F(v).Object(38, F(v).Text(38)).End()).Object(12, EvilBody).End(),
        ["ISA undone"] = v => new Forgery(F(v).Object(12, EvilBody).End()).Stream(12, "", "BT /F1 12 Tf 72 700 Td (Pay 1000 yuan) Tj ET q 50 0 0 50 72 500 cm /X1 Do Q /OC /L2 BDC BT /F1 12 Tf 72 680 Td (Pay 9000 yuan) Tj ET EMC").End(),
        ["ISA hidden after an honest update"] = v => [.. F(v).Object(6, "<</Title(Contract)>>").End(), .. Encoding.Latin1.GetBytes("12 0 obj\n" + EvilBody + "\nendobj\n")],
        ["ISA unlisted object in an honest update"] = v => F(v).Object(6, "<</Title(Contract)>>").Raw("12 0 obj\n" + EvilBody + "\nendobj\n").End(),
        ["ISA unlisted object after the table"] = v => Replace(F(v).Object(6, "<</Title(Contract)>>").End(), "startxref\n" + "", "startxref\n", last: "12 0 obj\n" + EvilBody + "\nendobj\n"),
        ["ISA object listed in a broken table"] = v => F(v).Object(6, "<</Title(Contract)>>").Raw("12 0 obj\n" + EvilBody + "\nendobj\n").Entry(99, 5).End(),
        ["ISA same object twice, the listed one as before"] = v => F(v).Raw("12 0 obj\n" + EvilBody + "\nendobj\n").Object(12, F(v).Text(12)).End(),
        ["ISA with a new header"] = v => F(v).Raw("%PDF-1.7\n").Object(12, EvilBody).End(),
        ["whole other file appended"] = v => [.. v.Signed, .. Victim.Unsigned()],
        ["whole other file put before"] = v => [.. Victim.Unsigned(), .. v.Signed],
        ["junk put before"] = v => [.. "junk\n"u8, .. v.Signed],
        ["junk after the end"] = v => [.. v.Signed, .. "junk"u8],
        ["spaces and a byte far after the end"] = v => [.. v.Signed, .. new byte[5000], (byte)'x'],
        ["comment after the end"] = v => [.. v.Signed, .. "%comment\n"u8],
        ["second end of file"] = v => [.. v.Signed, .. "%%EOF\n"u8],
        ["second startxref"] = v => [.. v.Signed, .. Encoding.ASCII.GetBytes($"startxref\n{F(v).Previous}\n%%EOF\n")],

        // Cross-reference games
        ["object redirected to an unlisted one in the signed bytes"] = v => F(v).Entry(12, Find(v, "15 0 obj")).End(),
        ["object redirected into a string"] = v => F(v).Entry(12, Find(v, "15 0 obj") + 1).End(),
        ["page redirected to the prepared page"] = v => F(v).Entry(10, Find(v, "16 0 obj")).End(),
        ["catalog redirected into the page tree"] = v => F(v).Entry(1, Find(v, "2 0 obj")).End(),
        ["object freed"] = v => F(v).Entry(39, "0000000000 00001 f").End(),
        ["object freed and written anew"] = v => new Forgery(F(v).Entry(12, "0000000000 00001 f").End()).Object(12, EvilBody, generation: 1).End(),
        ["content of a new generation"] = v => F(v).Object(12, EvilBody, generation: 1).End(),
        ["content of a new generation, page follows"] = v => F(v).Object(12, EvilBody, generation: 1).Edit(10, ("Contents", "12 1 R")).End(),
        ["entry with another generation than its object"] = v => F(v).Entry(12, Find(v, "15 0 obj"), 3).End(),
        ["entry beyond the file"] = v => F(v).Entry(12, 9_999_999_999).End(),
        ["object 0 in use"] = v => F(v).Object(0, EvilBody).Edit(10, ("Contents", "0 0 R")).End(),
        ["negative object number"] = v => F(v).Object(12, EvilBody).Raw("").End(previous: -1),
        ["subsection that overlaps"] = v => Replace(F(v).Object(6, "<</Title(Contract)>>").Object(12, EvilBody).End(), "6 1\n", "6 1 \n"),
        ["stream in a file of tables"] = v => F(v).Object(12, EvilBody).EndWithStream(99, []),
        ["objects in an object stream"] = v => Pack(v, (10, F(v).Text(10).Replace("12 0 R", "15 0 R", StringComparison.Ordinal))),
        ["catalog in an object stream"] = v => Pack(v, (1, "<</Type/Catalog/Pages 90 0 R/AcroForm 4 0 R>>"), (90, "<</Type/Pages/Count 1/Kids[16 0 R]>>")),
        ["hybrid that hides content"] = v => Hybrid(v, EvilBody),
        ["hybrid whose table says free"] = v => HybridFree(v),
        ["root in a hybrid's stream only"] = v => HybridRoot(v),

        // Signature wrapping
        ["SWA second part moved, object in the gap"] = v => Wrap(v, Wrapping.ObjectInGap),
        ["SWA second part moved, padding"] = v => Wrap(v, Wrapping.Padding),
        ["SWA whole update in the gap"] = v => Wrap(v, Wrapping.UpdateInGap),
        ["SWA signature dictionary in the gap"] = v => Wrap(v, Wrapping.DictionaryInGap),
        ["SWA update after, dictionary with a wider range"] = v => Wrap(v, Wrapping.UpdateAfter),
        ["SWA first part repeated"] = v => Wrap(v, Wrapping.FirstPartRepeated),
        ["SWA byte range of four and more"] = v => MultipleRanges(v),

        // Gaps and padding
        ["gap: value shortened, spaces"] = v => Gap(v, "<", "> "),
        ["gap: value shortened, comment"] = v => Gap(v, "<", ">%x"),
        ["gap: value twice"] = v => Gap(v, "<", "><00"),
        ["gap: spaces in the value"] = v => ShiftValue(v, " "),
        ["gap: line feeds in the value"] = v => ShiftValue(v, "\n"),
        ["padding: one digit"] = v => Pad(v, Latin(v.Signed)[Range(Latin(v.Signed)).Second - 2] == '1' ? "2" : "1"),
        ["padding: last digits"] = v => Pad(v, "DEADBEEF"),
    };

    private static Forgery F(Victim victim) => new(victim.Signed);

    private static string Latin(byte[] file) => Encoding.Latin1.GetString(file);

    private static byte[] Cut(byte[] file, string from) => Encoding.Latin1.GetBytes(Latin(file)[..Latin(file).LastIndexOf(from, StringComparison.Ordinal)]);

    /// <summary>Replaces the last occurrence, and puts something before the end.</summary>
    private static byte[] Replace(byte[] file, string what, string by, string last = "")
    {
        string text = Latin(file);
        int at = text.LastIndexOf(what, StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(text[..at] + last + by + text[(at + what.Length)..]);
    }

    private static long Find(Victim victim, string text) => Latin(victim.Signed).IndexOf("\n" + text, StringComparison.Ordinal) + 1;

    private static byte[] Pack(Victim victim, params ReadOnlySpan<(int Number, string Body)> objects)
    {
        Forgery forgery = F(victim);
        (string entries, string data) = Forgery.Packed(objects);
        forgery.Stream(98, entries, data);
        var packed = new List<(int, int, int)>();
        for (int i = 0; i < objects.Length; i++)
        {
            packed.Add((objects[i].Number, 98, i));
        }

        return forgery.EndWithStream(99, packed);
    }

    /// <summary>Old readers see the table, new ones the stream beside it.</summary>
    private static byte[] Hybrid(Victim victim, string body)
    {
        Forgery evil = F(victim);
        long at = evil.Position;
        evil.Raw("12 0 obj\n" + body + "\nendobj\n");
        long stream = evil.Position;
        evil.Entry(12, at);
        string xref = evil.XrefStream(99, []);
        return F(victim).Raw("12 0 obj\n" + body + "\nendobj\n" + xref).Object(6, "<</Title(Contract)>>").End(more: string.Create(CultureInfo.InvariantCulture, $"/XRefStm {stream}"));
    }

    private static byte[] HybridFree(Victim victim)
    {
        Forgery evil = F(victim);
        long at = evil.Position;
        evil.Raw("12 0 obj\n" + EvilBody + "\nendobj\n");
        long stream = evil.Position;
        evil.Entry(12, at);
        string xref = evil.XrefStream(99, []);
        return F(victim).Raw("12 0 obj\n" + EvilBody + "\nendobj\n" + xref).Entry(12, "0000000000 65535 f").End(more: string.Create(CultureInfo.InvariantCulture, $"/XRefStm {stream}"));
    }

    private static byte[] HybridRoot(Victim victim)
    {
        const string objects = "90 0 obj\n<</Type/Catalog/Pages 91 0 R/AcroForm 4 0 R>>\nendobj\n91 0 obj\n<</Type/Pages/Count 1/Kids[16 0 R]>>\nendobj\n";
        Forgery evil = F(victim);
        evil.Object(90, "<</Type/Catalog/Pages 91 0 R/AcroForm 4 0 R>>").Object(91, "<</Type/Pages/Count 1/Kids[16 0 R]>>");
        long stream = evil.Position;
        string xref = evil.XrefStream(99, [], Victim.Trailer.Replace("/Root 1 0 R", "/Root 90 0 R", StringComparison.Ordinal));
        return F(victim).Raw(objects + xref).Object(6, "<</Title(Contract)>>").End(more: string.Create(CultureInfo.InvariantCulture, $"/XRefStm {stream}"));
    }

    private enum Wrapping
    {
        ObjectInGap,
        Padding,
        UpdateInGap,
        DictionaryInGap,
        UpdateAfter,
        FirstPartRepeated,
    }

    /// <summary>The second signed part is moved to the end; between is room for what the signature does not cover.</summary>
    private static byte[] Wrap(Victim victim, Wrapping how)
    {
        string text = Latin(victim.Signed);
        (int first, int second, int length) = Range(text);
        string value = text[first..second];
        string part1 = text[..first];
        string part2 = text[second..];
        string dictionary = F(victim).Text(F(victim).SignatureNumber);
        int number = F(victim).SignatureNumber;
        var room = new StringBuilder(value);
        string evil = "12 0 obj\n" + EvilBody + "\nendobj\n";
        int Position() => first + room.Length;
        switch (how)
        {
            case Wrapping.ObjectInGap:
                room.Append('\n').Append(evil);
                break;
            case Wrapping.Padding:
                room.Append(' ', 2000);
                break;
            case Wrapping.UpdateInGap:
                room.Append('\n');
                int at = Position();
                room.Append(evil);
                int xref = Position();
                room.Append(CultureInfo.InvariantCulture, $"xref\n12 1\n{at:0000000000} 00000 n \ntrailer\n<</Size 200{Victim.Trailer}/Prev {Forgery.StartXref(victim.Signed)}>>\nstartxref\n{xref}\n%%EOF\n");
                break;
            case Wrapping.DictionaryInGap:
                room.Append('\n');
                int evilAt = Position();
                room.Append(evil);
                int dictionaryAt = Position();
                string body = $"{number} 0 obj\n{dictionary}\nendobj\n";
                room.Append(body);
                int table = Position();
                room.Append(CultureInfo.InvariantCulture, $"xref\n12 1\n{evilAt:0000000000} 00000 n \n{number} 1\n{dictionaryAt:0000000000} 00000 n \ntrailer\n<</Size 200{Victim.Trailer}/Prev {Forgery.StartXref(victim.Signed)}>>\nstartxref\n{table}\n%%EOF\n");
                break;
        }

        int moved = first + room.Length;
        string ranged = how == Wrapping.FirstPartRepeated ? part1 + value + part1 : part1 + room;
        string wrapped = ranged + part2;
        // The range as it would have to be; where the dictionary is signed, this breaks the digest, elsewhere not.
        string honest = string.Create(CultureInfo.InvariantCulture, $"0 {first} {second} {length}");
        int range = wrapped.IndexOf("/ByteRange", StringComparison.Ordinal);
        int open = wrapped.IndexOf('[', range);
        int close = wrapped.IndexOf(']', open);
        if (how != Wrapping.UpdateAfter)
        {
            string wide = string.Create(CultureInfo.InvariantCulture, $"0 {first} {moved} {length}").PadRight(close - open - 1);
            int inGap = wrapped.IndexOf("/ByteRange", first, StringComparison.Ordinal);
            if (how == Wrapping.DictionaryInGap && inGap > 0)
            {
                int o = wrapped.IndexOf('[', inGap);
                int c = wrapped.IndexOf(']', o);
                return Encoding.Latin1.GetBytes(wrapped[..(o + 1)] + wide.TrimEnd().PadRight(c - o - 1)[..Math.Max(c - o - 1, wide.TrimEnd().Length)] + wrapped[c..]);
            }

            return Encoding.Latin1.GetBytes(wrapped[..(open + 1)] + wide + wrapped[close..]);
        }

        // Everything stays; an update redefines the signature dictionary with a range over the file as it was, and the content.
        Forgery forgery = F(victim).Object(12, EvilBody);
        return forgery.Object(number, dictionary.Replace(honest, honest + " ", StringComparison.Ordinal)).End();
    }

    private static byte[] MultipleRanges(Victim victim)
    {
        string text = Latin(victim.Signed);
        (int first, int second, int length) = Range(text);
        int half = first / 2;
        int open = text.IndexOf('[', text.IndexOf("/ByteRange", StringComparison.Ordinal));
        int close = text.IndexOf(']', open);
        string six = string.Create(CultureInfo.InvariantCulture, $"0 {half} {half} {first - half} {second} {length}");
        return Encoding.Latin1.GetBytes(text[..(open + 1)] + six.PadRight(close - open - 1) + text[close..]);
    }

    private static byte[] Gap(Victim victim, string open, string close)
    {
        string text = Latin(victim.Signed);
        (int first, int second, _) = Range(text);
        string value = text[(first + 1)..(second - 1)];
        string shorter = open + value[..^(close.Length + 1)] + close + (close.EndsWith('0') ? ">" : "");
        shorter = shorter.Length > second - first ? shorter[..(second - first)] : shorter.PadRight(second - first);
        return Encoding.Latin1.GetBytes(text[..first] + shorter + text[second..]);
    }

    private static byte[] ShiftValue(Victim victim, string space)
    {
        string text = Latin(victim.Signed);
        (int first, int second, _) = Range(text);
        string value = text[(first + 1)..(second - 1)];
        return Encoding.Latin1.GetBytes(text[..(first + 1)] + value[..100] + space + space + value[100..^2] + text[(second - 1)..]);
    }

    private static byte[] Pad(Victim victim, string digits)
    {
        string text = Latin(victim.Signed);
        (_, int second, _) = Range(text);
        return Encoding.Latin1.GetBytes(text[..(second - 1 - digits.Length)] + digits + text[(second - 1)..]);
    }

    public static (int First, int Second, int Length) Range(string text)
    {
        int open = text.IndexOf('[', text.IndexOf("/ByteRange", StringComparison.Ordinal));
        string[] numbers = text[(open + 1)..text.IndexOf(']', open)].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (int.Parse(numbers[1], CultureInfo.InvariantCulture), int.Parse(numbers[2], CultureInfo.InvariantCulture), int.Parse(numbers[3], CultureInfo.InvariantCulture));
    }
}
