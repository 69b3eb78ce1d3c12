using System.Numerics;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;

namespace ESign.Pki.Issuance.CrlLints;

/// <summary>A number, the one that was taken for this list, higher than the last.</summary>
internal sealed class CrlNumberLint : ICrlLint
{
    public string Rule => "crl-number";

    public string Citation => "RFC 5280 §5.2.3";

    public string? Evaluate(CrlLintSubject subject)
    {
        if (subject.Find(ExtensionOid.CrlNumber) is not { } extension)
        {
            return "缺少列表编号 / the CRL number is missing";
        }

        var reader = new DerReader(extension.Value);
        BigInteger number = new(reader.ReadIntegerBytes().Span, isBigEndian: true);
        reader.ThrowIfNotEmpty();
        return number.Sign <= 0 || number.GetByteCount() > 20 ? "列表编号应为正数且不超过20字节 / the number is not positive or longer than 20 octets"
            : number != subject.Intent.Number ? "列表编号不是登记的编号 / the number is not the one that was taken"
            : number <= subject.Intent.Previous ? "列表编号没有递增 / the number is not higher than the last"
            : null;
    }
}
