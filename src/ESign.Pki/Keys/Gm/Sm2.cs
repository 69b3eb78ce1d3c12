using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using ESign.Pki.Asn1;

namespace ESign.Pki.Keys.Gm;

/// <summary>SM2 signatures: the digest with the signer's identity, verification, and the platform's signing.</summary>
/// <remarks>
/// GB/T 32918.2-2016 (GM/T 0003.2-2012) §5.5, §6 and §7; GM/T 0009-2012 for the default user id. OpenSSL computes
/// SM2, not ECDSA, for keys on the SM2 curve, so <see cref="ECDsa.SignHash(byte[])"/> over e is an SM2 signature there;
/// <see cref="IsAvailable"/> proves that once, against the published example, before anything relies on it.
/// </remarks>
internal static class Sm2
{
    /// <summary>ENTL counts bits in two octets (§5.5).</summary>
    public const int MaximumUserIdLength = 8191;

    private static readonly Lazy<bool> s_isAvailable = new(Probe);

    /// <summary>GM/T 0009 §10: the user id where nothing else is agreed.</summary>
    public static ReadOnlySpan<byte> DefaultUserId => "1234567812345678"u8;

    /// <summary>Whether the platform's cryptography makes and verifies real SM2 signatures.</summary>
    public static bool IsAvailable => s_isAvailable.Value;

    /// <exception cref="PlatformNotSupportedException">The platform has no SM2.</exception>
    public static void ThrowIfNotAvailable()
    {
        if (!IsAvailable)
        {
            throw new PlatformNotSupportedException("本平台不支持 SM2 签名 / SM2 signing is not available on this platform.");
        }
    }

    /// <summary>Z = SM3(ENTL ‖ ID ‖ a ‖ b ‖ xG ‖ yG ‖ xA ‖ yA) (§5.5).</summary>
    /// <param name="point">The public key as 64 octets, xA ‖ yA.</param>
    /// <param name="userId">The signer's id; empty is allowed.</param>
    public static byte[] ComputeZ(ReadOnlySpan<byte> point, ReadOnlySpan<byte> userId)
    {
        if (userId.Length > MaximumUserIdLength)
        {
            throw new ArgumentException($"An SM2 user id has at most {MaximumUserIdLength} octets.", nameof(userId));
        }

        var state = new Sm3Digest();
        Span<byte> number = stackalloc byte[Sm2Curve.FieldSizeInBytes];
        BinaryPrimitives.WriteUInt16BigEndian(number, (ushort)(8 * userId.Length));
        state.Append(number[..2]);
        state.Append(userId);
        foreach (BigInteger parameter in (ReadOnlySpan<BigInteger>)[Sm2Curve.A, Sm2Curve.B, Sm2Curve.Gx, Sm2Curve.Gy])
        {
            number.Clear();
            int length = parameter.GetByteCount(isUnsigned: true);
            parameter.TryWriteBytes(number[^length..], out _, isUnsigned: true, isBigEndian: true);
            state.Append(number);
        }

        state.Append(point);
        byte[] z = new byte[Sm3Digest.SizeInBytes];
        state.Finish(z);
        return z;
    }

    /// <summary>e = SM3(Z ‖ M) (§6.1 A1–A2).</summary>
    public static void ComputeE(ReadOnlySpan<byte> z, ReadOnlySpan<byte> message, Span<byte> destination)
    {
        var state = new Sm3Digest();
        state.Append(z);
        state.Append(message);
        state.Finish(destination);
    }

    /// <summary>Verifies in plain arithmetic (§7.1), on every platform. The point must lie on the curve.</summary>
    public static bool VerifyManaged(ReadOnlySpan<byte> point, ReadOnlySpan<byte> e, BigInteger r, BigInteger s)
    {
        // B1, B2: r, s in [1, n-1]
        if (r.Sign <= 0 || s.Sign <= 0 || r >= Sm2Curve.N || s >= Sm2Curve.N)
        {
            return false;
        }

        // B5: t = (r + s) mod n, not 0
        BigInteger t = (r + s) % Sm2Curve.N;
        if (t.IsZero)
        {
            return false;
        }

        // B6, B7: (x1, y1) = sG + tP; R = (e + x1) mod n
        var x = new BigInteger(point[..Sm2Curve.FieldSizeInBytes], isUnsigned: true, isBigEndian: true);
        var y = new BigInteger(point[Sm2Curve.FieldSizeInBytes..], isUnsigned: true, isBigEndian: true);
        return Sm2Curve.AddMultiples(s, t, x, y) is { } x1
            && (new BigInteger(e, isUnsigned: true, isBigEndian: true) + x1) % Sm2Curve.N == r;
    }

    // GM/T 0003.5-2012 Annex A.2: the published signature must verify natively, and a fresh native signature must
    // verify in our own arithmetic. ECDSA on the same curve passes neither.
    private static bool Probe()
    {
        byte[] point = Convert.FromHexString(
            "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13");
        byte[] published = Convert.FromHexString(
            "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");
        byte[] e = new byte[Sm3Digest.SizeInBytes];
        ComputeE(ComputeZ(point, DefaultUserId), "message digest"u8, e);
        try
        {
            using ECDsa known = ImportPublicKey(point);
            if (!known.VerifyHash(e, published, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))
            {
                return false;
            }

            using ECDsa fresh = ECDsa.Create(ECCurve.CreateFromValue(Oids.Sm2Curve));
            byte[] own = fresh.SignHash(e, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            ECParameters parameters = fresh.ExportParameters(includePrivateParameters: false);
            return VerifyManaged(
                [.. parameters.Q.X!, .. parameters.Q.Y!],
                e,
                new BigInteger(own.AsSpan(0, Sm2Curve.FieldSizeInBytes), isUnsigned: true, isBigEndian: true),
                new BigInteger(own.AsSpan(Sm2Curve.FieldSizeInBytes), isUnsigned: true, isBigEndian: true));
        }
        catch (Exception exception) when (exception is CryptographicException or PlatformNotSupportedException)
        {
            return false;
        }
    }

    /// <summary>Imports a point into the platform's cryptography.</summary>
    public static ECDsa ImportPublicKey(ReadOnlySpan<byte> point) => ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.CreateFromValue(Oids.Sm2Curve),
        Q = new ECPoint
        {
            X = point[..Sm2Curve.FieldSizeInBytes].ToArray(),
            Y = point[Sm2Curve.FieldSizeInBytes..].ToArray(),
        },
    });
}
