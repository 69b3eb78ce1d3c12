using ESign.Pki.Revocation;
using ESign.Pki.Timestamping;

namespace ESign.Pdf;

/// <summary>How long a signature can be verified, and the services that make it so. A level cannot be asked for without them.</summary>
/// <remarks>EN 319 142-1 §6.2: each level contains the one before.</remarks>
public sealed record PadesLevel
{
    private PadesLevel(string name, ITimestampSource? timestamps = null, IRevocationSource? revocation = null, bool isArchive = false)
    {
        Name = name;
        Timestamps = timestamps;
        Revocation = revocation;
        IsArchive = isArchive;
    }

    /// <summary>B-B: the signature with its certificates. Its time is only claimed.</summary>
    public static PadesLevel B { get; } = new("B-B");

    /// <summary>The name in the standard: B-B, B-T, B-LT or B-LTA.</summary>
    public string Name { get; }

    internal ITimestampSource? Timestamps { get; }

    internal IRevocationSource? Revocation { get; }

    internal bool IsArchive { get; }

    /// <summary>Whether the level may be missed when a service does not answer.</summary>
    internal bool MayBeLower { get; init; }

    /// <summary>B-T: a timestamp proves when the signature existed.</summary>
    /// <param name="timestamps">The timestamp authority.</param>
    /// <returns>The level.</returns>
    public static PadesLevel T(ITimestampSource timestamps)
    {
        ArgumentNullException.ThrowIfNull(timestamps);
        return new PadesLevel("B-T", timestamps);
    }

    /// <summary>B-LT: the certificates and revocation answers a verifier needs are in the document.</summary>
    /// <param name="timestamps">The timestamp authority.</param>
    /// <param name="revocation">Where CRLs and OCSP answers come from.</param>
    /// <returns>The level.</returns>
    public static PadesLevel LT(ITimestampSource timestamps, IRevocationSource revocation)
    {
        ArgumentNullException.ThrowIfNull(timestamps);
        ArgumentNullException.ThrowIfNull(revocation);
        return new PadesLevel("B-LT", timestamps, revocation);
    }

    /// <summary>B-LTA: a document timestamp over all of it, to be renewed before it expires.</summary>
    /// <param name="timestamps">The timestamp authority.</param>
    /// <param name="revocation">Where CRLs and OCSP answers come from.</param>
    /// <returns>The level.</returns>
    public static PadesLevel LTA(ITimestampSource timestamps, IRevocationSource revocation)
    {
        ArgumentNullException.ThrowIfNull(timestamps);
        ArgumentNullException.ThrowIfNull(revocation);
        return new PadesLevel("B-LTA", timestamps, revocation, isArchive: true);
    }

    /// <summary>This level if its services answer, and the highest that can be reached if they do not; otherwise signing fails and writes nothing.</summary>
    /// <remarks>The receipt says which level was reached, and its notes why.</remarks>
    /// <returns>The level.</returns>
    public PadesLevel OrLower() => this with { MayBeLower = true };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
