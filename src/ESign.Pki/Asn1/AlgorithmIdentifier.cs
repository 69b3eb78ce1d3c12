using System.Formats.Asn1;

namespace ESign.Pki.Asn1;

/// <summary>An algorithm and its parameters as they stand in the encoding.</summary>
/// <remarks>
/// RFC 5280 §4.1.1.2: <c>AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY DEFINED BY
/// algorithm OPTIONAL }</c>. Absent parameters and NULL are different here; whoever knows the algorithm decides.
/// </remarks>
internal sealed class AlgorithmIdentifier : IEquatable<AlgorithmIdentifier>
{
    private static readonly byte[] s_null = [0x05, 0x00];

    /// <param name="oid">The algorithm in dotted form.</param>
    /// <param name="parameters">The encoded parameters; empty when absent.</param>
    public AlgorithmIdentifier(string oid, ReadOnlyMemory<byte> parameters = default)
    {
        Oid = oid;
        Parameters = parameters;
    }

    public string Oid { get; }

    /// <summary>The encoded parameters; empty when absent.</summary>
    public ReadOnlyMemory<byte> Parameters { get; }

    public bool HasParameters => !Parameters.IsEmpty;

    public bool HasNullParameters => Parameters.Span.SequenceEqual(s_null);

    /// <summary>RFC 4055 §2.1, RFC 5754 §2: absent and NULL mean the same for digests.</summary>
    public bool HasAbsentOrNullParameters => !HasParameters || HasNullParameters;

    public static AlgorithmIdentifier WithNull(string oid) => new(oid, s_null);

    /// <summary>Decodes bytes that must be exactly one AlgorithmIdentifier.</summary>
    public static AlgorithmIdentifier Decode(ReadOnlyMemory<byte> encoded)
    {
        var reader = new DerReader(encoded);
        AlgorithmIdentifier algorithm = Read(reader);
        reader.ThrowIfNotEmpty();
        return algorithm;
    }

    /// <summary>Reads the next value, an AlgorithmIdentifier, optionally under an IMPLICIT tag.</summary>
    public static AlgorithmIdentifier Read(DerReader reader, Asn1Tag? tag = null)
    {
        DerReader sequence = reader.ReadSequence(tag);
        string oid = sequence.ReadObjectIdentifier();
        ReadOnlyMemory<byte> parameters = sequence.HasData ? sequence.ReadEncodedValue() : default;
        sequence.ThrowIfNotEmpty();
        return new AlgorithmIdentifier(oid, parameters);
    }

    public void Write(AsnWriter writer, Asn1Tag? tag = null)
    {
        using (writer.PushSequence(tag))
        {
            writer.WriteObjectIdentifier(Oid);
            if (HasParameters)
            {
                writer.WriteEncodedValue(Parameters.Span);
            }
        }
    }

    public byte[] Encode()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, Parameters.Length + 64);
        Write(writer);
        return writer.Encode();
    }

    public bool Equals(AlgorithmIdentifier? other) =>
        other is not null && string.Equals(Oid, other.Oid, StringComparison.Ordinal) && Parameters.Span.SequenceEqual(other.Parameters.Span);

    public override bool Equals(object? obj) => Equals(obj as AlgorithmIdentifier);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Oid, StringComparer.Ordinal);
        hash.AddBytes(Parameters.Span);
        return hash.ToHashCode();
    }

    public override string ToString() =>
        !HasParameters ? Oid : HasNullParameters ? $"{Oid} (NULL)" : $"{Oid} ({Convert.ToHexStringLower(Parameters.Span)})";
}
