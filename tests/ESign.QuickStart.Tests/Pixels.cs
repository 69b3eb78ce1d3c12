using System.Globalization;
using System.Text;

namespace ESign.QuickStart.Tests;

/// <summary>Compares two pages rendered as PPM (Netpbm P6).</summary>
internal static class Pixels
{
    /// <summary>The box of what differs within a window: first and past-the-last column and row.</summary>
    public static (int Left, int Top, int Right, int Bottom) Changed(byte[] before, byte[] after, int fromX, int toX, int fromY, int toY)
    {
        (int width, int start) = Header(before);
        Assert.Equal(before.Length, after.Length);
        (int left, int top, int right, int bottom) = (int.MaxValue, int.MaxValue, 0, 0);
        for (int y = fromY; y < toY; y++)
        {
            for (int x = fromX; x < toX; x++)
            {
                int at = start + (3 * ((y * width) + x));
                if (!before.AsSpan(at, 3).SequenceEqual(after.AsSpan(at, 3)))
                {
                    (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
                }
            }
        }

        return (left, top, right, bottom);
    }

    private static (int Width, int Start) Header(byte[] ppm)
    {
        string[] words = Encoding.ASCII.GetString(ppm, 0, 40).Split(['\n', ' '], 5);
        Assert.Equal("P6", words[0]);
        return (int.Parse(words[1], CultureInfo.InvariantCulture), words[..4].Sum(word => word.Length + 1));
    }
}
