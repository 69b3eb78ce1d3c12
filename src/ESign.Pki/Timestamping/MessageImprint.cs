using System.Formats.Asn1;
using ESign.Pki.Asn1;

namespace ESign.Pki.Timestamping;

/// <summary>The digest that a request asks to stamp and a token stamps.</summary>
/// <remarks>RFC 3161 §2.4.1: <c>MessageImprint ::= SEQUENCE { hashAlgorithm AlgorithmIdentifier, hashedMessage OCTET STRING }</c>.</remarks>
/// <param name="AlgorithmOid">The digest algorithm.</param>
/// <param name="HashedMessage">The digest.</param>
/// <param name="HasParameters">Whether the algorithm was written with a NULL, so that a token echoes the request's bytes.</param>
internal sealed record MessageImprint(string AlgorithmOid, ReadOnlyMemory<byte> HashedMessage, bool HasParameters = false)
{
    public static MessageImprint Decode(DerReader reader)
    {
        DerReader fields = reader.ReadSequence();
        DerReader algorithm = fields.ReadSequence();
        string oid = algorithm.ReadObjectIdentifier();
        bool hasParameters = algorithm.HasData;
        if (hasParameters)
        {
            algorithm.ReadNull();
            algorithm.ThrowIfNotEmpty();
        }

        ReadOnlyMemory<byte> digest = fields.ReadOctetString();
        fields.ThrowIfNotEmpty();
        return new MessageImprint(oid, digest, hasParameters);
    }

    public void Encode(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(AlgorithmOid);
                if (HasParameters)
                {
                    writer.WriteNull();
                }
            }

            writer.WriteOctetString(HashedMessage.Span);
        }
    }

    public bool Matches(string algorithmOid, ReadOnlySpan<byte> digest) =>
        string.Equals(AlgorithmOid, algorithmOid, StringComparison.Ordinal) && HashedMessage.Span.SequenceEqual(digest);
}
