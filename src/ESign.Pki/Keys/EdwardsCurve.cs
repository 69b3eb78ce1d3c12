using System.Globalization;
using System.Numerics;

namespace ESign.Pki.Keys;

/// <summary>The Edwards curves in plain arithmetic, for verification only: nothing here is constant-time.</summary>
/// <remarks>
/// RFC 8032 §5.1 (edwards25519: a = −1) and §5.2 (edwards448: a = 1): ax² + y² = 1 + dx²y². Projective addition that is
/// complete on both curves, as a is a square and d is not.
/// </remarks>
internal sealed class EdwardsCurve
{
    private readonly BigInteger _p;
    private readonly BigInteger _a;
    private readonly BigInteger _d;
    private readonly Point _base;

    private EdwardsCurve(int encodedLength, BigInteger p, BigInteger order, int a, BigInteger d, BigInteger bx, BigInteger by)
    {
        EncodedLength = encodedLength;
        _p = p;
        Order = order;
        _a = a;
        _d = Mod(d);
        _base = new Point(bx, by, BigInteger.One);
    }

    /// <summary>edwards25519 (RFC 8032 §5.1).</summary>
    public static EdwardsCurve Edwards25519 { get; } = new(
        encodedLength: 32,
        BigInteger.Pow(2, 255) - 19,
        BigInteger.Pow(2, 252) + Parse("27742317777372353535851937790883648493"),
        a: -1,
        Parse("37095705934669439343138083508754565189542113879843219016388785533085940283555"),
        Parse("15112221349535400772501151409588531511454012693041857206046113283949847762202"),
        Parse("46316835694926478169428394003475163141307993866256225615783033603165251855960"));

    /// <summary>edwards448 (RFC 8032 §5.2).</summary>
    public static EdwardsCurve Edwards448 { get; } = new(
        encodedLength: 57,
        BigInteger.Pow(2, 448) - BigInteger.Pow(2, 224) - 1,
        BigInteger.Pow(2, 446) - Parse("13818066809895115352007386748515426880336692474882178609894547503885"),
        a: 1,
        -39081,
        Parse("224580040295924300187604334099896036246789641632564134246125461686950415467406032909029192869357953282578032075146446173674602635247710"),
        Parse("298819210078481492676017930443930673437544040154080242095928241372331506189835876003536878655418784733982303233503462500531545062832660"));

    /// <summary>Octets of an encoded point and of an encoded scalar.</summary>
    public int EncodedLength { get; }

    /// <summary>The order L of the base point.</summary>
    public BigInteger Order { get; }

    /// <summary>Decodes a point (§5.1.3, §5.2.3); null when the octets are no point.</summary>
    public Point? DecodePoint(ReadOnlySpan<byte> encoded)
    {
        Span<byte> octets = stackalloc byte[EncodedLength];
        if (encoded.Length != octets.Length)
        {
            return null;
        }

        encoded.CopyTo(octets);
        bool isOdd = octets[^1] >= 0x80;
        octets[^1] &= 0x7F;
        var y = new BigInteger(octets, isUnsigned: true);
        if (y >= _p)
        {
            return null;
        }

        // x² = (1 − y²) / (a − dy²)
        BigInteger yy = Mod(y * y);
        BigInteger xx = Mod((1 - yy) * Invert(_a - (_d * yy)));
        BigInteger x = SquareRootCandidate(xx);
        if (Mod(x * x) != xx || (x.IsZero && isOdd))
        {
            return null;
        }

        return new Point(x.IsEven == isOdd ? _p - x : x, y, BigInteger.One);
    }

    /// <summary>The encoding of sB − kA.</summary>
    public byte[] EncodeDifference(BigInteger s, BigInteger k, Point a)
    {
        var minusA = new Point(Mod(-a.X), a.Y, a.Z);
        Point both = Add(_base, minusA);
        var sum = new Point(BigInteger.Zero, BigInteger.One, BigInteger.One);
        for (int bit = (8 * EncodedLength) - 1; bit >= 0; bit--)
        {
            sum = Add(sum, sum);
            bool inS = !((s >> bit) & BigInteger.One).IsZero;
            bool inK = !((k >> bit) & BigInteger.One).IsZero;
            if (inS || inK)
            {
                sum = Add(sum, inS && inK ? both : inS ? _base : minusA);
            }
        }

        return Encode(sum);
    }

    private byte[] Encode(Point point)
    {
        BigInteger inverse = Invert(point.Z);
        BigInteger x = Mod(point.X * inverse);
        byte[] encoded = new byte[EncodedLength];
        Mod(point.Y * inverse).TryWriteBytes(encoded, out _, isUnsigned: true);
        if (!x.IsEven)
        {
            encoded[^1] |= 0x80;
        }

        return encoded;
    }

    private Point Add(Point p, Point q)
    {
        BigInteger zz = Mod(p.Z * q.Z);
        BigInteger b = Mod(zz * zz);
        BigInteger c = Mod(p.X * q.X);
        BigInteger d = Mod(p.Y * q.Y);
        BigInteger e = Mod(_d * c * d);
        BigInteger f = b - e;
        BigInteger g = b + e;
        return new Point(
            Mod(zz * f * Mod(((p.X + p.Y) * (q.X + q.Y)) - c - d)),
            Mod(zz * g * (d - (_a * c))),
            Mod(f * g));
    }

    private BigInteger SquareRootCandidate(BigInteger square)
    {
        // §5.2.3: p ≡ 3 mod 4
        if ((_p & 3) == 3)
        {
            return BigInteger.ModPow(square, (_p + 1) / 4, _p);
        }

        // §5.1.3: p ≡ 5 mod 8
        BigInteger root = BigInteger.ModPow(square, (_p + 3) / 8, _p);
        return Mod(root * root) == square ? root : Mod(root * BigInteger.ModPow(2, (_p - 1) / 4, _p));
    }

    private BigInteger Invert(BigInteger value) => BigInteger.ModPow(Mod(value), _p - 2, _p);

    private BigInteger Mod(BigInteger value)
    {
        BigInteger remainder = BigInteger.Remainder(value, _p);
        return remainder.Sign < 0 ? remainder + _p : remainder;
    }

    private static BigInteger Parse(string number) => BigInteger.Parse(number, CultureInfo.InvariantCulture);

    /// <summary>A point (X/Z, Y/Z).</summary>
    public readonly record struct Point(BigInteger X, BigInteger Y, BigInteger Z);
}
