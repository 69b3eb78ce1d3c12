namespace ESign.Fuzz;

/// <summary>What a seed stands for: a mutated file, or a mutated piece of one, and what is to be done with it.</summary>
public sealed class FuzzCase
{
    /// <summary>Every so many seeds go to the readers of what stands inside PDFs.</summary>
    private const ulong PieceEvery = 4;

    private readonly SampleKind? _kind;

    private FuzzCase(byte[] input, SampleKind? kind)
    {
        Input = input;
        _kind = kind;
    }

    public byte[] Input { get; }

    /// <summary>The end of the name of a file it is kept in.</summary>
    public string Extension => _kind is { } kind ? "." + kind.ToString().ToLowerInvariant() : ".pdf";

    /// <summary>The case of a seed; the same on every machine with the same inputs.</summary>
    public static FuzzCase Of(ulong seed, FuzzInputs inputs)
    {
        var random = new FuzzRandom(seed);
        if (seed % PieceEvery == 0 && inputs.Samples.Count > 0)
        {
            IGrouping<SampleKind, byte[]> kind = random.Pick(inputs.Samples);
            (byte[] bytes, byte[] other) = (random.Pick([.. kind]), random.Pick([.. kind]));
            return new FuzzCase(kind.Key == SampleKind.Der && random.Next(4) > 0 ? DerMutator.Mutate(bytes, random) : Mutator.Mutate(bytes, other, random), kind.Key);
        }

        (byte[] file, byte[] donor) = (random.Pick(inputs.Files), random.Pick(inputs.Files));
        return new FuzzCase(random.Next(2) == 0 ? Mutator.Mutate(file, donor, random) : StructureMutator.Mutate(file, donor, random), null);
    }

    /// <summary>The outcome in a word; an exception that is not documented comes out.</summary>
    public string Run() => _kind is { } kind
        ? $"{kind} {(DecoderTarget.Run(kind, Input) ? "accepted" : "refused")}"
        : FuzzTarget.Run(Input)?.ToString() ?? "accepted";
}
