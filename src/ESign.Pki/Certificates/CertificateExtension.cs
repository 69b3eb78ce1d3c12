using System.Formats.Asn1;
using ESign.Pki.Asn1;

namespace ESign.Pki.Certificates;

/// <summary>One extension as it was encoded.</summary>
/// <remarks>RFC 5280 §4.1: <c>Extension ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }</c>.</remarks>
/// <param name="Oid">The extension's identifier in dotted form.</param>
/// <param name="IsCritical">Whether a validator that does not know the extension must refuse.</param>
/// <param name="Value">The DER inside the OCTET STRING.</param>
internal sealed record CertificateExtension(string Oid, bool IsCritical, ReadOnlyMemory<byte> Value)
{
    /// <summary>The most extensions one certificate, CRL, CRL entry or OCSP answer may carry; real ones have fewer than 20.</summary>
    internal const int MaximumCount = 128;

    /// <summary>Reads <c>Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension</c>.</summary>
    internal static List<CertificateExtension> DecodeAll(DerReader reader)
    {
        DerReader sequence = reader.ReadSequence();
        if (!sequence.HasData)
        {
            throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "Extensions is an empty sequence (RFC 5280 §4.1.2.9).");
        }

        var extensions = new List<CertificateExtension>();
        while (sequence.HasData)
        {
            if (extensions.Count == MaximumCount)
            {
                throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "More than 128 extensions.");
            }

            extensions.Add(Decode(sequence));
        }

        return extensions;
    }

    /// <summary>The same of a CRL or one of its entries, where two of one kind would leave open which of them holds (X.509 §7.3).</summary>
    internal static List<CertificateExtension> DecodeDistinct(DerReader reader)
    {
        List<CertificateExtension> extensions = DecodeAll(reader);
        return FindRepeated(extensions) is { } oid
            ? throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, $"extension {oid} appears twice (X.509 §7.3)")
            : extensions;
    }

    /// <summary>The identifier of the first extension that is not the first of its kind, or <see langword="null"/>.</summary>
    internal static string? FindRepeated(IReadOnlyList<CertificateExtension> extensions) =>
        extensions.FirstOrDefault(extension => !ReferenceEquals(Find(extensions, extension.Oid), extension))?.Oid;

    /// <summary>The first extension of a kind, or <see langword="null"/>.</summary>
    internal static CertificateExtension? Find(IReadOnlyList<CertificateExtension> extensions, string oid)
    {
        for (int i = 0; i < extensions.Count; i++)
        {
            if (string.Equals(extensions[i].Oid, oid, StringComparison.Ordinal))
            {
                return extensions[i];
            }
        }

        return null;
    }

    private static CertificateExtension Decode(DerReader sequence)
    {
        DerReader extension = sequence.ReadSequence();
        string oid = extension.ReadObjectIdentifier();
        bool critical = extension.NextIs(Asn1Tag.Boolean) && extension.ReadBoolean();
        ReadOnlyMemory<byte> value = extension.ReadOctetString();
        extension.ThrowIfNotEmpty();
        return new CertificateExtension(oid, critical, value);
    }
}
