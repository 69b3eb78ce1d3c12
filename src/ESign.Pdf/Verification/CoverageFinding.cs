using System.Globalization;
using ESign.Pdf.Document;
using ESign.Pdf.Syntax;

namespace ESign.Pdf.Verification;

/// <summary>What a signature covers, and why.</summary>
/// <remarks>
/// ISO 32000-2 §12.8.1: from the first byte to the end of a revision. Writers leave out, or add, the end-of-line after
/// <c>%%EOF</c>; nothing else may stand between what is covered and where the next revision begins.
/// </remarks>
/// <param name="Coverage">The judgement.</param>
/// <param name="Message">Why, in Chinese and English.</param>
internal sealed record CoverageFinding(Coverage Coverage, string Message)
{
    /// <summary>Line ends that writers put after a revision; more would be something else.</summary>
    private const int LineEndTolerance = 64;

    /// <summary>Judges what a signature covers.</summary>
    /// <param name="document">The document.</param>
    /// <param name="history">Its revisions.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="isGapExact">Whether the gap is exactly the value: what else lies in it is not covered.</param>
    public static CoverageFinding Judge(PdfDocument document, DocumentHistory history, SignatureUnderTest signature, bool isGapExact)
    {
        if (signature.ByteRange is not { } range)
        {
            return Invalid("/ByteRange 缺失或格式不正确 / /ByteRange is missing or is not four integers [0 a b c] within the file");
        }

        CoverageFinding finding = JudgeEnd(document, history, signature, range);
        return isGapExact || finding.Coverage == Coverage.Invalid
            ? finding
            : Invalid("字节范围略过的不只是签名值 / the byte range leaves out something other than the signature value");
    }

    private static CoverageFinding JudgeEnd(PdfDocument document, DocumentHistory history, SignatureUnderTest signature, ByteRange range)
    {
        ByteSource source = document.Source;
        if (range.End == source.Length)
        {
            return signature.RevisionIndex == history.Count - 1 && history.IsEntryPoint(signature.RevisionIndex)
                ? new CoverageFinding(Coverage.WholeFile, "覆盖整个文件 / covers the whole file")
                : Invalid("覆盖到文件末尾，但不是任何修订版的结尾 / covers the file to its end, which is not the end of a revision");
        }

        if (signature.RevisionIndex < 0)
        {
            return Invalid(document.RepairCause is { } cause
                ? $"文件的交叉引用已损坏，无法分辨修订版：{cause} / the cross-reference of the file is broken, so that its revisions cannot be told apart: {cause}"
                : "覆盖范围不含任何完整的修订版 / what is covered holds no complete revision");
        }

        Revision revision = document.Revisions[signature.RevisionIndex];
        bool isNewest = signature.RevisionIndex == history.Count - 1;
        long from = Math.Min(range.End, revision.EndOffset);
        long to = isNewest ? source.Length : Math.Max(range.End, revision.EndOffset);
        if (to - from > LineEndTolerance || !IsWhiteSpace(source, from, to))
        {
            return Invalid(range.End < to
                ? string.Create(CultureInfo.InvariantCulture, $"第 {range.End} 字节之后有不属于任何修订版的内容 / bytes after offset {range.End} belong to no revision and are not covered")
                : string.Create(CultureInfo.InvariantCulture, $"覆盖范围止于下一修订版之内，位置 {range.End} / what is covered ends inside the next revision, at offset {range.End}"));
        }

        if (!history.IsEntryPoint(signature.RevisionIndex))
        {
            return Invalid("所签修订版的交叉引用不是文件现在使用的 / the file no longer begins at the cross-reference of the signed revision");
        }

        return isNewest
            ? new CoverageFinding(Coverage.WholeRevision, "覆盖整个文件，仅末尾换行除外 / covers the whole file but for a line end")
            : new CoverageFinding(Coverage.WholeRevision, string.Create(CultureInfo.InvariantCulture, $"覆盖第 {revision.Number} 修订版（共 {history.Count}） / covers revision {revision.Number} of {history.Count}"));
    }

    private static CoverageFinding Invalid(string message) => new(Coverage.Invalid, message);

    private static bool IsWhiteSpace(ByteSource source, long from, long to)
    {
        if (from >= to)
        {
            return true;
        }

        ReadOnlySpan<byte> window = source.Window(from, (int)(to - from));
        return window[..(int)(to - from)].IndexOfAnyExcept(CharacterClass.WhiteSpace) < 0;
    }
}
