using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax.CrossReference;
using ESign.Testing;

namespace ESign.Pdf.Tests.Document;

/// <summary>Files beyond 2, 4 and 10 GB: offsets are 64 bits wide everywhere, and memory does not grow with the file.</summary>
public sealed class LargeFileTests
{
    private const string Head = "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\n";

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private static string Offset(int number) => Head.IndexOf($"{number} 0 obj", StringComparison.Ordinal).ToString("0000000000", CultureInfo.InvariantCulture);

    private static SparseStream WithTableAt(long offset)
    {
        byte[] tail = Ascii($"xref\n0 4\n0000000000 65535 f \n{Offset(1)} 00000 n \n{Offset(2)} 00000 n \n{Offset(3)} 00000 n \ntrailer\n<</Root 1 0 R/Size 4>>\nstartxref\n{offset}\n%%EOF\n");
        return new SparseStream(offset + tail.Length, (0, Ascii(Head)), (offset, tail));
    }

    private static AppendedSection Update(PdfDocument document)
    {
        var update = new IncrementalUpdate(document, IncrementalUpdateTests.Sevens);
        Page page = document.GetPage(1);
        update.Set(update.ReferenceOf(page), update.DictionaryOf(page).With("Rotate", 90));
        return update.Build();
    }

    [Theory]
    [InlineData(3_000_000_000)]
    [InlineData(5_000_000_000)]
    [InlineData(9_999_999_000)]
    public void A_table_holds_offsets_of_ten_digits(long at)
    {
        using SparseStream stream = WithTableAt(at);
        using PdfDocument document = PdfDocument.Open(stream);
        using AppendedSection section = Update(document);
        string text = Encoding.ASCII.GetString(section.Bytes.Span);
        Assert.Equal(stream.Length, section.StartOffset);
        Assert.Contains($"\n3 1\n{stream.Length:0000000000} 00000 n \ntrailer\n", text, StringComparison.Ordinal);
        Assert.Contains($"/Prev {at}/", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Trap10_beyond_ten_digits_the_update_is_a_stream_with_wider_fields()
    {
        const long at = 12_000_000_000;
        using SparseStream stream = WithTableAt(at);
        using PdfDocument document = PdfDocument.Open(stream);
        using AppendedSection section = Update(document);
        using var both = new SparseStream(
            section.EndOffset, [(0, Ascii(Head)), (at, stream.ReadAllFrom(at)), (section.StartOffset, section.Bytes.ToArray())]);
        using PdfDocument again = PdfDocument.Open(both);
        Assert.Equal(XrefKind.Stream, again.Objects.Table.Sections[0].Kind);
        Assert.Equal(new PdfArray(1, 5, 2), again.Trailer["W"]);
        Assert.Equal(90, again.GetPage(1).Geometry.Rotation);
        Assert.Equal(2, again.Revisions.Count);
        Assert.Equal(section.EndOffset, again.Revisions[1].EndOffset);
    }

    [Fact]
    public void Wide_fields_of_a_cross_reference_stream_are_read()
    {
        const long at = 20_000_000_000;
        byte[] page = Ascii("3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 7 9]>>\nendobj\n");
        byte[] rows = new byte[5 * 17];
        long[] offsets = [0, Head.IndexOf("1 0 obj", StringComparison.Ordinal), Head.IndexOf("2 0 obj", StringComparison.Ordinal), at, at + page.Length];
        for (int i = 0; i < 5; i++)
        {
            rows[i * 17] = (byte)(i == 0 ? 0 : 1);
            BinaryPrimitives.WriteInt64BigEndian(rows.AsSpan((i * 17) + 1), offsets[i]);
        }

        byte[] tail =
        [
            .. page, .. Ascii($"4 0 obj\n<</Type/XRef/Root 1 0 R/Size 5/W[1 8 8]/Length {rows.Length}>>\nstream\n"), .. rows,
            .. Ascii($"\nendstream\nendobj\nstartxref\n{at + page.Length}\n%%EOF\n"),
        ];
        using var stream = new SparseStream(at + tail.Length, (0, Ascii(Head)), (at, tail));
        using PdfDocument document = PdfDocument.Open(stream);
        Assert.Equal(7, document.GetPage(1).Geometry.DisplayedWidth);
        Assert.False(document.WasRepaired);
    }

    [Fact]
    public void Opening_and_updating_allocates_nothing_that_grows_with_the_file()
    {
        using SparseStream stream = WithTableAt(9_000_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        using (PdfDocument document = PdfDocument.Open(stream))
        {
            using AppendedSection section = Update(document);
        }

        // The windows are pooled; a cold pool may have to make them.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 512 << 10);
    }
}
