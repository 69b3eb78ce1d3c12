using ESign.Pdf.Seals;

namespace ESign.Pdf.Signing;

/// <summary>One party of a plan: who signs, and where.</summary>
public sealed record SigningParty
{
    /// <summary>The name of the party's signature field, for example <c>甲方</c>. No full stops; unique in the plan.</summary>
    public required string Name { get; init; }

    /// <summary>The party's seal or handwritten signature and its place; an invisible signature without it.</summary>
    public PlacedSeal? Seal { get; init; }

    /// <summary>Further places: cross-page seals, dates, seals on other pages.</summary>
    public IReadOnlyList<PlacedSeal> Stamps { get; init; } = [];
}
