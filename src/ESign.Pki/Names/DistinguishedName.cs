using System.Formats.Asn1;
using System.Text;
using ESign.Pki.Asn1;

namespace ESign.Pki.Names;

/// <summary>An X.501 distinguished name: who issued a certificate, and to whom.</summary>
/// <remarks>
/// RFC 5280 §4.1.2.4; compared as §7.1 says (case and insignificant spaces ignored, PrintableString equals UTF8String);
/// shown as RFC 4514 says, the last relative name first.
/// </remarks>
public sealed class DistinguishedName : IEquatable<DistinguishedName>
{
    /// <summary>More attributes than any issuer uses; the widest name in the conformance suites has 2,048.</summary>
    private const int MaximumAttributes = 8192;

    private readonly RelativeName[][] _relativeNames;
    private readonly Lazy<string[]> _canonical;

    private DistinguishedName(ReadOnlyMemory<byte> rawData, RelativeName[][] relativeNames)
    {
        RawData = rawData;
        _relativeNames = relativeNames;
        _canonical = new Lazy<string[]>(() => [.. _relativeNames.Select(CanonicalSet)]);
    }

    /// <summary>The DER encoding as it was read.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>Whether the name has no attribute at all.</summary>
    public bool IsEmpty => _relativeNames.Length == 0;

    /// <summary>The first common name, or <see langword="null"/>.</summary>
    public string? CommonName => GetValue(AttributeType.CommonName);

    /// <summary>The first organisation name, or <see langword="null"/>.</summary>
    public string? Organization => GetValue(AttributeType.Organization);

    /// <summary>The relative names in encoded order, each with one or more attributes.</summary>
    internal IReadOnlyList<IReadOnlyList<RelativeName>> RelativeNames => _relativeNames;

    /// <summary>Decodes a DER <c>Name</c>.</summary>
    /// <param name="encoded">The whole encoding.</param>
    /// <exception cref="Asn1FormatException">The bytes are not a Name.</exception>
    public static DistinguishedName Decode(ReadOnlyMemory<byte> encoded)
    {
        var reader = new DerReader(encoded);
        DistinguishedName name = Decode(reader);
        reader.ThrowIfNotEmpty();
        return name;
    }

    /// <summary>The first value of an attribute type.</summary>
    /// <param name="oid">The type in dotted form, for example <c>2.5.4.10</c>.</param>
    /// <returns>The text, or <see langword="null"/> when the name has no such attribute.</returns>
    public string? GetValue(string oid)
    {
        foreach (RelativeName[] set in _relativeNames)
        {
            foreach (RelativeName attribute in set)
            {
                if (string.Equals(attribute.Oid, oid, StringComparison.Ordinal))
                {
                    return attribute.Text;
                }
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public bool Equals(DistinguishedName? other) =>
        other is not null
        && (RawData.Span.SequenceEqual(other.RawData.Span)
            || (_relativeNames.Length == other._relativeNames.Length && StartsWith(other)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DistinguishedName);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (string set in _canonical.Value)
        {
            hash.Add(set, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    /// <summary>The name as RFC 4514 text: last relative name first, special characters escaped.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (int i = _relativeNames.Length - 1; i >= 0; i--)
        {
            for (int j = 0; j < _relativeNames[i].Length; j++)
            {
                RelativeName attribute = _relativeNames[i][j];
                text.Append(j > 0 ? "+" : text.Length > 0 ? "," : "");
                text.Append(AttributeType.DisplayName(attribute.Oid)).Append('=');
                AppendEscaped(text, attribute);
            }
        }

        return text.ToString();
    }

    /// <summary>Reads a Name at the reader's position.</summary>
    internal static DistinguishedName Decode(DerReader reader)
    {
        ReadOnlyMemory<byte> encoded = reader.PeekEncodedValue();
        DerReader sequence = reader.ReadSequence();
        var sets = new List<RelativeName[]>();
        int count = 0;
        while (sequence.HasData)
        {
            sets.Add(DecodeRelative(sequence.ReadSetOf(checkOrder: false), ref count));
        }

        return new DistinguishedName(encoded, [.. sets]);
    }

    /// <summary>This name with one more relative name below it (RFC 5280 §4.2.1.13 nameRelativeToCRLIssuer).</summary>
    internal DistinguishedName Append(ReadOnlyMemory<byte> attributes)
    {
        int count = 0;
        RelativeName[] set = DecodeRelative(new DerReader(attributes), ref count);
        return new DistinguishedName(default, [.. _relativeNames, set]);
    }

    /// <summary>Whether this name lies in the subtree below another (RFC 5280 §4.2.1.10, directoryName).</summary>
    internal bool StartsWith(DistinguishedName ancestor)
    {
        string[] mine = _canonical.Value;
        string[] theirs = ancestor._canonical.Value;
        return theirs.Length <= mine.Length && mine.AsSpan(0, theirs.Length).SequenceEqual(theirs);
    }

    private static RelativeName[] DecodeRelative(DerReader set, ref int count)
    {
        var attributes = new List<RelativeName>(1);
        while (set.HasData)
        {
            if (++count > MaximumAttributes)
            {
                throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "A name has more than 8,192 attributes.");
            }

            DerReader pair = set.ReadSequence();
            string oid = pair.ReadObjectIdentifier();
            attributes.Add(DecodeValue(oid, pair.PeekEncodedValue()));
            pair.ReadEncodedValue();
            pair.ThrowIfNotEmpty();
        }

        return attributes.Count == 0 ? throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "A relative name without attributes.") : [.. attributes];
    }

    private static RelativeName DecodeValue(string oid, ReadOnlyMemory<byte> value)
    {
        var reader = new DerReader(value);
        Asn1Tag tag = reader.PeekTag();
        if (tag.TagClass == TagClass.Universal && !tag.IsConstructed)
        {
            switch ((UniversalTagNumber)tag.TagValue)
            {
                case UniversalTagNumber.T61String:
                    // Issuers put Latin-1 into TeletexString whatever T.61 says.
                    return new RelativeName(oid, Encoding.Latin1.GetString(reader.PeekContent().Span), IsText: true);
                case UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String
                    or UniversalTagNumber.BMPString or UniversalTagNumber.VisibleString or UniversalTagNumber.NumericString:
                    return new RelativeName(oid, DecodeText(reader, tag), IsText: true);
                case UniversalTagNumber.UniversalString:
                    return new RelativeName(oid, new UTF32Encoding(bigEndian: true, byteOrderMark: false).GetString(reader.PeekContent().Span), IsText: true);
            }
        }

        return new RelativeName(oid, "#" + Convert.ToHexString(value.Span), IsText: false);
    }

    // A PrintableString with characters outside its alphabet (@, *, &) is common in the wild and harmless here.
    private static string DecodeText(DerReader reader, Asn1Tag tag) =>
        (UniversalTagNumber)tag.TagValue == UniversalTagNumber.PrintableString
            ? Encoding.Latin1.GetString(reader.PeekContent().Span)
            : reader.ReadCharacterString((UniversalTagNumber)tag.TagValue);

    private static string CanonicalSet(RelativeName[] set) => set.Length == 1
        ? set[0].Canonical
        : string.Join(RelativeName.Separator, set.Select(attribute => attribute.Canonical).Order(StringComparer.Ordinal));

    private static void AppendEscaped(StringBuilder text, RelativeName attribute)
    {
        if (!attribute.IsText)
        {
            text.Append(attribute.Text);
            return;
        }

        string value = attribute.Text;
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            bool edge = (i == 0 && c is ' ' or '#') || (i == value.Length - 1 && c == ' ');
            if (char.IsControl(c))
            {
                text.Append('\\').Append(((int)c).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
                continue;
            }

            text.Append(edge || c is ',' or '+' or '"' or '\\' or '<' or '>' or ';' ? "\\" : "").Append(c);
        }
    }
}
