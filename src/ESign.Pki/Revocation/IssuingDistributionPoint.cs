using ESign.Pki.Asn1;
using ESign.Pki.Certificates;

namespace ESign.Pki.Revocation;

/// <summary>Which certificates, and which reasons, a CRL covers.</summary>
/// <remarks>
/// RFC 5280 §5.2.5: <c>SEQUENCE { distributionPoint [0] DistributionPointName OPTIONAL, onlyContainsUserCerts [1] BOOLEAN,
/// onlyContainsCACerts [2] BOOLEAN, onlySomeReasons [3] ReasonFlags OPTIONAL, indirectCRL [4] BOOLEAN,
/// onlyContainsAttributeCerts [5] BOOLEAN }</c>, the booleans DEFAULT FALSE.
/// </remarks>
internal sealed record IssuingDistributionPoint(
    DistributionPointName? Name,
    bool OnlyUserCertificates,
    bool OnlyAuthorityCertificates,
    int? OnlySomeReasons,
    bool IsIndirect,
    bool OnlyAttributeCertificates)
{
    public static IssuingDistributionPoint Decode(ReadOnlyMemory<byte> encoded)
    {
        DerReader sequence = DerReader.OpenSequence(encoded);
        if (!sequence.HasData)
        {
            throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "the issuing distribution point is an empty sequence (RFC 5280 §5.2.5)");
        }

        DistributionPointName? name = sequence.NextIsContext(0) ? DistributionPointName.Decode(sequence.ReadExplicit(0)) : null;
        bool user = ReadFlag(sequence, 1);
        bool authority = ReadFlag(sequence, 2);
        int? reasons = sequence.NextIsContext(3) ? NamedBits.Decode(sequence, ExtensionDecoding.Context(3)) : null;
        bool indirect = ReadFlag(sequence, 4);
        bool attribute = ReadFlag(sequence, 5);
        sequence.ThrowIfNotEmpty();
        return new IssuingDistributionPoint(name, user, authority, reasons, indirect, attribute);
    }

    private static bool ReadFlag(DerReader sequence, int number) =>
        sequence.NextIsContext(number) && sequence.ReadBoolean(ExtensionDecoding.Context(number));
}
