using System.Text.Json.Nodes;
using ESign.Pki.Certificates;

namespace ESign.Cli.Commands;

/// <summary>How a certificate just made is announced.</summary>
internal static class IssuedText
{
    public static void Print(CliContext context, bool json, Certificate certificate, string path)
    {
        string end = UtcText.Of(certificate.NotAfter);
        context.Output.WriteLine(json
            ? CliJson.Line(new JsonObject { ["serial"] = certificate.SerialNumberHex, ["subject"] = certificate.Subject.ToString(), ["notAfter"] = end, ["file"] = path })
            : $"{certificate.SerialNumberHex}\t{certificate.Subject}\t{end}\t{path}");
    }
}
