using System.Globalization;
using System.Numerics;
using ESign.Pki.Asn1;

namespace ESign.Pki.Issuance;

/// <summary>Whether a public key is a point of its curve.</summary>
/// <remarks>SEC 1 §3.2.2.1 steps 1–3; step 4 (order) follows because the cofactor is one. Parameters: SEC 2, RFC 5639, GM/T 0003.5.</remarks>
internal static class CurvePoint
{
    private static readonly Dictionary<string, Curve> Curves = new(StringComparer.Ordinal)
    {
        [Oids.P256] = new(
            "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF",
            "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFC",
            "5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B"),
        [Oids.P384] = new(
            "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFF0000000000000000FFFFFFFF",
            "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFF0000000000000000FFFFFFFC",
            "B3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF"),
        [Oids.P521] = new(
            "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
            "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC",
            "0051953EB9618E1C9A1F929A21A0B68540EEA2DA725B99B315F3B8B489918EF109E156193951EC7E937B1652C0BD3BB1BF073573DF883D2C34F1EF451FD46B503F00"),
        [Oids.BrainpoolP256r1] = new(
            "A9FB57DBA1EEA9BC3E660A909D838D726E3BF623D52620282013481D1F6E5377",
            "7D5A0975FC2C3057EEF67530417AFFE7FB8055C126DC5C6CE94A4B44F330B5D9",
            "26DC5C6CE94A4B44F330B5D9BBD77CBF958416295CF7E1CE6BCCDC18FF8C07B6"),
        [Oids.Sm2Curve] = new(
            "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF",
            "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC",
            "28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93"),
    };

    /// <summary>Whether the octets are an uncompressed point of the curve, not at infinity.</summary>
    public static bool IsOnCurve(string curveOid, ReadOnlySpan<byte> point)
    {
        if (!Curves.TryGetValue(curveOid, out Curve? curve) || point.Length != 1 + (2 * curve.Size) || point[0] != 4)
        {
            return false;
        }

        var x = new BigInteger(point.Slice(1, curve.Size), isUnsigned: true, isBigEndian: true);
        var y = new BigInteger(point[(1 + curve.Size)..], isUnsigned: true, isBigEndian: true);
        return x < curve.P && y < curve.P && ((y * y) - ((((x * x) + curve.A) * x) + curve.B)) % curve.P == 0;
    }

    private sealed class Curve(string p, string a, string b)
    {
        public BigInteger P { get; } = Read(p);

        public BigInteger A { get; } = Read(a);

        public BigInteger B { get; } = Read(b);

        public int Size => (int)((P.GetBitLength() + 7) / 8);

        private static BigInteger Read(string hex) => BigInteger.Parse("0" + hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
