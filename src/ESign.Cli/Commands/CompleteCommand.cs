using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using ESign.Cli.Signing;
using ESign.Pdf.Signing;
using ESign.Pki.Timestamping;

namespace ESign.Cli.Commands;

/// <summary><c>esign complete DRAFT</c>: puts the value that a key elsewhere made into a prepared document.</summary>
/// <remarks>The value must verify with the certificate, and the draft must be the one that was prepared and still be empty; otherwise it stays as it is.</remarks>
internal sealed class CompleteCommand
{
    private readonly Argument<string> _draft = new("DRAFT") { Description = "`esign prepare` 写出的 PDF，将被就地完成 / the PDF that `esign prepare` wrote; completed in place" };
    private readonly Option<string> _state = new("--state") { Required = true, Description = "`esign prepare` 写出的 JSON / the JSON that `esign prepare` wrote" };
    private readonly Option<string> _value = new("--value") { Required = true, Description = "签名值（ECDSA、SM2 为 DER）或整个 CMS 的文件 / the file with the signature value (ECDSA and SM2: DER), or the whole CMS container" };
    private readonly Option<string[]> _tsa = new("--tsa") { Description = "时间戳服务地址，可给多个依次尝试 / a timestamp authority's URL; give several to try one after another" };
    private readonly Option<bool> _json = CliJson.CreateOption();
    private readonly CliContext _context;

    private CompleteCommand(CliContext context) => _context = context;

    public static Command Create(CliContext context)
    {
        var complete = new CompleteCommand(context);
        var command = new Command("complete", "完成已准备的签名 / Complete a prepared signature with the value of the key.") { complete._draft };
        foreach (Option option in (Option[])[complete._state, complete._value, complete._tsa, complete._json])
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => SigningErrors.CatchAsync(() => complete.RunAsync(parsed, cancellationToken)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string path = parsed.GetValue(_draft)!;
        string state = CliContext.ReadText(parsed.GetValue(_state)!);
        byte[] value = CliContext.ReadInput(parsed.GetValue(_value)!);
        string[] authorities = parsed.GetValue(_tsa) ?? [];
        PdfInput.OpenFile(path).Dispose();
        string field = await CompleteAsync(path, state, value, authorities, cancellationToken);
        _context.Output.WriteLine(parsed.GetValue(_json)
            ? CliJson.Line(new JsonObject { ["out"] = path, ["field"] = field, ["timestamped"] = authorities.Length > 0 })
            : $"{path}: {field}");
        return CliExit.Success;
    }

    private async Task<string> CompleteAsync(string path, string state, byte[] value, string[] authorities, CancellationToken cancellationToken)
    {
        using var draft = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        try
        {
            if (!IsSignature(state))
            {
                PreparedDocument document = PreparedDocument.FromJson(state);
                if (authorities.Length > 0)
                {
                    throw new ArgumentException($"整个 CMS 已含其时间戳，不能再给 {_tsa.Name} / A whole container brings its own timestamp: leave out {_tsa.Name}.");
                }

                await document.CompleteAsync(draft, value, cancellationToken);
                return document.FieldName;
            }

            var signature = PreparedSignature.FromJson(state);
            using var handler = new SocketsHttpHandler();
            using var client = new HttpClient(handler);
            ITimestampSource? timestamps = authorities.Length == 0 ? null : LevelArguments.Authorities(authorities, _context.Clock, client);
            await signature.CompleteAsync(draft, value, timestamps, cancellationToken);
            return signature.FieldName;
        }
        catch (FormatException exception)
        {
            throw new CliException(CliExit.DataError, exception.Message, "请给出 `esign prepare` 用 --state 写出的 JSON / give the JSON that `esign prepare` wrote with --state", exception);
        }
    }

    /// <summary>Whether a value is waited for, and not a whole container.</summary>
    private static bool IsSignature(string state)
    {
        try
        {
            using var document = JsonDocument.Parse(state);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("signedAttributes", out _);
        }
        catch (JsonException exception)
        {
            throw new FormatException("不是 JSON / Not JSON: " + exception.Message, exception);
        }
    }
}
