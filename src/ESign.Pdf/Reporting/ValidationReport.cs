using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ESign.Pdf.Verification;

namespace ESign.Pdf.Reporting;

/// <summary>A verification, to be filed or sent on.</summary>
public sealed class ValidationReport
{
    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly VerificationResult _result;
    private readonly string _fileName;

    private ValidationReport(VerificationResult result, string fileName)
    {
        _result = result;
        _fileName = fileName;
    }

    /// <summary>Makes the report of a verification.</summary>
    /// <param name="result">What was judged.</param>
    /// <param name="fileName">The name of the file, as the report shall show it.</param>
    /// <returns>The report.</returns>
    public static ValidationReport Create(VerificationResult result, string fileName)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(fileName);
        return new ValidationReport(result, fileName);
    }

    /// <summary>The report as JSON with stable names, indented; the schema is that of <c>esign verify --json</c>.</summary>
    /// <returns>The JSON text.</returns>
    public string ToJson() => ((JsonNode)new JsonReport().Write(_fileName, _result)).ToJsonString(s_readable);
}
