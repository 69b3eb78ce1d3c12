using System.Globalization;

namespace ESign.AspNetCore.Authorities;

/// <summary>Which CRL a file name asks for: <c>issuer</c>, <c>issuer-3</c>, <c>issuer-delta</c>, <c>issuer-3-delta</c>.</summary>
internal readonly record struct CrlAddress(string Issuer, int? Partition, bool IsDelta)
{
    private const string DeltaSuffix = "-delta";

    /// <summary>Reads a name; a name that is an issuer's as it stands is that issuer's.</summary>
    public static CrlAddress Parse(string name, Func<string, bool> isIssuer)
    {
        if (isIssuer(name))
        {
            return new CrlAddress(name, Partition: null, IsDelta: false);
        }

        bool isDelta = name.EndsWith(DeltaSuffix, StringComparison.Ordinal);
        string rest = isDelta ? name[..^DeltaSuffix.Length] : name;
        int hyphen = rest.LastIndexOf('-');
        return hyphen > 0 && !isIssuer(rest) && int.TryParse(rest.AsSpan(hyphen + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int partition)
            ? new CrlAddress(rest[..hyphen], partition, isDelta)
            : new CrlAddress(rest, Partition: null, isDelta);
    }
}
