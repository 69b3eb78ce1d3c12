using System.Formats.Asn1;

namespace ESign.Pki.Asn1;

/// <summary>A public key with its algorithm.</summary>
/// <remarks>RFC 5280 §4.1: <c>SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }</c>.</remarks>
internal sealed record SubjectPublicKeyInfo(AlgorithmIdentifier Algorithm, ReadOnlyMemory<byte> PublicKey)
{
    public static SubjectPublicKeyInfo Decode(ReadOnlyMemory<byte> encoded)
    {
        DerReader sequence = DerReader.OpenSequence(encoded);
        AlgorithmIdentifier algorithm = AlgorithmIdentifier.Read(sequence);
        ReadOnlyMemory<byte> key = sequence.ReadBitStringOctets();
        sequence.ThrowIfNotEmpty();
        return new SubjectPublicKeyInfo(algorithm, key);
    }

    public byte[] Encode()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, PublicKey.Length + Algorithm.Parameters.Length + 64);
        using (writer.PushSequence())
        {
            Algorithm.Write(writer);
            writer.WriteBitString(PublicKey.Span);
        }

        return writer.Encode();
    }
}
