using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Syntax.Encryption;

/// <summary>From a password to the file key: ISO 32000-2 §7.6.4.3 and §7.6.4.4, one method per algorithm.</summary>
internal static class PasswordAlgorithms
{
    private static ReadOnlySpan<byte> Padding =>
    [
        0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08,
        0x2E, 0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
    ];

    /// <summary>Algorithm 2: the file key of revisions 2 to 4.</summary>
    public static byte[] FileKey(ReadOnlySpan<byte> password, EncryptionParameters p)
    {
        Span<byte> input = stackalloc byte[32 + 32 + 4];
        Pad(password, input);
        p.O.AsSpan(0, 32).CopyTo(input[32..]);
        BinaryPrimitives.WriteInt32LittleEndian(input[64..], p.Permissions);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        md5.AppendData(input);
        md5.AppendData(p.FirstId);
        if (p.Revision >= 4 && !p.EncryptMetadata)
        {
            md5.AppendData([0xFF, 0xFF, 0xFF, 0xFF]);
        }

        byte[] hash = md5.GetHashAndReset();
        for (int i = 0; p.Revision >= 3 && i < 50; i++)
        {
            MD5.HashData(hash.AsSpan(0, p.KeyLength), hash);
        }

        return hash[..p.KeyLength];
    }

    /// <summary>Algorithms 4, 5 and 6: the file key if the password is the user's, else null.</summary>
    public static byte[]? AuthenticateUser(ReadOnlySpan<byte> password, EncryptionParameters p)
    {
        byte[] key = FileKey(password, p);
        byte[] expected;
        if (p.Revision == 2)
        {
            expected = Rc4.Transform(key, Padding);
            return CryptographicOperations.FixedTimeEquals(expected, p.U.AsSpan(0, 32)) ? key : null;
        }

        byte[] hash = MD5.HashData([.. Padding, .. p.FirstId]);
        expected = Rc4Rounds(key, hash, 0, 19);
        return CryptographicOperations.FixedTimeEquals(expected, p.U.AsSpan(0, 16)) ? key : null;
    }

    /// <summary>Algorithm 7: the file key if the password is the owner's, else null.</summary>
    public static byte[]? AuthenticateOwner(ReadOnlySpan<byte> password, EncryptionParameters p)
    {
        byte[] padded = new byte[32];
        Pad(password, padded);
        byte[] hash = MD5.HashData(padded);
        for (int i = 0; p.Revision >= 3 && i < 50; i++)
        {
            MD5.HashData(hash.AsSpan(0, 16), hash);
        }

        byte[] key = hash[..(p.Revision == 2 ? 5 : p.KeyLength)];
        byte[] user = p.Revision == 2 ? Rc4.Transform(key, p.O.AsSpan(0, 32)) : Rc4Rounds(key, p.O.AsSpan(0, 32), 19, 0);
        return AuthenticateUser(user, p);
    }

    /// <summary>Algorithms 2.A, 11 and 12: the file key of revisions 5 and 6, and whether the password is the owner's.</summary>
    public static byte[]? Authenticate256(ReadOnlySpan<byte> password, EncryptionParameters p, out bool isOwner)
    {
        ReadOnlySpan<byte> user = p.U.AsSpan(0, 48);
        ReadOnlySpan<byte> owner = p.O.AsSpan(0, 48);
        isOwner = CryptographicOperations.FixedTimeEquals(Hash(password, owner[32..40], user, p.Revision), owner[..32]);
        if (isOwner)
        {
            return Unwrap(Hash(password, owner[40..48], user, p.Revision), p.OE);
        }

        return CryptographicOperations.FixedTimeEquals(Hash(password, user[32..40], default, p.Revision), user[..32])
            ? Unwrap(Hash(password, user[40..48], default, p.Revision), p.UE)
            : null;
    }

    /// <summary>Passwords of revisions 2 to 4 are PDFDocEncoding; those of 5 and 6 are UTF-8 after SASLprep, at most 127 bytes.</summary>
    public static byte[] Encode(string password, int revision)
    {
        if (revision < 5)
        {
            return PdfDocEncoding.GetBytes(password);
        }

        byte[] utf8 = Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormKC));
        return utf8.Length > 127 ? utf8[..127] : utf8;
    }

    /// <summary>Algorithm 2.B (revision 6), or the plain SHA-256 of revision 5.</summary>
    private static byte[] Hash(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> user, int revision)
    {
        byte[] k = SHA256.HashData([.. password, .. salt, .. user]);
        if (revision == 5)
        {
            return k;
        }

        byte[] once = new byte[password.Length + 64 + user.Length];
        for (int round = 0; ; round++)
        {
            password.CopyTo(once);
            k.CopyTo(once, password.Length);
            int length = password.Length + k.Length;
            user.CopyTo(once.AsSpan(length));
            length += user.Length;
            byte[] k1 = new byte[length * 64];
            for (int i = 0; i < 64; i++)
            {
                once.AsSpan(0, length).CopyTo(k1.AsSpan(i * length));
            }

            using Aes aes = Aes.Create();
            aes.SetKey(k.AsSpan(0, 16));
            byte[] e = aes.EncryptCbc(k1, k.AsSpan(16, 16), PaddingMode.None);
            int sum = 0;
            foreach (byte b in e.AsSpan(0, 16))
            {
                sum += b;
            }

            k = (sum % 3) switch
            {
                0 => SHA256.HashData(e),
                1 => SHA384.HashData(e),
                _ => SHA512.HashData(e),
            };
            // Steps e and f: at least 64 rounds, then until the last byte of E is at most the number of rounds done less 32.
            int done = round + 1;
            if (done >= 64 && e[^1] <= done - 32)
            {
                return k[..32];
            }
        }
    }

    private static byte[] Unwrap(byte[] key, byte[] wrapped)
    {
        using Aes aes = Aes.Create();
        aes.SetKey(key);
        Span<byte> iv = stackalloc byte[16];
        iv.Clear();
        return aes.DecryptCbc(wrapped.AsSpan(0, 32), iv, PaddingMode.None);
    }

    private static byte[] Rc4Rounds(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, int first, int last)
    {
        byte[] result = data.ToArray();
        Span<byte> varied = stackalloc byte[key.Length];
        int step = first <= last ? 1 : -1;
        for (int round = first; round != last + step; round += step)
        {
            for (int i = 0; i < key.Length; i++)
            {
                varied[i] = (byte)(key[i] ^ round);
            }

            result = Rc4.Transform(varied, result);
        }

        return result;
    }

    private static void Pad(ReadOnlySpan<byte> password, Span<byte> destination)
    {
        int length = Math.Min(password.Length, 32);
        password[..length].CopyTo(destination);
        Padding[..(32 - length)].CopyTo(destination[length..]);
    }
}
