using System.Formats.Asn1;
using ESign.Pki.Keys;

namespace ESign.Pki.Cms;

/// <summary>A signature policy by its identifier and the digest of its text.</summary>
/// <remarks>
/// EN 319 122-1 §5.2.9.1: <c>SignaturePolicyId ::= SEQUENCE { sigPolicyId OBJECT IDENTIFIER, sigPolicyHash OtherHashAlgAndValue,
/// sigPolicyQualifiers SEQUENCE OF SigPolicyQualifierInfo OPTIONAL }</c>.
/// </remarks>
/// <param name="Oid">The policy's identifier.</param>
/// <param name="Algorithm">How <paramref name="Digest"/> was computed.</param>
/// <param name="Digest">The digest of the policy document.</param>
/// <param name="Uri">Where the document is, or <see langword="null"/>.</param>
internal sealed record SignaturePolicyReference(string Oid, DigestAlgorithm Algorithm, ReadOnlyMemory<byte> Digest, Uri? Uri = null)
{
    private const string UriQualifier = "1.2.840.113549.1.9.16.5.1";

    internal byte[] Encode()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, 256 + Digest.Length);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oid);
            using (writer.PushSequence()) // sigPolicyHash
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Algorithm.Oid);
                }

                writer.WriteOctetString(Digest.Span);
            }

            if (Uri is not null)
            {
                using (writer.PushSequence()) // sigPolicyQualifiers
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(UriQualifier);
                    writer.WriteCharacterString(UniversalTagNumber.IA5String, Uri.AbsoluteUri);
                }
            }
        }

        return writer.Encode();
    }
}
