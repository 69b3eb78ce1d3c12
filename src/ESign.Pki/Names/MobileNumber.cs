using System.Diagnostics.CodeAnalysis;

namespace ESign.Pki.Names;

/// <summary>A mainland mobile telephone number: eleven digits in the segments 13 to 19.</summary>
public sealed class MobileNumber : IEquatable<MobileNumber>
{
    private MobileNumber(string value) => Value = value;

    /// <summary>The eleven digits.</summary>
    public string Value { get; }

    /// <summary>Three digits, four stars, four digits: <c>186****4014</c>.</summary>
    public string Masked => string.Concat(Value.AsSpan(0, 3), "****", Value.AsSpan(7));

    /// <summary>Reads a number or says why it is none.</summary>
    /// <param name="text">Eleven digits, no country code.</param>
    /// <returns>The number.</returns>
    /// <exception cref="FormatException">The text is not such a number; the message says why.</exception>
    public static MobileNumber Parse(string text) =>
        TryParse(text, out MobileNumber? number, out string? reason) ? number : throw new FormatException(reason);

    /// <summary>Reads a number or says why it is none, without an exception.</summary>
    /// <param name="text">Eleven digits, no country code.</param>
    /// <param name="number">The number, when the answer is true.</param>
    /// <param name="reason">Why not, Chinese and English, when the answer is false.</param>
    /// <returns>Whether the text is such a number.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out MobileNumber? number, [NotNullWhen(false)] out string? reason)
    {
        bool ok = text is ['1', >= '3' and <= '9', ..] && text.Length == 11 && !text.AsSpan().ContainsAnyExceptInRange('0', '9');
        number = ok ? new MobileNumber(text!) : null;
        reason = ok ? null : "手机号码应为13至19号段的11位数字 / A mobile number has eleven digits and begins with 13 to 19";
        return ok;
    }

    /// <inheritdoc/>
    public bool Equals(MobileNumber? other) => other is not null && string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MobileNumber);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Value);

    /// <summary>The masked number, never the full one.</summary>
    /// <returns><see cref="Masked"/>.</returns>
    public override string ToString() => Masked;
}
