using System.CommandLine;
using System.Text.Json.Nodes;

namespace ESign.Cli.Commands;

/// <summary>
/// <c>esign inspect FILE [--json]</c>: what a PDF is made of, as signing sees it. Judges nothing: <c>verify</c> does.
/// </summary>
internal static class InspectCommand
{
    public static Command Create(CliContext context)
    {
        var file = new Argument<string>("FILE") { Description = "PDF 文件 / the PDF to look into" };
        var password = new Option<string?>("--pdf-password") { Description = "打开文件的密码 / the password that opens the file" };
        var json = CliJson.CreateOption();
        var command = new Command("inspect", "查看 PDF 的页面、加密、修订、表单域和签名 / Show a PDF's pages, encryption, revisions, fields and signatures.") { file, password, json };
        command.SetAction(parsed =>
        {
            JsonObject facts = PdfInput.Guard(parsed.GetValue(file)!, parsed.GetValue(password), InspectedDocument.Describe);
            context.Output.WriteLine(parsed.GetValue(json) ? CliJson.Indented(facts) : InspectedDocument.ToText(facts));
            return CliExit.Success;
        });
        return command;
    }
}
