using System.Formats.Asn1;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;

namespace ESign.Pki.Revocation;

/// <summary>What OCSP requests and responses encode alike.</summary>
/// <remarks>RFC 6960 §4.</remarks>
internal static class OcspEncoding
{
    public static Asn1Tag Context(int number) => ExtensionDecoding.Context(number);

    /// <summary>version [0] EXPLICIT INTEGER { v1(0) } DEFAULT v1</summary>
    public static void ReadVersion(DerReader reader)
    {
        if (!reader.NextIsContext(0))
        {
            return;
        }

        DerReader wrapper = reader.ReadExplicit(0);
        int version = wrapper.ReadInt32();
        wrapper.ThrowIfNotEmpty();
        if (version != 0)
        {
            throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "an OCSP version other than 1");
        }
    }

    public static IReadOnlyList<CertificateExtension> ReadExtensions(DerReader reader, int number)
    {
        if (!reader.NextIsContext(number))
        {
            return [];
        }

        DerReader wrapper = reader.ReadExplicit(number);
        // RFC 5280 §4.1 wants one at least, but responders in use write the empty list, which says nothing.
        bool isEmpty = wrapper.NextIs(Asn1Tag.Sequence) && wrapper.PeekContent().IsEmpty;
        IReadOnlyList<CertificateExtension> extensions = isEmpty ? [] : CertificateExtension.DecodeAll(wrapper);
        if (isEmpty)
        {
            wrapper.ReadSequence();
        }

        wrapper.ThrowIfNotEmpty();
        return extensions;
    }

    public static void WriteExtensions(AsnWriter writer, int number, IReadOnlyList<CertificateExtension> extensions)
    {
        if (extensions.Count == 0)
        {
            return;
        }

        using (writer.PushSequence(Context(number)))
        using (writer.PushSequence())
        {
            foreach (CertificateExtension extension in extensions)
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(extension.Oid);
                    if (extension.IsCritical)
                    {
                        writer.WriteBoolean(true);
                    }

                    writer.WriteOctetString(extension.Value.Span);
                }
            }
        }
    }

    /// <summary>RFC 9654 §2.1: <c>Nonce ::= OCTET STRING (SIZE (1..128))</c>.</summary>
    public static CertificateExtension NonceExtension(ReadOnlyMemory<byte> nonce)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, nonce.Length + 8);
        writer.WriteOctetString(nonce.Span);
        return new CertificateExtension(ExtensionOid.OcspNonce, IsCritical: false, writer.Encode());
    }

    /// <summary>RFC 6960 §4.4.4: answers reach back to this moment.</summary>
    public static CertificateExtension ArchiveCutoffExtension(DateTimeOffset cutoff)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, 32);
        writer.WriteGeneralizedTime(cutoff, omitFractionalSeconds: true);
        return new CertificateExtension(ExtensionOid.OcspArchiveCutoff, IsCritical: false, writer.Encode());
    }
}
