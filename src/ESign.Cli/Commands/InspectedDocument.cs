using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ESign.Pdf;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax.Encryption;

namespace ESign.Cli.Commands;

/// <summary>The facts of a document that <c>esign inspect</c> prints.</summary>
internal static class InspectedDocument
{
    /// <summary>Pages and fields listed; a hostile file may claim a million of either.</summary>
    private const int MaxListed = 10_000;

    public static JsonObject Describe(PdfDocument document)
    {
        List<Page> pages = [.. document.Pages.All().Take(MaxListed)];
        IReadOnlyList<FormField> fields = document.AcroForm.Fields;
        Dictionary<PdfReference, int> pageOfWidget = [];
        foreach (Page page in pages)
        {
            foreach ((PdfReference? reference, _) in page.Annotations())
            {
                if (reference is not null)
                {
                    pageOfWidget.TryAdd(reference, page.Number);
                }
            }
        }

        var facts = new JsonObject
        {
            ["version"] = document.Version,
            ["size"] = document.Source.Length,
            ["headerOffset"] = document.HeaderOffset,
            ["crossReference"] = document.Objects.Table.Sections[0].Kind.ToString().ToLowerInvariant(),
            ["encryption"] = document.Security is { } security ? Encryption(security) : null,
            ["pageCount"] = document.PageCount,
            ["pages"] = new JsonArray([.. pages.Select(PageFacts)]),
            ["revisions"] = new JsonArray([.. document.Revisions.Select(r => (JsonNode)new JsonObject { ["number"] = r.Number, ["endOffset"] = r.EndOffset })]),
            ["fieldCount"] = fields.Count,
            ["fields"] = new JsonArray([.. fields.Take(MaxListed).Select(f => Field(document, f, pageOfWidget))]),
            ["signatures"] = new JsonArray([.. document.SignatureFields.Where(f => f.IsSigned).Take(MaxListed).Select(f => Signature(document, f))]),
        };

        // Last: reading all of the above is what meets the damage.
        facts["repaired"] = document.WasRepaired;
        facts["repairCause"] = document.RepairCause;
        return facts;
    }

    /// <summary>The same facts, for people.</summary>
    public static string ToText(JsonObject facts)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"PDF {facts["version"]}, {facts["size"]} bytes, {facts["pageCount"]} page(s), {((JsonArray)facts["revisions"]!).Count} revision(s)\n");
        text.Append(facts["encryption"] is JsonObject encryption ? $"encrypted: {encryption["algorithm"]}, opened as {encryption["openedAs"]}\n" : "not encrypted\n");
        if (facts["repairCause"] is { } cause)
        {
            text.Append(CultureInfo.InvariantCulture, $"damaged, read after repair: {cause}\n");
        }

        foreach (JsonNode? page in (JsonArray)facts["pages"]!)
        {
            text.Append(CultureInfo.InvariantCulture, $"page {page!["number"]}: {page["width"]} x {page["height"]}, rotation {page["rotation"]}\n");
        }

        foreach (JsonNode? field in (JsonArray)facts["fields"]!)
        {
            text.Append(CultureInfo.InvariantCulture, $"field {field!["name"]}: {field["type"]}\n");
        }

        foreach (JsonNode? signature in (JsonArray)facts["signatures"]!)
        {
            text.Append(CultureInfo.InvariantCulture, $"signature {signature!["field"]}: {signature["subFilter"]} {signature["date"]}\n");
        }

        return text.ToString().TrimEnd();
    }

    private static JsonObject Encryption(SecurityHandler security)
    {
        EncryptionParameters parameters = security.Parameters;
        return new JsonObject
        {
            ["algorithm"] = parameters.StreamMethod switch
            {
                CryptMethod.Rc4 => string.Create(CultureInfo.InvariantCulture, $"RC4-{parameters.KeyLength * 8}"),
                CryptMethod.AesV2 => "AES-128",
                CryptMethod.AesV3 => "AES-256",
                _ => "none",
            },
            ["version"] = parameters.Version,
            ["revision"] = parameters.Revision,
            ["openedAs"] = security.IsOwner ? "owner" : "user",
            ["encryptMetadata"] = parameters.EncryptMetadata,
            ["permissions"] = new JsonArray([.. Enum.GetValues<DocumentPermissions>()
                .Where(p => p != DocumentPermissions.None && ((DocumentPermissions)parameters.Permissions).HasFlag(p))
                .Select(p => (JsonNode)p.ToString())]),
        };
    }

    private static JsonObject PageFacts(Page page) => new()
    {
        ["number"] = page.Number,
        ["mediaBox"] = Box(page.Rectangle("MediaBox")),
        ["cropBox"] = Box(page.Rectangle("CropBox")),
        ["visibleBox"] = Box(page.Geometry.Box),
        ["rotation"] = page.Geometry.Rotation,
        ["userUnit"] = page.Geometry.UserUnit,
        ["width"] = Rounded(page.Geometry.DisplayedWidth),
        ["height"] = Rounded(page.Geometry.DisplayedHeight),
    };

    private static JsonObject Field(PdfDocument document, FormField field, Dictionary<PdfReference, int> pageOfWidget)
    {
        var widgets = new JsonArray();
        foreach (Widget widget in field.Widgets.Take(MaxListed))
        {
            widgets.Add((JsonNode)new JsonObject
            {
                ["page"] = widget.Reference is { } reference && pageOfWidget.TryGetValue(reference, out int page) ? page : null,
                ["rect"] = Box(Page.ReadRectangle(document, widget.Dictionary["Rect"])),
            });
        }

        return new JsonObject
        {
            ["name"] = field.Name,
            ["type"] = field.FieldType,
            ["flags"] = field.Flags,
            ["value"] = Text(document, field.Value),
            ["widgets"] = widgets,
        };
    }

    private static JsonObject Signature(PdfDocument document, SignatureField field)
    {
        PdfDictionary value = field.Value!;
        long[]? range = document.Resolve(value["ByteRange"]) is PdfArray array && array.All(n => n is PdfInteger) ? [.. array.Select(n => ((PdfInteger)n).Value)] : null;
        return new JsonObject
        {
            ["field"] = field.Name,
            ["type"] = Text(document, value["Type"]),
            ["filter"] = Text(document, value["Filter"]),
            ["subFilter"] = Text(document, value["SubFilter"]),
            ["name"] = Text(document, value["Name"]),
            ["reason"] = Text(document, value["Reason"]),
            ["location"] = Text(document, value["Location"]),
            ["contactInfo"] = Text(document, value["ContactInfo"]),
            ["date"] = Text(document, value["M"]),
            ["byteRange"] = range is null ? null : new JsonArray([.. range.Select(n => (JsonNode)n)]),
            ["contentsLength"] = (document.Resolve(value["Contents"]) as PdfString)?.Bytes.Length,
        };
    }

    private static string? Text(PdfDocument document, PdfObject? value) => document.Resolve(value) switch
    {
        PdfString text => text.ToText(),
        PdfName name => name.Value,
        PdfInteger or PdfReal or PdfBoolean => document.Resolve(value).ToString(),
        _ => null,
    };

    private static JsonArray? Box(PdfRectangle? box) =>
        box is { } b ? new JsonArray(Rounded(b.Left), Rounded(b.Bottom), Rounded(b.Right), Rounded(b.Top)) : null;

    /// <summary>JSON has no infinity: a hostile box with numbers beyond all measure shows the largest.</summary>
    private static JsonValue Rounded(double value) => JsonValue.Create(Math.Round(Math.Clamp(double.IsNaN(value) ? 0 : value, -1e15, 1e15), 4));
}
