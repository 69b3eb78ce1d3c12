using System.Text.Json;
using System.Text.Json.Serialization;

namespace ESign.Pdf.Reporting.Evidence;

/// <summary>How evidence is read: strictly, within limits, and without reflection, so that it survives trimming.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    MaxDepth = 32,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    NumberHandling = JsonNumberHandling.Strict,
    Converters = [typeof(EvidenceTime)])]
[JsonSerializable(typeof(EvidenceFile))]
internal sealed partial class EvidenceJsonContext : JsonSerializerContext;
