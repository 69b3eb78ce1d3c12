using ESign.Pdf.Objects;

namespace ESign.Pdf.Syntax.Encryption;

/// <summary>The encryption dictionary of the standard security handler, checked (ISO 32000-2 §7.6.2, §7.6.4.2).</summary>
internal sealed record EncryptionParameters
{
    public required int Version { get; init; }

    public required int Revision { get; init; }

    /// <summary>The file key's length in bytes.</summary>
    public required int KeyLength { get; init; }

    public required byte[] O { get; init; }

    public required byte[] U { get; init; }

    public required byte[] OE { get; init; }

    public required byte[] UE { get; init; }

    /// <summary>/P: a set bit permits (table 22).</summary>
    public required int Permissions { get; init; }

    public required bool EncryptMetadata { get; init; }

    /// <summary>The first half of the file's /ID; empty when there is none.</summary>
    public required byte[] FirstId { get; init; }

    public required CryptMethod StringMethod { get; init; }

    public required CryptMethod StreamMethod { get; init; }

    /// <summary>The crypt filters by name, for streams that name their own.</summary>
    public required IReadOnlyDictionary<string, CryptMethod> Filters { get; init; }

    /// <summary>Reads the dictionary.</summary>
    /// <exception cref="PdfFormatException">It is malformed, or uses a handler other than the standard one.</exception>
    public static EncryptionParameters Read(PdfDictionary dictionary, byte[] firstId, IObjectResolver resolver)
    {
        if (resolver.Resolve(dictionary["Filter"]) is not PdfName filter)
        {
            throw Malformed("no /Filter");
        }

        if (!string.Equals(filter.Value, "Standard", StringComparison.Ordinal))
        {
            throw new PdfFormatException(PdfErrorCode.Unsupported, $"安全处理程序为 /{filter.Value}，仅支持密码加密 / security handler /{filter.Value}; only password encryption is supported", clause: "7.6.1");
        }

        int version = Integer(dictionary, "V", resolver) ?? 0;
        int revision = Integer(dictionary, "R", resolver) ?? throw Malformed("no /R");
        if (version is not (1 or 2 or 4 or 5) || revision is < 2 or > 6 || (version == 5) != (revision >= 5))
        {
            throw new PdfFormatException(PdfErrorCode.Unsupported, $"加密版本 /V {version} /R {revision} / encryption /V {version} /R {revision}", clause: "7.6.4.1");
        }

        int minimum = revision >= 5 ? 48 : 32;
        Dictionary<string, CryptMethod> filters = Methods(dictionary, version, resolver);
        CryptMethod single = version == 5 ? CryptMethod.AesV3 : CryptMethod.Rc4;
        return new EncryptionParameters
        {
            Version = version,
            Revision = revision,
            KeyLength = KeyBytes(version, dictionary, resolver),
            O = Bytes(dictionary, "O", minimum, resolver),
            U = Bytes(dictionary, "U", minimum, resolver),
            OE = revision >= 5 ? Bytes(dictionary, "OE", 32, resolver) : [],
            UE = revision >= 5 ? Bytes(dictionary, "UE", 32, resolver) : [],
            Permissions = Integer(dictionary, "P", resolver) ?? throw Malformed("no /P"),
            EncryptMetadata = resolver.Resolve(dictionary["EncryptMetadata"]) is not PdfBoolean { Value: false },
            FirstId = firstId,
            StringMethod = version < 4 ? single : Named(dictionary, "StrF", filters, resolver),
            StreamMethod = version < 4 ? single : Named(dictionary, "StmF", filters, resolver),
            Filters = filters,
        };
    }

    private static int KeyBytes(int version, PdfDictionary dictionary, IObjectResolver resolver)
    {
        switch (version)
        {
            case 1:
                return 5;
            case 4:
                return 16;
            case 5:
                return 32;
            default:
                int length = Integer(dictionary, "Length", resolver) ?? 40;
                // Some writers give the length in bytes.
                length = length is >= 5 and <= 16 ? length * 8 : length;
                return length is >= 40 and <= 128 && length % 8 == 0 ? length / 8 : throw Malformed($"/Length {length}");
        }
    }

    private static Dictionary<string, CryptMethod> Methods(PdfDictionary dictionary, int version, IObjectResolver resolver)
    {
        var methods = new Dictionary<string, CryptMethod>(StringComparer.Ordinal) { ["Identity"] = CryptMethod.Identity };
        foreach ((string name, PdfObject value) in resolver.Resolve(dictionary["CF"]) as PdfDictionary ?? PdfDictionary.Empty)
        {
            if (resolver.Resolve(value) is PdfDictionary filter)
            {
                CryptMethod method = (resolver.Resolve(filter["CFM"]) as PdfName)?.Value switch
                {
                    null or "None" => CryptMethod.Identity,
                    "V2" => CryptMethod.Rc4,
                    "AESV2" => CryptMethod.AesV2,
                    "AESV3" => CryptMethod.AesV3,
                    string other => throw new PdfFormatException(PdfErrorCode.Unsupported, $"加密过滤器的方法 /{other} / crypt filter method /{other}", clause: "7.6.6"),
                };
                // Table 25: AESV3 and a 256-bit key belong together.
                bool fits = method == CryptMethod.Identity || (method == CryptMethod.AesV3) == (version == 5);
                methods[name] = fits ? method : throw Malformed($"crypt filter /{name} does not fit /V {version}");
            }
        }

        return methods;
    }

    private static CryptMethod Named(PdfDictionary dictionary, string key, Dictionary<string, CryptMethod> filters, IObjectResolver resolver)
    {
        string name = (resolver.Resolve(dictionary[key]) as PdfName)?.Value ?? "Identity";
        return filters.TryGetValue(name, out CryptMethod method) ? method : throw Malformed($"/{key} names the unknown crypt filter /{name}");
    }

    private static int? Integer(PdfDictionary dictionary, string key, IObjectResolver resolver) => resolver.Resolve(dictionary[key]) switch
    {
        // /P is a 32-bit set of flags; some writers give it unsigned.
        PdfInteger integer => unchecked((int)integer.Value),
        PdfReal real => unchecked((int)(long)real.Value),
        _ => null,
    };

    private static byte[] Bytes(PdfDictionary dictionary, string key, int minimum, IObjectResolver resolver)
    {
        byte[] bytes = (resolver.Resolve(dictionary[key]) as PdfString)?.Bytes.ToArray() ?? throw Malformed($"no /{key}");
        return bytes.Length >= minimum ? bytes : throw Malformed($"/{key} has {bytes.Length} bytes instead of {minimum}");
    }

    private static PdfFormatException Malformed(string what) => new(PdfErrorCode.Encryption, $"加密字典：{what} / encryption dictionary: {what}", clause: "7.6.4.2");
}
