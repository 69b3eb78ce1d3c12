using System.Text;
using System.Text.RegularExpressions;
using ESign.Pdf.Document;
using ESign.Pdf.Fonts;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax.CrossReference;

namespace ESign.Pdf.Tests.Signing;

/// <summary>The clauses of ISO 19005-1, -2 and -3 that what is appended to a file can break, checked on every object appended.</summary>
/// <remarks>
/// Written after the clause texts and independent of the writer: a file that met the standard before and shows no fault here meets it after.
/// Clause numbers are those of part 1, then part 2 (part 3 has the same).
/// </remarks>
internal sealed partial class ArchiveRules
{
    private static readonly HashSet<string> KnownOperators = [.. (
        "b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re RG rg ri s S SC sc SCN scn sh " +
        "T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"").Split(' ')];

    private readonly PdfDocument _document;
    private readonly bool _isPartOne;
    private readonly int _deviceComponents;
    private readonly bool _hasIntent;
    private readonly List<string> _faults = [];

    private ArchiveRules(PdfDocument document)
    {
        _document = document;
        _isPartOne = DocumentConformance.PdfAPart(document) == '1';
        foreach (PdfObject item in document.Resolve(document.Catalog["OutputIntents"]) as PdfArray ?? PdfArray.Empty)
        {
            var intent = (PdfDictionary)document.Resolve(item);
            if (intent["S"] is PdfName { Value: "GTS_PDFA1" })
            {
                _hasIntent = true;
                _deviceComponents = document.Resolve(intent["DestOutputProfile"]) is PdfStream profile && document.Resolve(profile.Dictionary["N"]) is PdfInteger n ? (int)n.Value : 0;
            }
        }
    }

    /// <summary>What the appended bytes break; empty when nothing.</summary>
    public static IReadOnlyList<string> Faults(byte[] original, byte[] result)
    {
        using PdfDocument document = PdfDocument.Open(result);
        var rules = new ArchiveRules(document);
        rules.CheckSyntax(Encoding.Latin1.GetString(result.AsSpan(original.Length)));
        for (int number = 1; number <= document.Objects.Table.HighestNumber; number++)
        {
            XrefEntry entry = document.Objects.Table.Find(number);
            if (entry.Kind == XrefEntryKind.InFile && entry.Position >= original.Length)
            {
                rules.CheckObject(number, document.Resolve(new PdfReference(number, entry.Generation)));
            }
            else if (entry.Kind == XrefEntryKind.InStream && rules._isPartOne)
            {
                rules.Fault(number, "stands in an object stream (6.1.4)");
            }
        }

        rules.CheckCatalog(original);
        return rules._faults;
    }

    [GeneratedRegex(@"(?<!\n)endobj|endobj(?!\n)|obj(?=[^\n\r])(?<=\d obj)|(?<!\n)endstream|stream(?![\r\n])(?<!end\w*)")]
    private static partial Regex LooseSyntax();

    [GeneratedRegex("<([0-9A-Fa-f]*)>")]
    private static partial Regex HexStrings();

    private void Fault(int number, string what) => _faults.Add($"object {number} {what}");

    /// <summary>6.1.3–6.1.8 / 6.1.2–6.1.9: how a file is laid out.</summary>
    private void CheckSyntax(string appended)
    {
        string skeleton = StreamData().Replace(appended, "$1");
        if (LooseSyntax().Match(skeleton) is { Success: true } loose)
        {
            _faults.Add($"obj, endobj, stream and endstream stand on lines of their own (6.1.8 / 6.1.9): …{skeleton[Math.Max(0, loose.Index - 20)..loose.Index]}[{loose.Value}]");
        }

        if (HexStrings().Matches(skeleton).Any(hex => hex.Groups[1].Length % 2 != 0))
        {
            _faults.Add("a hexadecimal string has an odd number of digits (6.1.6)");
        }

        if (!appended.EndsWith("%%EOF\n", StringComparison.Ordinal))
        {
            _faults.Add("something follows %%EOF (6.1.3)");
        }

        if (_isPartOne && appended.Contains("/XRef", StringComparison.Ordinal))
        {
            _faults.Add("there is a cross-reference stream (6.1.4)");
        }

        if (_document.Trailer["ID"] is not PdfArray { Count: 2 } || _document.Trailer.ContainsKey("Encrypt"))
        {
            _faults.Add("the trailer has no /ID, or /Encrypt (6.1.3)");
        }
    }

    private void CheckObject(int number, PdfObject value)
    {
        CheckLimits(number, value, 0);
        PdfDictionary? dictionary = value as PdfDictionary ?? (value as PdfStream)?.Dictionary;
        if (dictionary is null)
        {
            return;
        }

        foreach (string key in (string[])["A", "AA", "XFA", "JS", "PS", "OPI", "Ref", "Alternates"])
        {
            if (dictionary.ContainsKey(key) && dictionary["Type"] is not PdfName { Value: "StructElem" })
            {
                Fault(number, $"has /{key} (6.6.1 / 6.5.1)");
            }
        }

        CheckTransparency(number, dictionary);
        if (value is PdfStream stream)
        {
            CheckStream(number, stream);
        }

        switch (((dictionary["Type"] as PdfName)?.Value, (dictionary["Subtype"] as PdfName)?.Value))
        {
            case ("Annot", _):
                CheckAnnotation(number, dictionary);
                break;
            case ("Font", "Type0"):
                CheckFont(number, dictionary);
                break;
            case ("Font", not "CIDFontType2"):
                Fault(number, "is a font of a kind that was not expected");
                break;
            default:
                break;
        }
    }

    /// <summary>6.1.12 / 6.1.13: what every reader takes.</summary>
    private void CheckLimits(int number, PdfObject value, int depth)
    {
        bool isWithin = depth < 30 && value switch
        {
            PdfInteger integer => integer.Value is >= int.MinValue and <= int.MaxValue,
            PdfReal real => Math.Abs(real.Value) <= 32767,
            PdfString text => text.Bytes.Length <= (_isPartOne ? 65535 : 32767),
            PdfName name => Encoding.UTF8.GetByteCount(name.Value) <= 127,
            PdfArray array => array.Count <= 8191,
            PdfDictionary dictionary => dictionary.Count <= 4095,
            _ => true,
        };
        if (!isWithin)
        {
            Fault(number, $"goes beyond a limit (6.1.12): {value.GetType().Name}");
        }

        IEnumerable<PdfObject> children = value switch
        {
            PdfArray array => array,
            PdfDictionary dictionary => dictionary.Select(entry => entry.Value),
            PdfStream stream => stream.Dictionary.Select(entry => entry.Value),
            _ => [],
        };
        foreach (PdfObject child in children)
        {
            CheckLimits(number, child, depth + 1);
        }
    }

    /// <summary>6.4 / 6.2.10.</summary>
    private void CheckTransparency(int number, PdfDictionary dictionary)
    {
        bool isTranslucent = dictionary.ContainsKey("SMask")
            || (_document.Resolve(dictionary["Group"]) is PdfDictionary group && group["S"] is PdfName { Value: "Transparency" })
            || Opaque(dictionary["ca"]) || Opaque(dictionary["CA"])
            || (_document.Resolve((_document.Resolve(dictionary["Resources"]) as PdfDictionary)?["ExtGState"]) is PdfDictionary states
                && states.Select(state => (PdfDictionary)_document.Resolve(state.Value)).Any(state => Opaque(state["ca"]) || Opaque(state["CA"]) || state.ContainsKey("SMask")));
        if (isTranslucent && (_isPartOne || !_hasIntent))
        {
            Fault(number, "is translucent (6.4 / 6.2.10)");
        }

        if (_document.Resolve(dictionary["Group"]) is PdfDictionary { } blended && blended["CS"] is PdfName { Value: not "DeviceGray" } && _deviceComponents != 3)
        {
            Fault(number, "blends in colours of a device (6.2.4.3)");
        }

        static bool Opaque(PdfObject? value) => value is PdfReal { Value: < 1 } or PdfInteger { Value: < 1 };
    }

    private void CheckStream(int number, PdfStream stream)
    {
        PdfDictionary dictionary = stream.Dictionary;
        foreach (string key in (string[])["F", "FFilter", "FDecodeParms"])
        {
            if (dictionary.ContainsKey(key))
            {
                Fault(number, $"is a stream with /{key} (6.1.7)");
            }
        }

        if (dictionary["Filter"] is not (null or PdfName { Value: "FlateDecode" or "DCTDecode" }))
        {
            Fault(number, "has a filter that was not expected (6.1.10 / 6.1.7.2)");
        }

        switch ((dictionary["Subtype"] as PdfName)?.Value)
        {
            case "Form":
                CheckContent(number, Encoding.Latin1.GetString(_document.Decode(stream).Span), dictionary);
                break;
            case "Image":
                CheckImage(number, dictionary);
                break;
            default:
                break;
        }
    }

    /// <summary>6.2.4 / 6.2.8 images; 6.2.3 / 6.2.4.3 their colours. A picture is drawn by forms with resources of their own.</summary>
    private void CheckImage(int number, PdfDictionary image)
    {
        if (image["Interpolate"] is PdfBoolean { Value: true })
        {
            Fault(number, "is interpolated (6.2.4)");
        }

        if (image["ColorSpace"] is PdfName { Value: "DeviceRGB" } && _deviceComponents != 3 && !IsDrawnCalibrated(number, "DefaultRGB"))
        {
            Fault(number, "is an image in DeviceRGB (6.2.3.3 / 6.2.4.3)");
        }

        if (image["ColorSpace"] is PdfName { Value: "DeviceCMYK" } && _deviceComponents != 4)
        {
            Fault(number, "is an image in DeviceCMYK (6.2.3.3 / 6.2.4.3)");
        }
    }

    private bool IsDrawnCalibrated(int number, string space)
    {
        for (int other = 1; other <= _document.Objects.Table.HighestNumber; other++)
        {
            if (_document.Resolve(new PdfReference(other)) is PdfStream form
                && _document.Resolve(form.Dictionary["Resources"]) is PdfDictionary resources
                && _document.Resolve(resources["XObject"]) is PdfDictionary objects
                && objects.Any(entry => entry.Value is PdfReference reference && reference.Number == number))
            {
                return _document.Resolve(resources["ColorSpace"]) is PdfDictionary spaces && spaces.ContainsKey(space);
            }
        }

        return false;
    }

    /// <summary>6.2.10 / 6.2.2: known operators, resources of its own, colours that are told, q and Q nested at most 28 deep.</summary>
    private void CheckContent(int number, string content, PdfDictionary form)
    {
        var resources = _document.Resolve(form["Resources"]) as PdfDictionary;
        bool isCalibrated = _document.Resolve(resources?["ColorSpace"]) is PdfDictionary spaces && spaces.ContainsKey("DefaultRGB");
        int depth = 0;
        foreach (string token in Tokens(content))
        {
            if (char.IsLetter(token[0]) || token[0] is '\'' or '"')
            {
                if (!KnownOperators.Contains(token))
                {
                    Fault(number, $"uses the operator {token} (6.2.10)");
                }

                depth += token is "q" ? 1 : token is "Q" ? -1 : 0;
                if (token is "rg" or "RG" && _deviceComponents != 3 && !isCalibrated)
                {
                    Fault(number, "draws in DeviceRGB (6.2.3.3 / 6.2.4.3)");
                }
            }

            if (depth is < 0 or > 28)
            {
                Fault(number, "nests q and Q wrongly (6.1.12)");
                return;
            }
        }

        if (depth != 0 || resources is null)
        {
            Fault(number, "leaves q open or has no resources (6.2.2)");
        }
    }

    private static IEnumerable<string> Tokens(string content) =>
        Strings().Replace(content, " ").Split([' ', '\n', '[', ']'], StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"<<|>>|<[0-9A-F]*>|/[^\s<>\[\]/]*")]
    private static partial Regex Strings();

    [GeneratedRegex(@"(stream\n)[\s\S]*?(?=\nendstream)")]
    private static partial Regex StreamData();

    /// <summary>6.5.3 / 6.3.2, 6.3.3 and, for fields, 6.9 / 6.4.1.</summary>
    private void CheckAnnotation(int number, PdfDictionary annotation)
    {
        long flags = annotation["F"] is PdfInteger f ? f.Value : 0;
        const long invisible = 1, hidden = 2, print = 4, noView = 32, toggle = 256;
        if ((flags & print) == 0 || (flags & (invisible | hidden | noView | toggle)) != 0)
        {
            Fault(number, $"has the flags {flags} (6.5.3 / 6.3.2)");
        }

        if (annotation["AP"] is not PdfDictionary appearance || appearance.Count != 1 || _document.Resolve(appearance["N"]) is not PdfStream)
        {
            Fault(number, "has no appearance of one normal stream (6.5.3 / 6.3.3)");
        }

        if (annotation.ContainsKey("CA") || annotation.ContainsKey("C") || annotation.ContainsKey("IC"))
        {
            Fault(number, "has colours or opacity of its own (6.5.3)");
        }
    }

    /// <summary>6.3 / 6.2.11.</summary>
    private void CheckFont(int number, PdfDictionary font)
    {
        var descendant = (PdfDictionary)_document.Resolve(((PdfArray)font["DescendantFonts"]!)[0]);
        var descriptor = (PdfDictionary)_document.Resolve(descendant["FontDescriptor"]);
        if (_document.Resolve(descriptor["FontFile2"]) is not PdfStream file || font["Encoding"] is not PdfName { Value: "Identity-H" } || descendant["CIDToGIDMap"] is not PdfName { Value: "Identity" })
        {
            Fault(number, "is not embedded, or not by an identity (6.3.3, 6.3.4)");
            return;
        }

        if (_document.Resolve(font["ToUnicode"]) is not PdfStream)
        {
            Fault(number, "has no way back to text (6.3.8 / 6.2.11.7)");
        }

        if (!Equals(font["BaseFont"], descriptor["FontName"]) || !Equals(font["BaseFont"], descendant["BaseFont"]) || ((PdfName)font["BaseFont"]!).Value[6] != '+')
        {
            Fault(number, "has names that differ, or no subset tag (6.3.5)");
        }

        TrueTypeFont program = TrueTypeFont.Read(_document.Decode(file));
        Dictionary<int, double> widths = Widths((PdfArray)descendant["W"]!);
        for (int glyph = 1; glyph < program.GlyphCount; glyph++)
        {
            double stated = widths.TryGetValue(glyph, out double width) ? width : ((PdfInteger)descendant["DW"]!).Value;
            if (Math.Abs(stated - (program.Advance(glyph) * 1000)) > 1 && widths.Count > 0 && glyph <= widths.Keys.Max())
            {
                Fault(number, $"has another width for CID {glyph}: {stated} (6.3.6 / 6.2.11.5)");
            }
        }

        CheckCharacterSet(number, descriptor, program.GlyphCount);
    }

    /// <summary>6.3.5: part 1 demands it; 6.2.11.4.2: the others want it complete.</summary>
    private void CheckCharacterSet(int number, PdfDictionary descriptor, int glyphs)
    {
        if (_document.Resolve(descriptor["CIDSet"]) is not PdfStream set)
        {
            if (_isPartOne)
            {
                Fault(number, "has no /CIDSet (6.3.5)");
            }

            return;
        }

        byte[] bits = _document.Decode(set).ToArray();
        if (bits.Length * 8 < glyphs || Enumerable.Range(0, bits.Length * 8).Any(cid => ((bits[cid / 8] >> (7 - (cid % 8))) & 1) != (cid < glyphs ? 1 : 0)))
        {
            Fault(number, "has a /CIDSet that is not complete (6.3.5 / 6.2.11.4.2)");
        }
    }

    private static Dictionary<int, double> Widths(PdfArray written)
    {
        var widths = new Dictionary<int, double>();
        for (int i = 0; i + 1 < written.Count; i += 2)
        {
            int first = (int)((PdfInteger)written[i]).Value;
            foreach (PdfObject width in (PdfArray)written[i + 1])
            {
                widths[first++] = width is PdfReal real ? real.Value : ((PdfInteger)width).Value;
            }
        }

        return widths;
    }

    /// <summary>6.2.2, 6.7.2, 6.9: what the document says of itself is as it was.</summary>
    private void CheckCatalog(byte[] original)
    {
        using PdfDocument before = PdfDocument.Open(original);
        foreach (string key in (string[])["Metadata", "OutputIntents", "MarkInfo", "Lang"])
        {
            if (!Equals(before.Resolve(before.Catalog[key]), _document.Resolve(_document.Catalog[key])))
            {
                _faults.Add($"the catalog's /{key} changed");
            }
        }

        if (!Equals(before.Trailer["Info"], _document.Trailer["Info"]))
        {
            _faults.Add("the document information changed (6.7.3)");
        }

        var form = _document.Resolve(_document.Catalog["AcroForm"]) as PdfDictionary;
        if (form?["NeedAppearances"] is PdfBoolean { Value: true } || form?.ContainsKey("XFA") == true)
        {
            _faults.Add("the form asks for appearances or has XFA (6.9 / 6.4.1, 6.4.2)");
        }

        if (_isPartOne && _document.Catalog.ContainsKey("Extensions"))
        {
            _faults.Add("the catalog declares an extension of a later version (6.1.1)");
        }
    }
}
