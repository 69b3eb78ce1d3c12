using System.Text.Json;
using ESign.Pdf.Document;
using ESign.Testing;

namespace ESign.Pdf.Tests.Document;

/// <summary>Page geometry of real files against the boxes MuPDF, poppler and qpdf agree on.</summary>
public sealed class CorpusGeometryTests
{
    [Fact]
    public void Every_page_and_keyword_box_of_the_corpus_agrees()
    {
        using JsonDocument positions = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("corpus", "positions.json")));
        int pages = 0, boxes = 0;
        foreach (JsonElement document in positions.RootElement.GetProperty("documents").EnumerateArray())
        {
            string file = document.GetProperty("file").GetString()!;
            using PdfDocument pdf = PdfDocument.Open(File.ReadAllBytes(SharedData.Require("corpus", file)));
            foreach (JsonElement page in document.GetProperty("pages").EnumerateArray())
            {
                PageGeometry geometry = pdf.GetPage(page.GetProperty("page").GetInt32()).Geometry;
                double[] visible = Numbers(page.GetProperty("visible_box"));
                double[] size = Numbers(page.GetProperty("displayed_size"));
                Near(file, visible, geometry.Box.Left, geometry.Box.Bottom, geometry.Box.Right, geometry.Box.Top);
                Near(file, size, geometry.DisplayedWidth, geometry.DisplayedHeight);
                Assert.Equal(page.GetProperty("UserUnit").GetDouble(), geometry.UserUnit, 0.001);
                pages++;
            }

            foreach (JsonElement keyword in document.GetProperty("keywords").EnumerateArray())
            {
                PageGeometry geometry = pdf.GetPage(keyword.GetProperty("page").GetInt32()).Geometry;
                foreach (JsonElement occurrence in keyword.GetProperty("occurrences").EnumerateArray())
                {
                    double[] user = Numbers(occurrence.GetProperty("user"));
                    DisplayedRectangle shown = geometry.ToDisplayed(new PdfRectangle(user[0], user[1], user[2], user[3]));
                    Near(file, Numbers(occurrence.GetProperty("display")), shown.X, shown.Y, shown.Right, shown.Bottom);
                    boxes++;
                }
            }
        }

        Assert.True(pages >= 27 && boxes >= 27, $"{pages} pages and {boxes} boxes were compared");
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(n => n.GetDouble())];

    private static void Near(string file, double[] expected, params double[] actual)
    {
        for (int i = 0; i < actual.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) < 0.03, $"{file}: {string.Join(' ', expected)} expected, {string.Join(' ', actual)} found");
        }
    }
}
