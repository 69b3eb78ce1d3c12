namespace ESign.Fuzz;

/// <summary>What is mutated.</summary>
/// <param name="Files">Whole PDFs.</param>
/// <param name="Samples">What was taken out of them, and pictures, by kind.</param>
public sealed record FuzzInputs(IReadOnlyList<byte[]> Files, IReadOnlyList<IGrouping<SampleKind, byte[]>> Samples)
{
    /// <summary>The generated files alone: what the seeds of the normal tests stand for.</summary>
    public static FuzzInputs Generated { get; } = From(Fixtures.Generated);

    /// <summary>With the shared corpus, where it is present.</summary>
    public static FuzzInputs WithCorpus() => From([.. Fixtures.Generated, .. Fixtures.Corpus()]);

    private static FuzzInputs From(IReadOnlyList<byte[]> files) => new(
        files,
        [.. Fuzz.Samples.Of(files).Concat(Fixtures.Pictures.Select(picture => (Kind: SampleKind.Picture, Bytes: picture))).GroupBy(sample => sample.Kind, sample => sample.Bytes).OrderBy(group => group.Key)]);
}
