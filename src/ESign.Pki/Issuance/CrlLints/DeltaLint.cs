using System.Numerics;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;

namespace ESign.Pki.Issuance.CrlLints;

/// <summary>A delta names its base, which is older; a complete list names none.</summary>
internal sealed class DeltaLint : ICrlLint
{
    public string Rule => "crl-delta";

    public string Citation => "RFC 5280 §5.2.4";

    public string? Evaluate(CrlLintSubject subject)
    {
        if (subject.Find(ExtensionOid.DeltaCrlIndicator) is not { } extension)
        {
            return subject.Intent.BaseNumber is null ? null : "增量列表缺少基础编号 / a delta without its base number";
        }

        var reader = new DerReader(extension.Value);
        BigInteger complete = new(reader.ReadIntegerBytes().Span, isBigEndian: true);
        reader.ThrowIfNotEmpty();
        return subject.Intent.BaseNumber is not { } expected ? "完整列表不应有增量标识 / a complete list with a delta indicator"
            : complete != expected ? "基础编号不符 / the base number is not that of the base"
            : expected >= subject.Intent.Number ? "基础编号应小于本编号 / the base is not older than the delta"
            : null;
    }
}
