using System.Globalization;

namespace ESign.Pdf.Seals;

/// <summary>A seal cannot go where it was asked to; nothing was written.</summary>
public sealed class SealPlacementException : Exception
{
    private SealPlacementException(SealPlacementError code, FormattableString message, int page = 0, int rotation = 0)
        : base(message.ToString(CultureInfo.InvariantCulture))
    {
        Code = code;
        Page = page;
        Rotation = rotation;
    }

    /// <summary>What is wrong; stable between versions.</summary>
    public SealPlacementError Code { get; }

    /// <summary>The page concerned, from 1; 0 when no single page is.</summary>
    public int Page { get; }

    /// <summary>The page's <c>/Rotate</c>: 0, 90, 180 or 270.</summary>
    public int Rotation { get; }

    internal static SealPlacementException BeforeEdge(bool horizontal, double position, int page, int rotation) => horizontal
        ? new(SealPlacementError.XOutOfRange, $"控件的 X 坐标超出了允许范围：x {position:0.##} 在页面显示区域的左边缘 0 之左（第 {page} 页，/Rotate {rotation}） / The control's X coordinate is out of range: x {position:0.##} is left of the page's displayed left edge 0 (page {page}, /Rotate {rotation}).", page, rotation)
        : new(SealPlacementError.YOutOfRange, $"控件的 Y 坐标超出了允许范围：y {position:0.##} 在页面显示区域的上边缘 0 之上（第 {page} 页，/Rotate {rotation}） / The control's Y coordinate is out of range: y {position:0.##} is above the page's displayed top edge 0 (page {page}, /Rotate {rotation}).", page, rotation);

    internal static SealPlacementException BeyondEdge(bool horizontal, double position, double size, double limit, int page, int rotation) => horizontal
        ? new(SealPlacementError.XOutOfRange, $"控件的 X 坐标超出了允许范围：x {position:0.##} + 宽 {size:0.##} = {position + size:0.##}，超过页面的显示宽度 {limit:0.##}（第 {page} 页，/Rotate {rotation}） / The control's X coordinate is out of range: x {position:0.##} + width {size:0.##} = {position + size:0.##} exceeds the page's displayed width {limit:0.##} (page {page}, /Rotate {rotation}).", page, rotation)
        : new(SealPlacementError.YOutOfRange, $"控件的 Y 坐标超出了允许范围：y {position:0.##} + 高 {size:0.##} = {position + size:0.##}，超过页面的显示高度 {limit:0.##}（第 {page} 页，/Rotate {rotation}） / The control's Y coordinate is out of range: y {position:0.##} + height {size:0.##} = {position + size:0.##} exceeds the page's displayed height {limit:0.##} (page {page}, /Rotate {rotation}).", page, rotation);

    internal static SealPlacementException InvalidSize(double width, double height) => new(
        SealPlacementError.InvalidSize, $"不合法的控件大小或坐标：宽 {width:0.##}，高 {height:0.##} / The control's size or coordinates are not valid: width {width:0.##}, height {height:0.##}.");

    internal static SealPlacementException NoSuchPage(int page, int pageCount) => new(
        SealPlacementError.NoSuchPage, $"页码 {page} 不存在：文件共 {pageCount} 页，从 1 起，或从末页 -1 起 / There is no page {page}: the document has {pageCount} page(s), counted from 1, or from -1 at the end.");

    internal static SealPlacementException NoPagesSelected(int pageCount) => new(
        SealPlacementError.NoPagesSelected, $"没有选中任何页面：文件共 {pageCount} 页 / The selection holds no page of this document of {pageCount} page(s).");

    internal static SealPlacementException KeywordNotFound(string keyword) => new(
        SealPlacementError.KeywordNotFound, $"在这个 PDF 中没有搜索到[{keyword}]，请确认这个字符串是否存在 / The text [{keyword}] was not found in this PDF.");

    internal static SealPlacementException OccurrenceNotFound(string keyword, int index, int found) => new(
        SealPlacementError.KeywordNotFound, $"在这个 PDF 中没有搜索到[{keyword}]的第 {index} 处（从 0 起）：共有 {found} 处 / The text [{keyword}] has no occurrence {index} (counted from 0): {found} found in this PDF.");

    internal static SealPlacementException FieldNotFound(string name) => new(
        SealPlacementError.FieldNotFound, $"在这个 PDF 中没有找到在页面上有位置的表单域[{name}] / There is no form field [{name}] with a place on a page of this PDF.");

    internal static SealPlacementException Overlap(DisplayedRectangle wanted, DisplayedRectangle existing, int page, int rotation) => new(
        SealPlacementError.Overlap,
        $"控件与已有签名重叠：x {wanted.X:0.##}，y {wanted.Y:0.##}，{wanted.Width:0.##} × {wanted.Height:0.##} 与 x {existing.X:0.##}，y {existing.Y:0.##}，{existing.Width:0.##} × {existing.Height:0.##} 相交（第 {page} 页，/Rotate {rotation}） / The control would cover an existing signature: x {wanted.X:0.##}, y {wanted.Y:0.##}, {wanted.Width:0.##} × {wanted.Height:0.##} meets x {existing.X:0.##}, y {existing.Y:0.##}, {existing.Width:0.##} × {existing.Height:0.##} (page {page}, /Rotate {rotation}).",
        page,
        rotation);

    internal static SealPlacementException TooFewPages(int pages) => new(
        SealPlacementError.TooFewPages, $"骑缝章至少需要两页，只选中了 {pages} 页 / A cross-page seal needs at least two pages; {pages} selected.");
}
