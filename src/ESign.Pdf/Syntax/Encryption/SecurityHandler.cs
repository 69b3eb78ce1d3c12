using System.Buffers.Binary;
using System.Security.Cryptography;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Syntax.Encryption;

/// <summary>The standard security handler, opened with a password: decrypts what is read and encrypts what is appended.</summary>
/// <remarks>
/// ISO 32000-2 §7.6. Revisions 2 to 6: RC4 of 40 to 128 bits, AES-128, AES-256. Initialisation vectors come from the
/// randomness given.
/// </remarks>
internal sealed class SecurityHandler : IObjectCipher
{
    private readonly byte[] _key;

    private SecurityHandler(EncryptionParameters parameters, byte[] key, bool isOwner)
    {
        Parameters = parameters;
        _key = key;
        IsOwner = isOwner;
    }

    public EncryptionParameters Parameters { get; }

    /// <summary>Whether the password was the owner's: then /P does not bind (§7.6.4.1).</summary>
    public bool IsOwner { get; }

    /// <summary>Where initialisation vectors come from.</summary>
    public Action<Span<byte>> FillRandom { get; private init; } = static span => RandomNumberGenerator.Fill(span);

    /// <summary>Opens the handler with a password, tried as the user's and as the owner's; null means the empty one.</summary>
    /// <exception cref="PdfFormatException">The password opens neither way.</exception>
    public static SecurityHandler Open(EncryptionParameters parameters, string? password)
    {
        byte[] encoded = PasswordAlgorithms.Encode(password ?? "", parameters.Revision);
        bool isOwner = false;
        byte[]? key;
        if (parameters.Revision >= 5)
        {
            key = PasswordAlgorithms.Authenticate256(encoded, parameters, out isOwner);
        }
        else
        {
            key = PasswordAlgorithms.AuthenticateOwner(encoded, parameters);
            isOwner = key is not null;
            key ??= PasswordAlgorithms.AuthenticateUser(encoded, parameters);
        }

        return key is null
            ? throw new PdfFormatException(PdfErrorCode.PasswordRequired, string.IsNullOrEmpty(password) ? "空密码无法打开该文件 / the file does not open with the empty password" : "所给密码无法打开该文件 / the password given does not open the file", clause: "7.6.4.3")
            : new SecurityHandler(parameters, key, isOwner);
    }

    /// <summary>The same handler with another source of initialisation vectors.</summary>
    public SecurityHandler With(Action<Span<byte>> fillRandom) => new(Parameters, _key, IsOwner) { FillRandom = fillRandom };

    public byte[] DecryptString(ReadOnlySpan<byte> value, int number, int generation) => Decrypt(value, Parameters.StringMethod, number, generation);

    /// <summary>Decrypts a stream's stored bytes by the method its dictionary asks for.</summary>
    public ReadOnlyMemory<byte> DecryptStream(ReadOnlyMemory<byte> value, CryptMethod method, int number, int generation) =>
        method == CryptMethod.Identity ? value : Decrypt(value.Span, method, number, generation);

    /// <summary>The method for a stream: its own Crypt filter, none for clear metadata and cross-references, else the default.</summary>
    public CryptMethod MethodOf(PdfDictionary dictionary, IObjectResolver resolver)
    {
        string? type = (resolver.Resolve(dictionary["Type"]) as PdfName)?.Value;
        if (string.Equals(type, "XRef", StringComparison.Ordinal) || (!Parameters.EncryptMetadata && string.Equals(type, "Metadata", StringComparison.Ordinal)))
        {
            return CryptMethod.Identity;
        }

        PdfObject filter = resolver.Resolve(dictionary["Filter"]);
        PdfObject parameters = resolver.Resolve(dictionary["DecodeParms"]);
        if (filter is PdfArray { Count: > 0 } chain)
        {
            filter = resolver.Resolve(chain[0]);
            parameters = parameters is PdfArray { Count: > 0 } each ? resolver.Resolve(each[0]) : parameters;
        }

        if (filter is not PdfName { Value: "Crypt" })
        {
            return Parameters.StreamMethod;
        }

        string name = (resolver.Resolve((parameters as PdfDictionary)?["Name"]) as PdfName)?.Value ?? "Identity";
        return Parameters.Filters.TryGetValue(name, out CryptMethod method)
            ? method
            : throw new PdfFormatException(PdfErrorCode.Encryption, $"未知的加密过滤器 /{name} / unknown crypt filter /{name}", clause: "7.6.6");
    }

    public byte[] EncryptString(ReadOnlySpan<byte> value, int objectNumber, int generation) => Encrypt(value, Parameters.StringMethod, objectNumber, generation);

    public byte[] EncryptStream(ReadOnlySpan<byte> value, int objectNumber, int generation) => Encrypt(value, Parameters.StreamMethod, objectNumber, generation);

    private byte[] Decrypt(ReadOnlySpan<byte> value, CryptMethod method, int number, int generation)
    {
        switch (method)
        {
            case CryptMethod.Rc4:
                return Rc4.Transform(ObjectKey(number, generation, aes: false), value);
            case CryptMethod.AesV2 or CryptMethod.AesV3:
                byte[] key = method == CryptMethod.AesV3 ? _key : ObjectKey(number, generation, aes: true);
                int whole = (value.Length - 16) & ~15;
                if (whole <= 0)
                {
                    return [];
                }

                using (Aes aes = Aes.Create())
                {
                    aes.SetKey(key);
                    byte[] plain = aes.DecryptCbc(value.Slice(16, whole), value[..16], PaddingMode.None);
                    // §7.6.3.1: RFC 8018 padding; where it is wrong the bytes are kept, as the common readers do.
                    return plain[^1] is >= 1 and <= 16 and byte padding ? plain[..^padding] : plain;
                }

            default:
                return value.ToArray();
        }
    }

    private byte[] Encrypt(ReadOnlySpan<byte> value, CryptMethod method, int number, int generation)
    {
        switch (method)
        {
            case CryptMethod.Rc4:
                return Rc4.Transform(ObjectKey(number, generation, aes: false), value);
            case CryptMethod.AesV2 or CryptMethod.AesV3:
                using (Aes aes = Aes.Create())
                {
                    aes.SetKey(method == CryptMethod.AesV3 ? _key : ObjectKey(number, generation, aes: true));
                    byte[] result = new byte[16 + aes.GetCiphertextLengthCbc(value.Length)];
                    FillRandom(result.AsSpan(0, 16));
                    aes.EncryptCbc(value, result.AsSpan(0, 16), result.AsSpan(16));
                    return result;
                }

            default:
                return value.ToArray();
        }
    }

    /// <summary>Algorithm 1: the file key with the object's number and generation, and a salt for AES.</summary>
    private byte[] ObjectKey(int number, int generation, bool aes)
    {
        Span<byte> input = stackalloc byte[16 + 5 + 4];
        _key.CopyTo(input);
        Span<byte> tail = input[_key.Length..];
        BinaryPrimitives.WriteInt32LittleEndian(tail, number);
        BinaryPrimitives.WriteInt16LittleEndian(tail[3..], unchecked((short)generation));
        int length = _key.Length + 5;
        if (aes)
        {
            "sAlT"u8.CopyTo(input[length..]);
            length += 4;
        }

        return MD5.HashData(input[..length])[..Math.Min(_key.Length + 5, 16)];
    }
}
