using System.Text;
using ESign.Pdf.Forms;

namespace ESign.Pdf.Tests.Forms;

/// <summary>ISO 32000-2 §12.7.4.3: what /DA says of a field's text.</summary>
public sealed class DefaultAppearanceTests
{
    [Theory]
    [InlineData("/Helv 12 Tf 0 g", "Helv", 12, "0")]
    [InlineData("0.2 0.4 1 rg /F1 0 Tf", "F1", 0, "0.2 0.4 1")]
    [InlineData("0 1 1 0 k /HeBo 9.5 Tf 2 Tr", "HeBo", 9.5, "0 1 1 0")]
    [InlineData("", "", 0, "0")]
    [InlineData("/Helv Tf rg 99999 Tf 7 8 9 10 11 12 g (", "Helv", 0, "12")]
    [InlineData("/Helv -3 Tf", "Helv", 0, "0")]
    public void Font_size_and_ink(string text, string font, double size, string ink)
    {
        DefaultAppearance appearance = DefaultAppearance.Parse(Encoding.Latin1.GetBytes(text));
        Assert.Equal((font, size, ink), (appearance.Font, appearance.Size, FormattableString.Invariant($"{string.Join(' ', appearance.Ink)}")));
    }
}
