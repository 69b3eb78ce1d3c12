namespace ESign.Pdf.Signing;

/// <summary>How a <see cref="BatchSigner"/> works.</summary>
public sealed record BatchOptions
{
    /// <summary>How many items are signed at once; as many as there are processors by default. Remote keys and timestamp authorities may bear more.</summary>
    public int MaximumParallelism
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = Environment.ProcessorCount;
}
