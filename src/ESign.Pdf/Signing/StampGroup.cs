using ESign.Pdf.Document;
using ESign.Pdf.Seals.Placing;

namespace ESign.Pdf.Signing;

/// <summary>One stamp of a signature – a cross-page seal, a date – and the pieces it stands in.</summary>
/// <param name="Name">The name of the non-terminal field that holds the pieces: the signature's name, a hyphen, its number.</param>
/// <param name="AlternateText">What the seal says.</param>
/// <param name="Pieces">The pieces in page order.</param>
/// <param name="Planned">The fields made for the pieces by a plan, one each; empty when there was no plan.</param>
internal sealed record StampGroup(string Name, string AlternateText, IReadOnlyList<ResolvedPlacement> Pieces, IReadOnlyList<FormField> Planned)
{
    /// <summary>The name a stamp's field has, by the signature's name and the stamp's position from 0.</summary>
    public static string NameOf(string signature, int index) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{signature}-{index + 1}");

    /// <summary>The partial name of a piece, by its position from 0.</summary>
    public static string PieceName(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"p{index + 1}");

    /// <summary>The names a lock must list: the parent and each piece, because readers differ in what a parent covers.</summary>
    public IEnumerable<string> LockedNames => [Name, .. Pieces.Select((_, index) => $"{Name}.{PieceName(index)}")];
}
