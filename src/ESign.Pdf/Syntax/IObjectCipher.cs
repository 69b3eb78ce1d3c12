namespace ESign.Pdf.Syntax;

/// <summary>Encrypts the strings and streams of one document as they are written (ISO 32000-2 §7.6.2).</summary>
internal interface IObjectCipher
{
    /// <summary>Encrypts a string of an object.</summary>
    byte[] EncryptString(ReadOnlySpan<byte> value, int objectNumber, int generation);

    /// <summary>Encrypts the encoded bytes of a stream.</summary>
    byte[] EncryptStream(ReadOnlySpan<byte> value, int objectNumber, int generation);
}
