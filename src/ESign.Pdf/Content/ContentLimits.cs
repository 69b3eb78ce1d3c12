using System.Globalization;

namespace ESign.Pdf.Content;

/// <summary>What reading one page may cost; each number is far beyond what real pages need.</summary>
/// <remarks>ISO 32000-2 leaves limits to the reader (annex C); measured pages of the corpus stay below a hundredth of these.</remarks>
internal sealed class ContentLimits
{
    /// <summary>Bytes of decoded content per page, forms counted each time they are drawn: a second of work.</summary>
    public const long MaxBytes = 128L * 1024 * 1024;

    /// <summary>Bytes of the decoded streams of one page put together; twice that is in memory while they are.</summary>
    public const int MaxJoined = 32 << 20;

    /// <summary>A page of small print has 20,000 characters, a map some ten thousands; each costs 200 bytes.</summary>
    public const int MaxGlyphs = 250_000;

    /// <summary>Levels of <c>q</c> or marked content open at once; annex C of ISO 32000-1 asked for 28.</summary>
    public const int MaxNesting = 4096;

    /// <summary>Operands before an operator: a TJ array of a whole page fits.</summary>
    public const int MaxOperands = 262_144;

    /// <summary>Pictures whose places are remembered; mosaics have a few thousand.</summary>
    public const int MaxPictures = 50_000;

    /// <summary>Forms within forms.</summary>
    public const int MaxFormDepth = 32;

    /// <summary>What drawing a form costs beside its bytes, so that empty forms cannot multiply for free.</summary>
    public const int FormOverhead = 256;

    private long _bytes;
    private int _glyphs;

    /// <summary>What was spent of <see cref="MaxBytes"/>.</summary>
    public long Bytes => _bytes;

    public void SpendBytes(int count)
    {
        if ((_bytes += count) > MaxBytes)
        {
            throw Exceeded("页面内容连同表单对象的字节超过", "the page's content, with its forms, is longer than", MaxBytes);
        }
    }

    public void SpendGlyph()
    {
        if (++_glyphs > MaxGlyphs)
        {
            throw Exceeded("页面显示的字符超过", "the page shows more characters than", MaxGlyphs);
        }
    }

    /// <param name="chinese">What is larger than it may be; the limit follows.</param>
    /// <param name="english">The same.</param>
    /// <param name="limit">The limit.</param>
    public static PdfFormatException Exceeded(string chinese, string english, long limit) =>
        new(PdfErrorCode.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"{chinese} {limit} / {english} {limit}"), clause: "7.8.2");
}
