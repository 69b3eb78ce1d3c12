namespace ESign.Pki.Transparency;

/// <summary>One record of a log.</summary>
/// <param name="Index">Its position, from 0.</param>
/// <param name="Content">Its bytes: what the leaf hash covers.</param>
internal readonly record struct LogRecord(long Index, ReadOnlyMemory<byte> Content);
