using System.CommandLine;
using System.Text.Json.Nodes;
using ESign.Pdf;
using ESign.Pdf.Content;
using ESign.Pdf.Document;
using ESign.Pdf.Seals;
using ESign.Pdf.Seals.Placing;
using ESign.Pdf.Signing;

namespace ESign.Cli.Commands;

/// <summary>
/// <c>esign locate FILE --keyword TEXT</c>: where a text stands, as a JSON array with one occurrence a line; or, with
/// <c>--field NAME</c>, where a form field does. The boxes are those that placements use.
/// </summary>
internal static class LocateCommand
{
    public static Command Create(CliContext context)
    {
        var file = new Argument<string>("FILE") { Description = "PDF 文件 / the PDF to search" };
        var keyword = new Option<string?>("--keyword") { Description = "关键字；^关键字^ 为全词匹配 / the text to find; ^text^ finds whole words only" };
        var field = new Option<string?>("--field") { Description = "表单域或签名域的全名 / the full name of a form field or signature field" };
        var page = new Option<int?>("--page") { Description = "只搜索这一页，从 1 起，负数从末页起 / the only page to search, from 1, negative from the end" };
        var password = new Option<string?>("--pdf-password") { Description = "打开文件的密码 / the password that opens the file" };
        Option<bool> json = CliJson.CreateOptionForErrors();
        var command = new Command("locate", "查找关键字或表单域的位置 / Find where a text or a form field stands on the pages.") { file, keyword, field, page, password, json };
        command.SetAction(parsed =>
        {
            (string? text, string? name) = (parsed.GetValue(keyword), parsed.GetValue(field));
            if (text is null == name is null || (name is not null && parsed.GetValue(page) is not null))
            {
                throw new CliException(CliExit.Usage, "请给出 --keyword（可加 --page）或 --field / Give --keyword, perhaps with --page, or --field.", "请看 `esign locate --help` / see `esign locate --help`");
            }

            JsonObject[] found = PdfInput.Guard<JsonObject[]>(parsed.GetValue(file)!, parsed.GetValue(password), document =>
                name is null ? [.. Find(document, text!, parsed.GetValue(page)).Select(ToJson)] : [FindField(document, name)]);
            Print(context, found);
            return CliExit.Success;
        });
        return command;
    }

    private static void Print(CliContext context, JsonObject[] found)
    {
        context.Output.WriteLine("[");
        for (int i = 0; i < found.Length; i++)
        {
            context.Output.WriteLine("  " + CliJson.Line(found[i]) + (i + 1 < found.Length ? "," : ""));
        }

        context.Output.WriteLine("]");
    }

    private static JsonObject FindField(PdfDocument document, string name)
    {
        FormField field = document.AcroForm.Fields.FirstOrDefault(known => known.Name == name)
            ?? throw new CliException(CliExit.PlacementRefused, $"没有名为“{name}”的域 / There is no field \"{name}\".", "`esign inspect` 列出所有域 / `esign inspect` lists the fields");
        FieldPlace place = new DocumentPlaces(document).PlaceOf(field)
            ?? throw new CliException(CliExit.PlacementRefused, $"没有页面显示域“{name}” / No page shows the field \"{name}\".", "用 --field 签署它不会显示任何内容 / signed with --field it shows nothing");
        return new JsonObject
        {
            ["page"] = place.Page,
            ["field"] = name,
            ["displayed"] = Json(document.GetPage(place.Page).Geometry.ToDisplayed(place.Rectangle)),
            ["userSpace"] = Json(place.Rectangle),
        };
    }

    private static IReadOnlyList<TextMatch> Find(PdfDocument document, string keyword, int? page)
    {
        try
        {
            TextMatch[] matches = [.. new TextLocator(document).Find(keyword, page)];
            return matches.Length > 0 ? matches : throw SealPlacementException.KeywordNotFound(keyword);
        }
        catch (SealPlacementException exception)
        {
            throw new CliException(CliExit.PlacementRefused, exception.Message, "请检查文字；图片中的文字不在搜索之列 / check the spelling; pictures of text are not searched", exception);
        }
        catch (ArgumentOutOfRangeException) when (page is not null)
        {
            SealPlacementException refused = SealPlacementException.NoSuchPage(page.Value, document.PageCount);
            throw new CliException(CliExit.PlacementRefused, refused.Message, "请给出文件中存在的页 / give a page the document has", refused);
        }
        catch (ArgumentException exception)
        {
            throw new CliException(CliExit.Usage, exception.Message, "--keyword 至少要有一个可见字符 / give --keyword a text with at least one visible character", exception);
        }
    }

    private static JsonObject ToJson(TextMatch match) => new()
    {
        ["page"] = match.Page,
        ["text"] = match.Text,
        ["displayed"] = Json(match.Displayed),
        ["userSpace"] = Json(match.UserSpace),
    };

    private static JsonObject Json(DisplayedRectangle box) => new()
    {
        ["x"] = Rounded(box.X),
        ["y"] = Rounded(box.Y),
        ["width"] = Rounded(box.Width),
        ["height"] = Rounded(box.Height),
    };

    private static JsonArray Json(PdfRectangle box) => new(Rounded(box.Left), Rounded(box.Bottom), Rounded(box.Right), Rounded(box.Top));

    private static JsonValue Rounded(double value) => JsonValue.Create(Math.Round(value, 3));
}
