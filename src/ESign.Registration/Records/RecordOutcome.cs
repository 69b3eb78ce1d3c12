namespace ESign.Registration.Records;

/// <summary>What became of a write.</summary>
internal enum RecordOutcome
{
    /// <summary>It is durable.</summary>
    Done,

    /// <summary>There is a record of that identifier (adding), or it was changed or removed since it was read (replacing).</summary>
    Conflict,

    /// <summary>Another record of the kind carries one of its unique keys.</summary>
    KeyTaken,
}
