using System.Text;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Syntax;

/// <summary>The names nearly every PDF uses, kept once so that reading a dictionary allocates no text for its keys.</summary>
internal static class KnownNames
{
    private const int Slots = 1024;

    private static readonly string[] Common = (
        "A AA AP AS AcroForm Action ActualText AllPages Alt Annot Annots Ascent Artifact ArtBox Author BBox BG BM BS Background " +
        "BaseEncoding BaseFont BaseVersion Bead BitsPerComponent BitsPerCoordinate BitsPerSample BlackIs1 BleedBox Border ByteRange " +
        "C CA CF CFM CIDFontType0 CIDFontType2 CIDInit CIDSet CIDSystemInfo CIDToGIDMap CMap CMapName CO CS CalGray CalRGB CapHeight " +
        "Catalog Cert CharProcs CharSet Colors ColorSpace ColorTransform Columns ContactInfo Contents Count Creator CreationDate CropBox Crypt " +
        "D DA DCTDecode DL DR DSS DV DW DW2 Data Decode DecodeParms Default DescendantFonts Descent Dest Dests DeviceCMYK DeviceGray DeviceN " +
        "DeviceRGB Differences DigestMethod DisplayDocTitle DocMDP DocTimeStamp DocOpen Domain E EF EFF Encode Encoding Encrypt EncryptMetadata " +
        "Extends Extensions ExtensionLevel ExtGState F FT Ff FieldMDP Fields Filter First FirstChar FitH Fit Flags FlateDecode Font FontBBox " +
        "FontDescriptor FontFamily FontFile FontFile2 FontFile3 FontMatrix FontName FontStretch FontWeight Form FormType Function FunctionType " +
        "Functions G GS0 GS1 Group H Height I ICCBased ID IRT IT Identity Identity-H Identity-V Image ImageB ImageC ImageI ImageMask Im0 Im1 Index Info Ind " +
        "Indexed Intent Interpolate ItalicAngle JBIG2Decode JPXDecode JS JavaScript K Keywords Kids L LJ LW LZWDecode Lang Last LastChar Lastmodified " +
        "LastModified Leading Legal Length Length1 Length2 Length3 Limits Linearized Link Location Lock M MCID MCR MK MacRomanEncoding MarkInfo Marked Mask Matrix MaxLen " +
        "MediaBox Metadata MissingWidth ModDate N NM Name Names NeedAppearances Next NonStruct Nums O OBJR OC OCG OCGs OCProperties OE ObjStm Off On Open OpenAction Opt Order " +
        "Ordering Outlines OutputIntents P PDF PS Page PageLabels PageLayout PageMode Pages Parent ParentTree ParentTreeNextKey Pattern Perms Pg PieceInfo Predictor Prev Private " +
        "ProcSet Producer Prop_Build Properties Q QuadPoints R R0 RC Range Reason Rect Ref Reference Registry Resources RoleMap Root Rotate Rows S SMask SV ShadingType Shading " +
        "Shape Sig SigFieldLock SigFlags SigRef Size Sort Span StandardEncoding StdCF StemH StemV StmF StrF Stream StructElem StructParent StructParents StructTreeRoot Style Sub SubFilter Subtype " +
        "Suspects Supplement T TM TP TR TU Tabs Text ToUnicode Trans TransformMethod TransformParams Transparency TrimBox Trapped True TrueType Tx Type Type0 Type1 Type1C Type3 " +
        "U UE URI UserUnit V VRI Version ViewerPreferences W W2 WMode Widget Width Widths WinAnsiEncoding XFA XHeight XObject XRef XRefStm XStep XYZ YStep ZaDb " +
        "F0 F1 F2 F3 F4 F5 F6 F7 F8 F9 C0_0 C0_1 TT0 TT1 TT2 T1_0 Helv CIDFontType0C OpenType adbe.pkcs7.detached ETSI.CAdES.detached ETSI.RFC3161 Adobe.PPKLite Standard AESV2 AESV3 V2 None").Split(' ');

    private static readonly (string Text, PdfName Name)[] Table = Build();

    /// <summary>The text of a decoded name, shared where the name is a common one.</summary>
    public static string Get(ReadOnlySpan<byte> name)
    {
        return Find(name) is { Text: not null } known ? known.Text : Encoding.Latin1.GetString(name);
    }

    /// <summary>The name object of a token's text, shared where the name is a common one.</summary>
    public static PdfName GetName(ReadOnlySpan<byte> token)
    {
        return Find(token) is { Name: not null } known ? known.Name : new PdfName(StringDecoder.Name(token));
    }

    private static (string Text, PdfName Name) Find(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > 24)
        {
            return default;
        }

        for (int slot = Hash(name); Table[slot].Text is { } text; slot = (slot + 1) & (Slots - 1))
        {
            if (text.Length == name.Length && Ascii.Equals(name, text))
            {
                return Table[slot];
            }
        }

        return default;
    }

    private static (string Text, PdfName Name)[] Build()
    {
        var table = new (string Text, PdfName Name)[Slots];
        foreach (string text in Common)
        {
            int slot = Hash(Encoding.Latin1.GetBytes(text));
            while (table[slot].Text is not null)
            {
                slot = (slot + 1) & (Slots - 1);
            }

            table[slot] = (text, new PdfName(text));
        }

        return table;
    }

    private static int Hash(ReadOnlySpan<byte> name)
    {
        uint hash = 2166136261;
        foreach (byte b in name)
        {
            hash = (hash ^ b) * 16777619;
        }

        return (int)((hash ^ (hash >> 15)) & (Slots - 1));
    }
}
