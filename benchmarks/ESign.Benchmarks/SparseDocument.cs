using System.Globalization;
using System.Text;

namespace ESign.Benchmarks;

/// <summary>A valid one-page PDF of any size whose bulk is one stream of zeros that the file system does not store.</summary>
internal static class SparseDocument
{
    public static void Write(string path, long streamLength)
    {
        using FileStream file = File.Create(path);
        var offsets = new List<long>();
        Put("%PDF-1.7\n");
        Object("<</Type/Catalog/Pages 2 0 R>>");
        Object("<</Type/Pages/Count 1/Kids[3 0 R]>>");
        Object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>");
        Begin();
        Put(string.Create(CultureInfo.InvariantCulture, $"<</Length {streamLength}>>stream\n"));
        file.Position += streamLength;
        Put("\nendstream\nendobj\n");
        long start = file.Position;
        Put($"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (long offset in offsets)
        {
            Put(string.Create(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        }

        Put(string.Create(CultureInfo.InvariantCulture, $"trailer\n<</Size {offsets.Count + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"));

        void Put(string text) => file.Write(Encoding.ASCII.GetBytes(text));

        void Begin()
        {
            offsets.Add(file.Position);
            Put($"{offsets.Count} 0 obj\n");
        }

        void Object(string body)
        {
            Begin();
            Put(body + "\nendobj\n");
        }
    }
}
