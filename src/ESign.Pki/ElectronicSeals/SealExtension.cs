using System.Formats.Asn1;
using ESign.Pki.Asn1;

namespace ESign.Pki.ElectronicSeals;

/// <summary>What a manufacturer adds to an electronic seal or a seal signature.</summary>
/// <remarks>GB/T 38540 <c>ExtData ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }</c>.</remarks>
/// <param name="Oid">What it is, in dotted form.</param>
/// <param name="IsCritical">Whether who does not know it must refuse the structure. ESign knows none.</param>
/// <param name="Value">Its value, as defined by <paramref name="Oid"/>.</param>
internal sealed record SealExtension(string Oid, bool IsCritical, ReadOnlyMemory<byte> Value)
{
    /// <summary>Seals seen have up to three.</summary>
    private const int MaximumCount = 64;

    /// <summary>Reads <c>extDatas [0] EXPLICIT ExtensionDatas OPTIONAL</c>; some makers of seals leave the tag out.</summary>
    internal static IReadOnlyList<SealExtension> ReadOptional(DerReader structure)
    {
        if (!structure.NextIsContext(0))
        {
            return structure.NextIs(Asn1Tag.Sequence) ? ReadAll(structure.ReadSequence()) : [];
        }

        DerReader tagged = structure.ReadExplicit(0);
        IReadOnlyList<SealExtension> extensions = ReadAll(tagged.ReadSequence());
        tagged.ThrowIfNotEmpty();
        return extensions;
    }

    internal static void WriteOptional(AsnWriter writer, IReadOnlyList<SealExtension> extensions)
    {
        if (extensions.Count == 0)
        {
            return;
        }

        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0))) // extDatas [0] EXPLICIT
        using (writer.PushSequence()) // ExtensionDatas
        {
            foreach (SealExtension extension in extensions)
            {
                using (writer.PushSequence()) // ExtData
                {
                    writer.WriteObjectIdentifier(extension.Oid);
                    if (extension.IsCritical) // DER omits the default
                    {
                        writer.WriteBoolean(true);
                    }

                    writer.WriteOctetString(extension.Value.Span);
                }
            }
        }
    }

    private static List<SealExtension> ReadAll(DerReader list)
    {
        var extensions = new List<SealExtension>();
        while (list.HasData)
        {
            if (extensions.Count == MaximumCount)
            {
                throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, $"more than {MaximumCount} seal extensions", list.Offset);
            }

            DerReader extension = list.ReadSequence();
            string oid = extension.ReadObjectIdentifier();
            bool isCritical = extension.NextIs(Asn1Tag.Boolean) && extension.ReadBoolean();
            extensions.Add(new SealExtension(oid, isCritical, extension.ReadOctetString()));
            extension.ThrowIfNotEmpty();
        }

        return extensions;
    }
}
