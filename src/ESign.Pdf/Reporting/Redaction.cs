using System.Text.RegularExpressions;
using ESign.Pki.Certificates;
using ESign.Pki.Names;

namespace ESign.Pdf.Reporting;

/// <summary>Hides what identifies a person: names, identity numbers, telephone numbers, addresses. A court edition hides nothing.</summary>
/// <remarks>
/// Names and numbers that the evidence states are hidden wherever they occur; numbers that look like resident identity
/// numbers (GB 11643), mainland mobile numbers or mail addresses are hidden even where nothing states them.
/// </remarks>
internal sealed partial class Redaction
{
    private const string OrganizationName = "2.5.4.10";

    private readonly bool _isMasking;
    private readonly IReadOnlyList<(string Secret, string Mask)> _known;

    /// <param name="isMasking">False for the court edition.</param>
    /// <param name="names">Names of persons.</param>
    /// <param name="identifiers">Their numbers.</param>
    public Redaction(bool isMasking, IEnumerable<string>? names = null, IEnumerable<string>? identifiers = null)
    {
        _isMasking = isMasking;
        IEnumerable<(string, string)> secrets = [
            .. (identifiers ?? []).Where(number => number.Length > 3).Select(number => (number, Identifier(number))),
            .. (names ?? []).Where(name => name.Length > 1).Select(name => (name, PersonName(name)))];
        _known = [.. secrets.Distinct().OrderByDescending(secret => secret.Item1.Length)];
    }

    public static Redaction None { get; } = new(isMasking: false);

    public bool IsMasking => _isMasking;

    public string PersonName(string name) => _isMasking ? Masking.PersonName(name) : name;

    public string Identifier(string value) => _isMasking ? Masking.Identifier(value) : value;

    /// <summary><c>13812345678</c> becomes <c>138****5678</c>; <c>zhangsan@example.cn</c> becomes <c>z***@example.cn</c>.</summary>
    public string Contact(string value) => !_isMasking ? value
        : value.IndexOf('@', StringComparison.Ordinal) is > 0 and int at ? string.Concat(value.AsSpan(0, 1), "***", value.AsSpan(at))
        : value.Length >= 8 ? string.Concat(value.AsSpan(0, 3), "****", value.AsSpan(value.Length - 4))
        : Masking.Identifier(value);

    /// <summary>Hides within a longer text.</summary>
    public string Text(string text)
    {
        if (!_isMasking || text.Length == 0)
        {
            return text;
        }

        foreach ((string secret, string mask) in _known)
        {
            text = text.Replace(secret, mask, StringComparison.Ordinal);
        }

        text = ResidentNumber().Replace(text, match => Masking.Identifier(match.Value));
        text = MobileNumber().Replace(text, match => Contact(match.Value));
        return MailAddress().Replace(text, match => Contact(match.Value));
    }

    /// <summary>The common name of a signer; a person's, where no organisation stands beside it, is hidden.</summary>
    public string CommonName(Certificate certificate)
    {
        string name = DisplayText.Clean(certificate.Subject.CommonName ?? certificate.Subject.ToString());
        return IsPerson(certificate.Subject, certificate.IsAuthority) ? PlatformName(name) : Text(name);
    }

    /// <summary>A distinguished name.</summary>
    public string Name(DistinguishedName name, bool isAuthority)
    {
        string shown = DisplayText.Clean(name.ToString());
        if (!IsPerson(name, isAuthority) || name.CommonName is not { Length: > 0 } common)
        {
            return Text(shown);
        }

        string clean = DisplayText.Clean(common);
        return Text(shown.Replace(clean, PlatformName(clean), StringComparison.Ordinal));
    }

    private bool IsPerson(DistinguishedName name, bool isAuthority) => _isMasking && !isAuthority && name.GetValue(OrganizationName) is null;

    // Platforms write ESS@name@number@code into the common name of persons and ESS@company@code into that of companies.
    private string PlatformName(string name)
    {
        string[] parts = name.Split('@');
        return parts.Length switch
        {
            1 => Masking.PersonName(name),
            >= 4 => Text(string.Join('@', [parts[0], Masking.PersonName(parts[1]), Masking.Identifier(parts[2]), .. parts[3..]])),
            _ => Text(name),
        };
    }

    [GeneratedRegex(@"(?<!\d)\d{17}[\dXx](?!\d)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ResidentNumber();

    [GeneratedRegex(@"(?<!\d)1[3-9]\d{9}(?!\d)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MobileNumber();

    [GeneratedRegex(@"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,8}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MailAddress();
}
