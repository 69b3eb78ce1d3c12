using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ESign.Pdf;

namespace ESign.Cli;

/// <summary>An error as the JSON object that <c>--json</c> promises: code, message, hint.</summary>
internal static class JsonError
{
    /// <summary>Chinese stays readable.</summary>
    public static JsonSerializerOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    public static void Write(CliContext context, CliException exception)
    {
        string code = exception.InnerException switch
        {
            PdfFormatException format => format.Code.ToString(),
            _ => exception.ExitCode == CliExit.NoInput ? "NoInput" : "Usage",
        };
        context.Output.WriteLine(new JsonObject { ["code"] = code, ["message"] = exception.Message, ["hint"] = exception.Hint }.ToJsonString(Readable));
    }
}
