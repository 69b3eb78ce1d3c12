namespace ESign.Registration.Records;

/// <summary>One record of a store: opaque content, and the few facts it is found by.</summary>
internal sealed record StoredRecord
{
    /// <summary>What it is a record of, for example <c>enterprise</c> or <c>seal</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Its identifier, unique within the kind.</summary>
    public required string Id { get; init; }

    /// <summary>1 when added, one more with every replacement. A replacement names the version that was read.</summary>
    public long Version { get; init; } = 1;

    /// <summary>Where it stands, for lists.</summary>
    public string State { get; init; } = "";

    /// <summary>Whose it is, as a keyed hash: lists of one owner are read by an index. Empty when it is nobody's; <see langword="null"/> in records of programs that knew no owners.</summary>
    public string? Owner { get; init; } = "";

    /// <summary>When something has to be done with it; <see langword="null"/> when nothing has.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>What it is found by. A store returns <see langword="null"/>; a replacement with <see langword="null"/> leaves the keys as they are.</summary>
    public IReadOnlyList<RecordKey>? Keys { get; init; }

    /// <summary>The content, as sealed by whoever wrote it.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }
}
