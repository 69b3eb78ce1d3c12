using System.Security.Cryptography;

namespace ESign.Tsa;

/// <summary>Serial numbers of 158 random bits: unique without a store, by probability.</summary>
/// <remarks>RFC 3161 §2.4.2 asks users to accept 160 bits; 20 octets with the top bit clear and the next one set stay positive and minimal.</remarks>
public sealed class RandomSerialNumberSource : ISerialNumberSource
{
    private const int Size = 20;

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancellationToken = default)
    {
        byte[] serial = RandomNumberGenerator.GetBytes(Size);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return new(serial);
    }
}
