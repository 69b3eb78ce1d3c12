namespace ESign.Registration.Records;

/// <summary>Which records to list; every condition given must hold.</summary>
internal sealed record RecordQuery
{
    /// <summary>Of which kind; of every kind, by kind and identifier, when <see langword="null"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>Only those that stand so.</summary>
    public string? State { get; init; }

    /// <summary>Only those of this owner.</summary>
    public string? Owner { get; init; }

    /// <summary>Only those written before records had owners (<see cref="StoredRecord.Owner"/> is <see langword="null"/>).</summary>
    public bool IsOwnerMissing { get; init; }

    /// <summary>Only those with this key; <see cref="Kind"/> says of which kind.</summary>
    public string? Key { get; init; }

    /// <summary>Only those due at or before this moment; they come in the order they are due, all others by identifier.</summary>
    public DateTimeOffset? DueBy { get; init; }

    /// <summary>Only those whose identifier comes after this one: the next page.</summary>
    public string? After { get; init; }

    /// <summary>At most so many.</summary>
    public int Limit { get; init; } = int.MaxValue;
}
