namespace ESign.Registration.Records;

/// <summary>What a record can be found by, besides its identifier.</summary>
/// <param name="Value">The key; never a personal number in clear: <see cref="Protection.DataKeyRing.Hash"/> gives one to use instead.</param>
/// <param name="IsUnique">Whether at most one record of its kind may carry it.</param>
internal readonly record struct RecordKey(string Value, bool IsUnique = false);
