using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using ESign.Cli.Progress;
using ESign.Cli.Signing;
using ESign.Pdf;
using ESign.Pdf.Document;
using ESign.Pdf.Signing;
using ESign.Pki.Certificates;

namespace ESign.Cli.Commands;

/// <summary><c>esign sign IN OUT</c>: puts a seal on a document and signs it, or shows where it would land.</summary>
internal sealed class SignCommand
{
    private readonly Argument<string> _input = new("IN") { Description = "待签署的 PDF / the PDF to sign" };
    private readonly Argument<string?> _output = new("OUT") { Arity = ArgumentArity.ZeroOrOne, Description = "签署后的 PDF，可与 IN 相同；--preview 与 --in-place 时不需要 / the signed PDF; may be IN; not needed for --preview and --in-place" };
    private readonly Option<string?> _credential = new("--credential") { Description = "签署人的证书与私钥（PKCS#12） / the signer's certificate and key, a PKCS#12 file" };
    private readonly Option<string?> _passwordFile = new("--password-file") { Description = "PKCS#12 口令文件（首行） / a file whose first line is the PKCS#12's password" };
    private readonly AlgorithmArgument _algorithm = new();
    private readonly Option<bool> _lower = new("--allow-lower-level") { Description = "服务不可用时以较低级别签署并说明 / when a service does not answer, sign at a lower level and say so" };
    private readonly Option<bool> _inPlace = new("--in-place") { Description = "直接在 IN 末尾追加，不复制 / append to IN itself instead of writing OUT; a crash leaves it as it was or signed" };
    private readonly Option<string?> _preview = new("--preview") { Description = "把落点画进此 SVG 文件，不签署 / draw where the controls will land into this SVG file, and sign nothing" };
    private readonly Option<bool> _json = CliJson.CreateOption();
    private readonly SignatureArguments _signature = new();
    private readonly LevelArguments _level = LevelArguments.ForSigning();
    private readonly CliContext _context;

    private SignCommand(CliContext context) => _context = context;

    public static Command Create(CliContext context)
    {
        var sign = new SignCommand(context);
        var command = new Command("sign", "签署 PDF / Sign a PDF with a seal at a place.") { sign._input, sign._output };
        foreach (Option option in (Option[])
        [
            sign._credential, sign._passwordFile, sign._algorithm.Option, .. sign._signature.Options, .. sign._level.Options, sign._lower, sign._inPlace, sign._preview, sign._json,
        ])
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => SigningErrors.CatchAsync(() => sign.RunAsync(parsed, cancellationToken)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string input = parsed.GetValue(_input)!;
        PdfInput.OpenFile(input).Dispose();
        using SigningCredential? credential = ReadCredential(parsed);
        SignatureOptions options = _signature.Read(parsed, input, credential?.Certificate, _context.Clock.GetLocalNow());
        if (parsed.GetValue(_preview) is { } picture)
        {
            return Preview(parsed, input, picture, options);
        }

        string? output = parsed.GetValue(_output);
        if (credential is null || output is null != parsed.GetValue(_inPlace))
        {
            throw new ArgumentException($"签署需要 {_credential.Name} 和 {_passwordFile.Name}，以及 OUT 或 {_inPlace.Name} / Signing needs {_credential.Name} and {_passwordFile.Name}, and either OUT or {_inPlace.Name}.");
        }

        return _level.IsBasic(parsed)
            ? await SignAsync(parsed, input, output, options, credential, cancellationToken)
            : await SignWithServicesAsync(parsed, input, output, options, credential, cancellationToken);
    }

    /// <summary>Apart from the rest, because to load what speaks HTTP takes as long as to sign.</summary>
    private async Task<int> SignWithServicesAsync(ParseResult parsed, string input, string? output, SignatureOptions options, SigningCredential credential, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler();
        using var client = new HttpClient(handler);
        PadesLevel level = await _level.ReadAsync(parsed, _context.Clock, client, cancellationToken);
        options = options with { Level = parsed.GetValue(_lower) ? level.OrLower() : level };
        return await SignAsync(parsed, input, output, options, credential, cancellationToken);
    }

    private async Task<int> SignAsync(ParseResult parsed, string input, string? output, SignatureOptions options, SigningCredential credential, CancellationToken cancellationToken)
    {
        var complete = new SigningCredential(credential.Certificate, [.. credential.Issuers, .. _level.ReadCertificates(parsed)], credential.Key);
        var signer = new PdfSigner(complete, _context.Clock);
        SignatureReceipt receipt;
        if (output is null)
        {
            using ProgressLine waiting = _context.ShowWaiting("签署 / signing");
            receipt = await signer.SignInPlaceAsync(input, options, cancellationToken);
        }
        else
        {
            using ProgressLine progress = _context.ShowProgress("签署 / signing", new FileInfo(input).Length);
            receipt = await WholeFile.WriteAsync(input, output, (from, to) => signer.SignAsync(progress.Watch(from), to, options, cancellationToken));
        }

        Print(parsed, output ?? input, receipt);
        return CliExit.Success;
    }

    private SigningCredential? ReadCredential(ParseResult parsed)
    {
        string? file = parsed.GetValue(_credential);
        if (file is null)
        {
            return null;
        }

        string password = PasswordFile.Read(parsed.GetValue(_passwordFile)
            ?? throw new ArgumentException($"缺少 {_passwordFile.Name}：PKCS#12 文件需要口令 / {_passwordFile.Name} is missing: the PKCS#12 file needs its password."));
        return SigningCredential.LoadPkcs12(CliContext.ReadInput(file), password, _algorithm.Read(parsed));
    }

    private int Preview(ParseResult parsed, string input, string picture, SignatureOptions options)
    {
        PlacementPreview preview = PdfInput.Guard(input, options.Password, document => PlacementPreview.Create(document, options));
        File.WriteAllText(picture, preview.ToSvg());
        if (parsed.GetValue(_json))
        {
            _context.Output.WriteLine(CliJson.Line(new JsonObject { ["preview"] = picture, ["field"] = preview.FieldName, ["widgets"] = Widgets(preview.Widgets) }));
        }
        else
        {
            PrintWidgets(preview.Widgets);
        }

        return CliExit.Success;
    }

    private void Print(ParseResult parsed, string output, SignatureReceipt receipt)
    {
        _context.WriteNotes(receipt.Notes);
        if (parsed.GetValue(_json))
        {
            PrintJson(output, receipt);
            return;
        }

        _context.Output.WriteLine($"{output}: {receipt.Level} {receipt.FieldName}, {receipt.Certificate.Subject}");
        PrintWidgets(receipt.Places);
        ArchiveText.Write(_context, receipt.ValidUntil, receipt.RenewBefore);
    }

    private void PrintJson(string output, SignatureReceipt receipt)
    {
        _context.Output.WriteLine(CliJson.Line(new JsonObject
        {
            ["out"] = output,
            ["field"] = receipt.FieldName,
            ["level"] = receipt.Level,
            ["algorithm"] = receipt.Algorithm.Name,
            ["digest"] = Convert.ToHexStringLower(receipt.Digest.Span),
            ["byteRange"] = new JsonArray(0, receipt.ByteRange.FirstLength, receipt.ByteRange.SecondStart, receipt.ByteRange.SecondLength),
            ["signer"] = receipt.Certificate.Subject.ToString(),
            ["claimedTime"] = Time(receipt.ClaimedTime),
            ["timestampTime"] = receipt.TimestampTime is { } time ? Time(time) : null,
            ["validUntil"] = UtcText.Of(receipt.ValidUntil),
            ["renewBefore"] = UtcText.Of(receipt.RenewBefore),
            ["widgets"] = Widgets(receipt.Places),
            ["length"] = receipt.Length,
            ["notes"] = CliJson.Texts(receipt.Notes),
        }));
    }

    private void PrintWidgets(IReadOnlyList<SignaturePlace> widgets)
    {
        foreach (SignaturePlace widget in widgets)
        {
            DisplayedRectangle box = widget.Displayed;
            _context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{widget.FieldName}: page {widget.Page}, x {box.X:0.##}, y {box.Y:0.##}, {box.Width:0.##} × {box.Height:0.##}"));
        }
    }

    private static JsonArray Widgets(IReadOnlyList<SignaturePlace> widgets) => new([.. widgets.Select(widget => new JsonObject
    {
        ["field"] = widget.FieldName,
        ["page"] = widget.Page,
        ["displayed"] = new JsonObject
        {
            ["x"] = Rounded(widget.Displayed.X),
            ["y"] = Rounded(widget.Displayed.Y),
            ["width"] = Rounded(widget.Displayed.Width),
            ["height"] = Rounded(widget.Displayed.Height),
        },
        ["userSpace"] = new JsonArray(Rounded(widget.UserSpace.Left), Rounded(widget.UserSpace.Bottom), Rounded(widget.UserSpace.Right), Rounded(widget.UserSpace.Top)),
    })]);

    private static JsonValue Rounded(double value) => JsonValue.Create(Math.Round(value, 3));

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFzzz", CultureInfo.InvariantCulture);
}
