using System.Globalization;
using System.Text;
using ESign.Testing.PdfBuilder;
using static ESign.Fuzz.Hostile.HostileTrees;

namespace ESign.Fuzz.Hostile;

/// <summary>Objects that are deep, endless, huge or circular, and lengths that lie.</summary>
internal static class HostileObjects
{
    public static IReadOnlyList<HostileFile> Files { get; } =
    [
        new("arrays-deep", () => Value(Repeat("[", 500_000) + Repeat("]", 500_000))),
        new("arrays-deep-and-open", () => Value(Repeat("[", 500_000))),
        new("dictionaries-deep", () => Value(Repeat("<</A", 300_000) + Repeat(">>", 300_000))),
        new("catalog-deep", () => Finish(new TestPdf().Object(1, "<</Type/Catalog/Pages 2 0 R/X" + Repeat("[<</A", 300_000)).Object(2, "<</Type/Pages/Kids[]/Count 0>>"))),
        new("trailer-deep", () => OnePage().EndRevision(XrefStyle.Table, "/Root 1 0 R/X" + Repeat("[", 300_000)).ToBytes()),
        new("object-stream-deep", () => ObjectStream((30, Repeat("[", 300_000)))),
        new("object-stream-that-is-in-itself", () => ObjectStream((3, "<</Type/ObjStm/N 1/First 4>>"))),
        new("object-stream-extends-itself", () => Compressed("/Type/ObjStm/N 1/First 5/Extends 3 0 R", "30 0 (x)")),
        new("object-stream-n-of-two-billion", () => Compressed("/Type/ObjStm/N 2147483647/First 5", "30 0 (x)")),
        new("object-stream-n-negative", () => Compressed("/Type/ObjStm/N -1/First 5", "30 0 (x)")),
        new("object-stream-first-beyond", () => Compressed("/Type/ObjStm/N 1/First 9223372036854775807", "30 0 (x)")),
        new("object-stream-offsets-beyond", () => Compressed("/Type/ObjStm/N 2/First 44", "30 9223372036854775807 31 -9223372036854775808 (x)")),
        new("object-stream-n-and-first-of-its-own", () => Compressed("/Type/ObjStm/N 30 0 R/First 31 0 R", "30 0 31 2 1 10")),
        new("object-stream-200000-wanted-backwards", ManyInStream),
        new("array-of-half-a-million-arrays", () => Value("[" + Repeat("[]", 499_000) + "]")),
        new("array-of-millions", () => Value("[" + Repeat("0 ", 3_000_000) + "]")),
        new("dictionary-of-half-a-million-keys", () => Value("<<" + string.Concat(Enumerable.Range(0, 400_000).Select(n => $"/K{n} 0")) + ">>")),
        new("dictionary-of-one-key-half-a-million-times", () => Value("<<" + Repeat("/A 0", 450_000) + ">>")),
        new("string-of-15-megabytes", () => Value("(" + new string('a', 15_000_000) + ")")),
        new("string-of-backslashes", () => Value("(" + new string('\\', 8_000_000))),
        new("string-of-parentheses", () => Value(new string('(', 8_000_000))),
        new("hexadecimal-of-15-megabytes", () => Value("<" + new string('0', 15_000_000))),
        new("name-of-15-megabytes", () => Value("/" + new string('#', 15_000_000))),
        new("number-of-15-megabytes", () => Value(new string('9', 15_000_000) + "." + new string('9', 99))),
        new("comment-of-15-megabytes", () => Value("%" + new string('c', 15_000_000))),
        new("signs-of-8-megabytes", () => Value(new string('-', 8_000_000))),
        new("reference-ring", () => Finish(OnePage(catalog: "/X 5 0 R").Object(5, "6 0 R").Object(6, "7 0 R").Object(7, "5 0 R"))),
        new("reference-chain", () => Chained(100_000)),
        new("reference-numbers-beyond", () => Value("[9223372036854775807 0 R 2147483648 0 R 8388608 0 R 1 65536 R 1 4294967296 R -1 0 R 0 0 R 99999999999999999999 0 R]")),
        new("length-of-its-own-stream", () => Stream("/Length 5 0 R", "xx")),
        new("length-beyond-all", () => Stream("/Length 9223372036854775807", "xx")),
        new("length-negative", () => Stream("/Length -9223372036854775808", "xx")),
        new("length-real", () => Stream("/Length 1e300", "xx")),
        new("length-in-a-ring", () => Finish(OnePage(catalog: "/X 5 0 R").Object(5, "<</Length 6 0 R>>stream\nxx\nendstream").Object(6, "<</Length 5 0 R>>stream\nxx\nendstream"))),
        new("streams-without-end", () => Repeated("<</Length 5>>stream\nxx", 30_000)),
        new("strings-without-end", () => Repeated("(x((", 30_000)),
        new("objects-without-end", () => Repeated("[<</A[", 30_000)),
    ];

    private static byte[] Value(string body) => Finish(OnePage(catalog: "/X 5 0 R/Lang 5 0 R/AcroForm 5 0 R/Perms 5 0 R").Object(5, body));

    private static byte[] Stream(string entries, string data) => Finish(OnePage(catalog: "/X 5 0 R/Metadata 5 0 R").Object(5, $"<<{entries}>>stream\n{data}\nendstream"));

    private static byte[] ObjectStream(params (int Number, string Body)[] objects) =>
        OnePage(catalog: "/X[30 0 R 3 0 R]").ObjectStream(3, objects).EndRevision(XrefStyle.Stream, "/Root 1 0 R").ToBytes();

    /// <summary>An object stream whose bytes are as given, with entries that point 30 and 31 into it.</summary>
    private static byte[] Compressed(string entries, string data) =>
        OnePage(catalog: "/X[30 0 R 31 0 R]").ObjectStream(3, (30, "1"), (31, "1")).Stream(3, entries, data).EndRevision(XrefStyle.Stream, "/Root 1 0 R").ToBytes();

    /// <summary>Every index wrong, so that each object must be searched for.</summary>
    private static byte[] ManyInStream()
    {
        const int count = 60_000;
        var index = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            index.Append(CultureInfo.InvariantCulture, $"{100 + count - i} {i % 2} ");
        }

        TestPdf pdf = OnePage(catalog: "/X 5 0 R").Object(5, "[" + string.Concat(Enumerable.Range(100, count).Select(n => $"{n} 0 R ")) + "]");
        return pdf.ObjectStream(3, [.. Enumerable.Range(100, count).Select(n => (n, ""))])
            .Stream(3, $"/Type/ObjStm/N {count}/First {index.Length}", index + "1 1").EndRevision(XrefStyle.Stream, "/Root 1 0 R").ToBytes();
    }

    private static byte[] Chained(int count)
    {
        TestPdf pdf = OnePage(catalog: "/X 20 0 R");
        for (int number = 20; number < 20 + count; number++)
        {
            pdf.Object(number, string.Create(CultureInfo.InvariantCulture, $"{number + 1} 0 R"));
        }

        return Finish(pdf);
    }

    private static byte[] Repeated(string body, int count)
    {
        var all = new StringBuilder("[");
        TestPdf pdf = OnePage(catalog: "/X 5 0 R/AcroForm<</Fields 5 0 R>>");
        for (int number = 20; number < 20 + count; number++)
        {
            pdf.Object(number, body);
            all.Append(CultureInfo.InvariantCulture, $"{number} 0 R ");
        }

        return Finish(pdf.Object(5, all.Append(']').ToString()));
    }
}
