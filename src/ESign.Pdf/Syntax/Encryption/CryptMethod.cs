namespace ESign.Pdf.Syntax.Encryption;

/// <summary>How a crypt filter encrypts (ISO 32000-2 table 25, /CFM).</summary>
internal enum CryptMethod : byte
{
    /// <summary>Not at all.</summary>
    Identity,

    /// <summary>RC4 with a key per object.</summary>
    Rc4,

    /// <summary>AES-128-CBC with a key per object.</summary>
    AesV2,

    /// <summary>AES-256-CBC with the file key.</summary>
    AesV3,
}
