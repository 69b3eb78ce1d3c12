using ESign.Pki.Certificates;

namespace ESign.Pki.Issuance.CrlLints;

/// <summary>What a list is meant to be: whose, which number, of which partition, on which base.</summary>
/// <param name="Issuer">The issuer's certificate.</param>
/// <param name="Now">The issuer's clock.</param>
/// <param name="Number">The number taken for it.</param>
/// <param name="Previous">The number of the list this publisher made before, or null.</param>
/// <param name="BaseNumber">For a delta, the number of its base.</param>
/// <param name="PartitionUris">For a partition, its addresses.</param>
internal sealed record CrlIntent(Certificate Issuer, DateTimeOffset Now, long Number, long? Previous, long? BaseNumber, IReadOnlyList<string>? PartitionUris);
