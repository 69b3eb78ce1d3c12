using ESign.Pdf.Seals.Drawing;

namespace ESign.Pdf.Seals.Designs;

/// <summary>
/// The gaps of a worn stamp as a clip path: the box of the seal with small irregular holes. What lies under the seal
/// shows through them, so no transparency is needed and PDF/A-1 is content.
/// </summary>
internal static class AgeingPattern
{
    /// <summary>Grid cell in points (about 0.8 mm): at most one hole each, so holes never overlap.</summary>
    private const double Cell = 2.3;

    public static VectorPath Create(double width, double height, SealAgeing ageing)
    {
        var noise = new Noise(ageing.Seed);
        var clip = VectorPath.Rectangle(0, 0, width, height);
        (double X, double Y, double Radius)[] worn = [.. Enumerable.Range(0, 2 + (ageing.Level / 3)).Select(_ =>
            (noise.Next() * width, noise.Next() * height, (0.08 + (0.14 * noise.Next())) * width))];
        for (double y = 0; y + Cell <= height; y += Cell)
        {
            for (double x = 0; x + Cell <= width; x += Cell)
            {
                double chance = 0.025 * ageing.Level;
                foreach ((double wx, double wy, double radius) in worn)
                {
                    double distance = Math.Sqrt(((x - wx) * (x - wx)) + ((y - wy) * (y - wy))) / radius;
                    chance += distance < 1 ? 0.05 * ageing.Level * (1 - distance) : 0;
                }

                if (noise.Next() < chance)
                {
                    Hole(clip, x, y, noise);
                }
            }
        }

        return clip;
    }

    private static void Hole(VectorPath clip, double x, double y, Noise noise)
    {
        double size = noise.Next();
        double radius = Cell * (0.08 + (0.4 * size * size));
        double centreX = x + radius + (noise.Next() * (Cell - (2 * radius)));
        double centreY = y + radius + (noise.Next() * (Cell - (2 * radius)));
        int corners = 5 + (int)(noise.Next() * 4);
        for (int i = 0; i < corners; i++)
        {
            double r = radius * (0.55 + (0.45 * noise.Next()));
            (double sin, double cos) = Math.SinCos(2 * Math.PI * i / corners);
            _ = i == 0 ? clip.MoveTo(centreX + (r * cos), centreY + (r * sin)) : clip.LineTo(centreX + (r * cos), centreY + (r * sin));
        }

        clip.Close();
    }

    /// <summary>SplitMix64 (Steele, Lea, Flood 2014): the same pattern on every machine and version.</summary>
    private sealed class Noise(int seed)
    {
        private ulong _state = unchecked((ulong)seed);

        public double Next()
        {
            unchecked
            {
                _state += 0x9E3779B97F4A7C15;
                ulong z = _state;
                z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
                z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
                return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
            }
        }
    }
}
