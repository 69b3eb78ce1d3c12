using System.CommandLine;
using System.Text.Json.Nodes;
using ESign.Pdf.Content;
using ESign.Pdf.Document;
using ESign.Pdf.Seals;

namespace ESign.Cli.Commands;

/// <summary>
/// <c>esign locate FILE --keyword TEXT</c>: where a text stands, as a JSON array with one occurrence a line. The boxes
/// are those that <c>--keyword</c> placements use.
/// </summary>
internal static class LocateCommand
{
    public static Command Create(CliContext context)
    {
        var file = new Argument<string>("FILE") { Description = "PDF 文件 / the PDF to search" };
        var keyword = new Option<string>("--keyword") { Required = true, Description = "关键字；^关键字^ 为全词匹配 / the text to find; ^text^ finds whole words only" };
        var page = new Option<int?>("--page") { Description = "只搜索这一页，从 1 起，负数从末页起 / the only page to search, from 1, negative from the end" };
        var password = new Option<string?>("--pdf-password") { Description = "打开文件的密码 / the password that opens the file" };
        Option<bool> json = CliJson.CreateOptionForErrors();
        var command = new Command("locate", "查找关键字的位置 / Find where a text stands on the pages.") { file, keyword, page, password, json };
        command.SetAction(parsed =>
        {
            Locate(context, parsed.GetValue(file)!, parsed.GetValue(keyword)!, parsed.GetValue(page), parsed.GetValue(password));
            return CliExit.Success;
        });
        return command;
    }

    private static void Locate(CliContext context, string path, string keyword, int? page, string? password)
    {
        IReadOnlyList<TextMatch> matches = PdfInput.Guard(path, password, document => Find(document, keyword, page));
        context.Output.WriteLine("[");
        for (int i = 0; i < matches.Count; i++)
        {
            context.Output.WriteLine("  " + CliJson.Line(ToJson(matches[i])) + (i + 1 < matches.Count ? "," : ""));
        }

        context.Output.WriteLine("]");
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
        ["displayed"] = new JsonObject
        {
            ["x"] = Rounded(match.Displayed.X),
            ["y"] = Rounded(match.Displayed.Y),
            ["width"] = Rounded(match.Displayed.Width),
            ["height"] = Rounded(match.Displayed.Height),
        },
        ["userSpace"] = new JsonArray(Rounded(match.UserSpace.Left), Rounded(match.UserSpace.Bottom), Rounded(match.UserSpace.Right), Rounded(match.UserSpace.Top)),
    };

    private static JsonValue Rounded(double value) => JsonValue.Create(Math.Round(value, 3));
}
