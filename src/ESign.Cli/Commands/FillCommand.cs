using System.CommandLine;
using System.Text.Json.Nodes;
using ESign.Cli.Signing;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;

namespace ESign.Cli.Commands;

/// <summary><c>esign fill IN OUT --controls FILE</c>: prints texts, ticks, dates, images and watermarks into a document nobody has signed.</summary>
internal sealed class FillCommand
{
    private readonly Argument<string> _input = new("IN") { Description = "待填写的 PDF，尚未签署 / the PDF to fill; not signed yet" };
    private readonly Argument<string> _output = new("OUT") { Description = "填写后的 PDF，可与 IN 相同 / the filled PDF; may be IN" };
    private readonly Option<string> _controls = new("--controls") { Required = true, Description = "填写控件（JSON 数组） / the controls, a JSON array; images are named relative to this file" };
    private readonly Option<string?> _pdfPassword = new("--pdf-password") { Description = "打开 PDF 的密码 / the password that opens the PDF" };
    private readonly Option<bool> _json = CliJson.CreateOption();
    private readonly CliContext _context;

    private FillCommand(CliContext context) => _context = context;

    public static Command Create(CliContext context)
    {
        var fill = new FillCommand(context);
        var command = new Command("fill", "签署前填写 PDF / Print texts, ticks, dates, images and watermarks into a PDF before anyone signs it.")
        {
            fill._input, fill._output, fill._controls, fill._pdfPassword, fill._json,
        };
        command.SetAction((parsed, cancellationToken) => SigningErrors.CatchAsync(() => fill.RunAsync(parsed, cancellationToken)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string input = parsed.GetValue(_input)!;
        string output = parsed.GetValue(_output)!;
        string file = parsed.GetValue(_controls)!;
        PdfInput.OpenFile(input).Dispose();
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        string json = CliContext.ReadText(file);
        FillControl[] controls = [.. PlatformControl.Parse(json).Select(control => ToFillControl(control, folder))];
        var plan = new SigningPlan { Parties = [], FillControls = controls, Password = parsed.GetValue(_pdfPassword) };
        try
        {
            await plan.WriteAsync(input, output, cancellationToken);
        }
        catch (SigningRefusedException refused) when (refused.Code == SigningRefusal.AlreadySigned)
        {
            throw new CliException(CliExit.NoPermission, "文件已经签署，不能再填写 / The document is signed already; filling it in would change what was signed.", "请填写尚未签署的副本 / fill the copy that nobody has signed yet", refused);
        }

        if (parsed.GetValue(_json))
        {
            _context.Output.WriteLine(CliJson.Line(new JsonObject { ["out"] = output, ["controls"] = controls.Length }));
        }
        else
        {
            _context.WriteResult($"{output}: {controls.Length} 个控件 / {output}: {controls.Length} control(s)");
        }

        return CliExit.Success;
    }

    private static FillControl ToFillControl(PlatformControl control, string folder) =>
        control.ToFillControl(name => CliContext.ReadInput(Path.Combine(folder, name)))
        ?? throw new ArgumentException($"参数错误，填写控件不支持[{control.Type}]类型，可选 TEXT、MULTI_LINE_TEXT、CHECK_BOX、SELECTOR、DATE、FILL_IMAGE、WATERMARK / A control to fill cannot be of type {control.Type}: known are TEXT, MULTI_LINE_TEXT, CHECK_BOX, SELECTOR, DATE, FILL_IMAGE and WATERMARK.");
}
