using ESign.Pdf.Objects;

namespace ESign.Pdf.Syntax;

/// <summary>What stands at <c>N G obj</c> (ISO 32000-2 §7.3.10).</summary>
/// <param name="Number">The object number written there.</param>
/// <param name="Generation">The generation written there.</param>
/// <param name="Value">The object; of a stream, its dictionary.</param>
/// <param name="DataStart">Where stream data begins, or -1 when it is no stream.</param>
/// <param name="End">The file offset after the last token read (the value, or the keyword <c>stream</c>).</param>
internal readonly record struct IndirectObject(int Number, int Generation, PdfObject Value, long DataStart, long End);
