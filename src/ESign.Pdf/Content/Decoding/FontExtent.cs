using ESign.Pdf.Objects;

namespace ESign.Pdf.Content.Decoding;

/// <summary>The reach of a font above and below its baseline, in units of the font size.</summary>
/// <remarks>
/// Taken from the font descriptor (ISO 32000-2 §9.8), which many producers fill with zeros or with the extremes of all
/// glyphs; values that cannot be right give way to those of an ordinary text face.
/// </remarks>
/// <param name="Ascent">Above the baseline; positive.</param>
/// <param name="Descent">Below the baseline; zero or negative.</param>
internal readonly record struct FontExtent(double Ascent, double Descent)
{
    public static FontExtent Default { get; } = new(0.88, -0.2);

    public static FontExtent Of(IObjectResolver resolver, PdfDictionary? descriptor)
    {
        double ascent = descriptor is null ? 0 : resolver.Number(descriptor["Ascent"], 0) / 1000;
        double descent = descriptor is null ? 0 : resolver.Number(descriptor["Descent"], 0) / 1000;

        // Some producers write the descent without its sign.
        descent = -Math.Abs(descent);
        return new FontExtent(ascent is > 0.3 and <= 1.3 ? ascent : Default.Ascent, descent is >= -0.6 and < 0 ? descent : Default.Descent);
    }
}
