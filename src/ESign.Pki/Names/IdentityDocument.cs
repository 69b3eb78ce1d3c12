using System.Diagnostics.CodeAnalysis;

namespace ESign.Pki.Names;

/// <summary>The number of a document that proves who a person is. Closed: resident identity card, residence permit, travel permit, passport.</summary>
/// <remarks>
/// A number never appears in a certificate in full unless asked for: certificates carry <see cref="Masked"/> and a keyed
/// hash (<see cref="PseudonymKey"/>). <see cref="ToString"/> answers the masked form, so that logs stay clean.
/// </remarks>
public abstract class IdentityDocument : IEquatable<IdentityDocument>
{
    private protected IdentityDocument(IdentityDocumentKind kind, string value)
    {
        Kind = kind;
        Value = value;
    }

    /// <summary>What kind of document the number belongs to.</summary>
    public IdentityDocumentKind Kind { get; }

    /// <summary>The number in full, upper case.</summary>
    public string Value { get; }

    /// <summary>The first and the last character, stars between: <c>1****************X</c>.</summary>
    public string Masked => Masking.Identifier(Value);

    /// <summary>The birth date the number carries, or <see langword="null"/> when numbers of this kind carry none.</summary>
    public virtual DateOnly? BirthDate => null;

    /// <summary>Reads the number of a document of a given kind.</summary>
    /// <param name="kind">The kind of document.</param>
    /// <param name="text">The number.</param>
    /// <returns>The number.</returns>
    /// <exception cref="FormatException">The text is not such a number; the message says why.</exception>
    public static IdentityDocument Parse(IdentityDocumentKind kind, string text) =>
        TryParse(kind, text, out IdentityDocument? document, out string? reason) ? document : throw new FormatException(reason);

    /// <summary>Reads the number of a document of a given kind, without an exception.</summary>
    /// <param name="kind">The kind of document.</param>
    /// <param name="text">The number.</param>
    /// <param name="document">The number, when the answer is true.</param>
    /// <param name="reason">Why not, Chinese and English, when the answer is false.</param>
    /// <returns>Whether the text is such a number.</returns>
    public static bool TryParse(IdentityDocumentKind kind, string? text, [NotNullWhen(true)] out IdentityDocument? document, [NotNullWhen(false)] out string? reason)
    {
        document = null;
        switch (kind)
        {
            case IdentityDocumentKind.ResidentIdentityCard:
                ResidentIdNumber.TryParse(text, out ResidentIdNumber? resident, out reason);
                document = resident;
                break;
            case IdentityDocumentKind.ResidencePermit:
                ResidencePermitNumber.TryParse(text, out ResidencePermitNumber? permit, out reason);
                document = permit;
                break;
            case IdentityDocumentKind.HongKongMacaoTravelPermit:
            case IdentityDocumentKind.TaiwanTravelPermit:
                TravelPermitNumber.TryParse(text, out TravelPermitNumber? travel, out reason);
                if (travel is not null && travel.Kind != kind)
                {
                    reason = "通行证号码与证件类型不符 / The travel permit number belongs to another kind of permit";
                    return false;
                }

                document = travel;
                break;
            case IdentityDocumentKind.Passport:
                PassportNumber.TryParse(text, out PassportNumber? passport, out reason);
                document = passport;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "未知的证件类型 / Unknown kind of identity document");
        }

        return document is not null;
    }

    /// <summary>The completed years of life on a day.</summary>
    /// <remarks>A year is completed on the birthday itself; for 29 February that is 1 March in common years.</remarks>
    /// <param name="day">The day.</param>
    /// <returns>The age, negative before birth, or <see langword="null"/> when <see cref="BirthDate"/> is.</returns>
    public int? AgeOn(DateOnly day) => BirthDate is { } birth ? Ages.CompletedYears(birth, day) : null;

    /// <inheritdoc/>
    public bool Equals(IdentityDocument? other) => other is not null && Kind == other.Kind && string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IdentityDocument);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, StringComparer.Ordinal.GetHashCode(Value));

    /// <summary>The masked number, never the full one.</summary>
    /// <returns><see cref="Masked"/>.</returns>
    public override string ToString() => Masked;
}
