namespace ESign.Pdf.Composition;

/// <summary>How a table looks; points.</summary>
internal sealed record TableStyle
{
    public TextStyle Text { get; init; } = new() { Size = 9.5 };

    /// <summary>Baseline to baseline, in em.</summary>
    public double LineHeight { get; init; } = 1.5;

    public double Padding { get; init; } = 4;

    /// <summary>The width of the lines around cells; 0 for none.</summary>
    public double Border { get; init; } = 0.5;

    public double SpaceBefore { get; init; } = 4;

    public double SpaceAfter { get; init; } = 8;

    /// <summary>Begin on a new page rather than break, where one page is enough.</summary>
    public bool KeepTogether { get; init; }

    /// <summary>Stand whole on the page where what follows begins, where one page is enough.</summary>
    public bool KeepWithNext { get; init; }

    public static TableStyle Borderless { get; } = new() { Border = 0, Padding = 2, KeepTogether = true };
}
