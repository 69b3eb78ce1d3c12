using System.Globalization;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Verification.Modifications;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Verification.Modifications;

/// <summary>No incremental update outside the whitelist is permitted: every entry of every object is changed in turn.</summary>
public class AnyChangeTests
{
    /// <summary>Entries that are filled in, and what may be written anew: all the rest must be refused.</summary>
    private static readonly HashSet<(int Object, string Key)> MayChange =
    [
        // The fields that wait to be filled in: value, appearance, flags, alignment. Strips and the waiting signature field among them.
        .. from number in (int[])[30, 35, 36]
           from key in (string[])["V", "AP", "AS", "F", "DA", "DS", "RV", "Q", "I", "Ff", "Type", "M"]
           select (number, key),
        .. from key in (string[])["V", "AP", "AS", "F", "DA", "Q", "Ff", "Type", "M"] select (33, key),
        // The form's defaults; metadata and information.
        (4, "DA"), (4, "NeedAppearances"), (4, "Q"), (4, "Type"),
        (1, "Metadata"), (1, "Version"), (1, "MarkInfo"), (1, "Extensions"),
        // What a node of the page tree does not have, no reader looks at.
        (2, "AA"), (2, "Private"),
    ];

    [Fact]
    public void Every_entry_of_every_object_is_guarded()
    {
        byte[] original = SignedFile.Create().ToBytes();
        using PdfDocument document = PdfDocument.Open(original);
        var slipped = new List<string>();
        int tried = 0;
        foreach (int number in (int[])[1, 2, 4, 10, 11, 12, 13, 20, 21, 22, 23, 30, 33, 35, 36])
        {
            PdfObject value = document.Resolve(new PdfReference(number));
            PdfDictionary dictionary = value as PdfDictionary ?? ((PdfStream)value).Dictionary;
            foreach (string key in dictionary.Keys.Append("Rotate").Append("AA").Append("Private").Distinct())
            {
                foreach (PdfObject? replacement in Replacements(dictionary[key]))
                {
                    PdfDictionary changed = dictionary.With(key, replacement);
                    if (changed.Equals(dictionary) || MayChange.Contains((number, key)) || key == "Length")
                    {
                        continue;
                    }

                    tried++;
                    if (Permitted(SignedFile.Create().Update(pdf => Write(pdf, number, value, changed))) is { } verdict)
                    {
                        slipped.Add(string.Create(CultureInfo.InvariantCulture, $"{number} /{key} {dictionary[key]} → {replacement}: {string.Join(", ", verdict.Findings.Select(finding => finding.Rule))}"));
                    }
                }
            }
        }

        Assert.True(tried > 200, $"only {tried} changes were tried");
        Assert.True(slipped.Count == 0, string.Join('\n', slipped));
    }

    [Theory]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(20)]
    [InlineData(21)]
    [InlineData(23)]
    [InlineData(10)]
    [InlineData(2)]
    public void What_is_signed_cannot_be_overwritten_by_anything(int number)
    {
        foreach (string body in (string[])["null", "0", "[]", "<<>>", "()", "/Name", SignedFile.Page, SignedFile.Amount, "99 0 R"])
        {
            if (number != 10 || body != SignedFile.Page)
            {
                Assert.True(Permitted(SignedFile.Create().Update(pdf => pdf.Object(number, body))) is null, body);
            }
        }
    }

    /// <summary>Keys that mean something elsewhere are names among the resources, and what they name is drawn.</summary>
    [Theory]
    [InlineData("P")]
    [InlineData("Parent")]
    [InlineData("Kids")]
    [InlineData("Annots")]
    [InlineData("Fields")]
    [InlineData("T")]
    [InlineData("Obj")]
    [InlineData("Popup")]
    [InlineData("Font")]
    [InlineData("Type")]
    [InlineData("Length")]
    public void Whatever_a_resource_is_called_it_is_guarded(string name)
    {
        foreach (string category in (string[])["XObject", "Font", "ExtGState", "Pattern", "ColorSpace", "Shading", "Properties"])
        {
            string page = SignedFile.Page.Replace("/Resources<<", $"/Resources<</{category} 60 0 R", StringComparison.Ordinal);
            SignedFile file = SignedFile.Create(more: pdf => pdf
                .Object(10, category == "Font" ? page.Replace("/Font<</F1 13 0 R>>", "", StringComparison.Ordinal) : page)
                .Object(60, $"<</Type/Annot/F1 13 0 R/{name} 61 0 R>>")
                .Object(61, "<</FT/Tx/T(x)/V(1)/ca 1>>"));

            Assert.True(Permitted(file.Update(pdf => pdf.Object(61, "<</FT/Tx/T(x)/V(2)/ca 0>>"))) is null, category);
        }
    }

    /// <summary>The verdict if it permits what was done. A file that no longer opens is refused before anything is judged.</summary>
    private static ModificationVerdict? Permitted(SignedFile file)
    {
        try
        {
            return file.Judge() is { Permitted: true } verdict ? verdict : null;
        }
        catch (PdfFormatException)
        {
            return null;
        }
    }

    private static IEnumerable<PdfObject?> Replacements(PdfObject? was) =>
        was is null ? [7, new PdfName("X")] : [null, 7, new PdfName("X"), new PdfString("x"u8.ToArray()), new PdfReference(12), PdfArray.Empty, PdfDictionary.Empty];

    private static void Write(TestPdf pdf, int number, PdfObject value, PdfDictionary changed)
    {
        if (value is PdfStream stream)
        {
            PdfDictionary entries = changed.Without("Length");
            pdf.Stream(number, Body(entries)[2..^2], System.Text.Encoding.Latin1.GetString(stream.Data.ToMemory().Span));
        }
        else
        {
            pdf.Object(number, Body(changed));
        }
    }

    /// <summary>An object as text, strings in hexadecimal.</summary>
    private static string Body(PdfObject value) => value switch
    {
        PdfDictionary dictionary => "<<" + string.Concat(dictionary.Select(entry => $"/{entry.Key} {Body(entry.Value)} ")) + ">>",
        PdfArray array => "[" + string.Join(' ', array.Select(Body)) + "]",
        PdfString text => "<" + Convert.ToHexString(text.Bytes.Span) + ">",
        _ => value.ToString()!,
    };
}
