namespace ESign.Pki.ElectronicSeals;

/// <summary>What an electronic seal shall say.</summary>
public sealed record ElectronicSealRequest
{
    /// <summary>The seal's identifier; ASCII.</summary>
    public required string SealId { get; init; }

    /// <summary>The name of the seal, for example the organisation's full name.</summary>
    public required string Name { get; init; }

    /// <summary>The picture.</summary>
    public required SealPicture Picture { get; init; }

    /// <summary>Whose keys may use the seal.</summary>
    public required SealSignerList Signers { get; init; }

    /// <summary>From when it may be used; to the second.</summary>
    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>Until when it may be used; to the second.</summary>
    public required DateTimeOffset ValidTo { get; init; }

    /// <summary>The kind of seal: 1 (the default) for an organisation, 2 for a person, others by agreement.</summary>
    public int Type { get; init; } = 1;

    /// <summary>Who made the software that makes the seal; ASCII.</summary>
    public string VendorId { get; init; } = "ESign";

    /// <summary>Additions.</summary>
    internal IReadOnlyList<SealExtension> Extensions { get; init; } = [];
}
