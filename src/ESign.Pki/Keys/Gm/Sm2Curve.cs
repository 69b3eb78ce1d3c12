using System.Globalization;
using System.Numerics;

namespace ESign.Pki.Keys.Gm;

/// <summary>The curve sm2p256v1 in plain arithmetic, for public values only: nothing here is constant-time.</summary>
/// <remarks>GB/T 32918.5-2017 (GM/T 0003.5-2012) recommended parameters; y² = x³ + ax + b with a = p − 3.</remarks>
internal static class Sm2Curve
{
    public const int FieldSizeInBytes = 32;

    public static BigInteger P { get; } = Parse("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF");

    public static BigInteger A { get; } = Parse("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC");

    public static BigInteger B { get; } = Parse("28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93");

    public static BigInteger N { get; } = Parse("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123");

    public static BigInteger Gx { get; } = Parse("32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7");

    public static BigInteger Gy { get; } = Parse("BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0");

    public static bool Contains(BigInteger x, BigInteger y) =>
        x.Sign >= 0 && y.Sign >= 0 && x < P && y < P && Mod((y * y) - (((x * x) + A) * x) - B).IsZero;

    /// <summary>The x coordinate of sG + tQ, or <see langword="null"/> for the point at infinity.</summary>
    public static BigInteger? AddMultiples(BigInteger s, BigInteger t, BigInteger qx, BigInteger qy)
    {
        var g = new Point(Gx, Gy, BigInteger.One);
        var q = new Point(qx, qy, BigInteger.One);
        Point both = Add(g, q);
        Point sum = Point.Infinity;
        for (int bit = (8 * FieldSizeInBytes) - 1; bit >= 0; bit--)
        {
            sum = Double(sum);
            bool inS = !((s >> bit) & BigInteger.One).IsZero;
            bool inT = !((t >> bit) & BigInteger.One).IsZero;
            if (inS || inT)
            {
                sum = Add(sum, inS && inT ? both : inS ? g : q);
            }
        }

        return sum.IsInfinity ? null : Mod(sum.X * BigInteger.ModPow(sum.Z, P - 3, P));
    }

    // Jacobian coordinates: (X/Z², Y/Z³). Z^(p−3) above is Z^−2 by Fermat.
    private static Point Double(Point p)
    {
        if (p.IsInfinity || p.Y.IsZero)
        {
            return Point.Infinity;
        }

        BigInteger yy = Mod(p.Y * p.Y);
        BigInteger zz = Mod(p.Z * p.Z);
        BigInteger s = Mod(4 * p.X * yy);
        BigInteger m = Mod(3 * (p.X - zz) * (p.X + zz));
        BigInteger x = Mod((m * m) - (2 * s));
        return new Point(x, Mod((m * (s - x)) - (8 * yy * yy)), Mod(2 * p.Y * p.Z));
    }

    private static Point Add(Point p, Point q)
    {
        if (p.IsInfinity || q.IsInfinity)
        {
            return p.IsInfinity ? q : p;
        }

        BigInteger pzz = Mod(p.Z * p.Z);
        BigInteger qzz = Mod(q.Z * q.Z);
        BigInteger u1 = Mod(p.X * qzz);
        BigInteger h = Mod((q.X * pzz) - u1);
        BigInteger s1 = Mod(p.Y * q.Z * qzz);
        BigInteger r = Mod((q.Y * p.Z * pzz) - s1);
        if (h.IsZero)
        {
            return r.IsZero ? Double(p) : Point.Infinity;
        }

        BigInteger hh = Mod(h * h);
        BigInteger hhh = Mod(h * hh);
        BigInteger v = Mod(u1 * hh);
        BigInteger x = Mod((r * r) - hhh - (2 * v));
        return new Point(x, Mod((r * (v - x)) - (s1 * hhh)), Mod(h * p.Z * q.Z));
    }

    private static BigInteger Mod(BigInteger value)
    {
        BigInteger remainder = BigInteger.Remainder(value, P);
        return remainder.Sign < 0 ? remainder + P : remainder;
    }

    private static BigInteger Parse(string hex) => BigInteger.Parse("0" + hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private readonly record struct Point(BigInteger X, BigInteger Y, BigInteger Z)
    {
        public static Point Infinity { get; } = new(BigInteger.One, BigInteger.One, BigInteger.Zero);

        public bool IsInfinity => Z.IsZero;
    }
}
