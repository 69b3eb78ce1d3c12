using System.Text.RegularExpressions;
using ESign.Pdf.Reporting.Evidence;
using ESign.Pdf.Verification;
using ESign.Pki.Certificates;
using ESign.Pki.Names;

namespace ESign.Pdf.Reporting;

/// <summary>Hides what identifies a person: names, identity numbers, telephone numbers, addresses. A court edition hides nothing.</summary>
/// <remarks>
/// Names and numbers that the evidence or a person's certificate state are hidden wherever they occur; what looks like a
/// resident identity number (GB 11643), a mainland mobile number or a mail address is hidden even where nothing states it.
/// Companies are public: their names and credit codes stay.
/// </remarks>
internal sealed partial class Redaction
{
    private const string Person = "person";

    /// <summary>Who acts for the platform itself: no person.</summary>
    private static readonly string[] s_platform = ["平台", "系统"];

    private readonly bool _isMasking;
    private readonly IReadOnlyList<(string Secret, string Mask)> _known;

    private Redaction(bool isMasking, IEnumerable<string> names, IEnumerable<string> identifiers, IEnumerable<string> contacts, IEnumerable<string> addresses)
    {
        _isMasking = isMasking;
        IEnumerable<(string, string)> secrets = [
            .. addresses.Where(address => address.Length > 6).Select(address => (address, NetworkAddress(address))),
            .. contacts.Where(contact => contact.Length > 4).Select(contact => (contact, Contact(contact))),
            .. identifiers.Where(number => number.Length > 3).Select(number => (number, Identifier(number))),
            .. names.Where(name => name.Length > 1).Select(name => (name, PersonName(name)))];
        _known = [.. secrets.DistinctBy(secret => secret.Item1).OrderByDescending(secret => secret.Item1.Length)];
    }

    /// <summary>Hides nothing.</summary>
    public static Redaction None { get; } = new(isMasking: false, [], [], [], []);

    public bool IsMasking => _isMasking;

    /// <summary>Hides the persons of a verification and its evidence.</summary>
    public static Redaction Of(VerificationResult result, EvidenceFile? evidence)
    {
        var names = new List<string>();
        var identifiers = new List<string>();
        var contacts = new List<string>();
        foreach (Certificate certificate in result.Signatures.SelectMany(verdict => verdict.CertificatePath.Prepend(verdict.Certificate)).OfType<Certificate>())
        {
            AddPerson(certificate, names, identifiers);
        }

        foreach (EvidenceParty party in evidence?.Parties ?? [])
        {
            if (party.Type == Person)
            {
                names.Add(party.Name);
                Add(identifiers, party.Identifier);
            }

            Add(contacts, party.Account);
            Add(names, party.Operator?.Name);
            Add(identifiers, party.Operator?.Identifier);
            Add(contacts, party.Operator?.Mobile);
        }

        HashSet<string> companies = [.. (evidence?.Parties ?? []).Where(party => party.Type != Person).Select(party => party.Name), .. s_platform];
        names.AddRange((evidence?.Seals ?? []).SelectMany(seal => new[] { seal.GrantedBy, seal.Approval?.By }).OfType<string>().Where(name => !companies.Contains(name)));
        IReadOnlyList<EvidenceEvent> timeline = evidence?.Timeline ?? [];
        names.AddRange(timeline.Select(item => item.Actor).Append(evidence?.Flow?.Initiator).OfType<string>().Where(name => !companies.Contains(name) && ChineseName().IsMatch(name)));
        contacts.AddRange((evidence?.Willingness ?? []).Select(check => check.Target).OfType<string>());
        return new Redaction(isMasking: true, names, identifiers, contacts, timeline.Select(item => item.Ip).OfType<string>());
    }

    public string PersonName(string name) => _isMasking ? Masking.PersonName(name) : name;

    public string Identifier(string value) => _isMasking ? Masking.Identifier(value) : value;

    /// <summary><c>13812345678</c> becomes <c>138****5678</c>; <c>zhangsan@example.cn</c> becomes <c>z***@example.cn</c>.</summary>
    public string Contact(string value) => !_isMasking ? value
        : value.IndexOf('@', StringComparison.Ordinal) is > 0 and int at ? string.Concat(value.AsSpan(0, 1), "***", value.AsSpan(at))
        : value.Length >= 8 ? string.Concat(value.AsSpan(0, 3), "****", value.AsSpan(value.Length - 4))
        : Masking.Identifier(value);

    /// <summary><c>203.0.113.7</c> becomes <c>203.0.*.*</c>; the same half of an IPv6 address stays.</summary>
    public string NetworkAddress(string value)
    {
        char separator = value.Contains(':', StringComparison.Ordinal) ? ':' : '.';
        string[] parts = value.Split(separator);
        return !_isMasking ? value : string.Join(separator, parts.Select((part, i) => i < parts.Length / 2 ? part : "*"));
    }

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

    // A person's own certificate names no organisation; an operator's names both. Platforms and authorities write
    // kind@name@number@… into the common name, whatever the organisation is.
    private static void AddPerson(Certificate certificate, List<string> names, List<string> identifiers)
    {
        DistinguishedName subject = certificate.Subject;
        string[] parts = DisplayText.Clean(subject.CommonName).Split('@');
        bool isPerson = parts.Length >= 3
            ? ResidentNumber().IsMatch(parts[2].TrimStart('0')) || subject.Organization is null
            : subject.Organization is null || subject.GetValue(AttributeType.GivenName) is not null || subject.GetValue(AttributeType.Description) is not null;
        if (certificate.Shown(static found => found.IsAuthority) || !isPerson)
        {
            return;
        }

        names.Add(parts.Length >= 3 ? parts[1] : parts[0]);
        if (parts.Length >= 3)
        {
            identifiers.Add(parts[2]);
        }

        Add(names, subject.GetValue(AttributeType.GivenName));
        Add(names, subject.GetValue(AttributeType.Surname));

        // ETSI EN 319 412-1 §5.1.3: PASCN-, IDCCN-, … and then the number.
        if (subject.GetValue(AttributeType.SerialNumber)?.Split('-', 2) is [{ Length: 5 }, string number])
        {
            identifiers.Add(number);
        }
    }

    private static void Add(List<string> list, string? value)
    {
        if (value is not null)
        {
            list.Add(value);
        }
    }

    // Not within digests and serial numbers: letters beside the digits end the likeness. People group the digits.
    [GeneratedRegex(@"(?<![0-9A-Za-z])\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?![0-9A-Za-z])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ResidentNumber();

    [GeneratedRegex(@"(?<![0-9A-Za-z])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![0-9A-Za-z])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MobileNumber();

    [GeneratedRegex(@"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,8}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MailAddress();

    // How evidence names a person who acted; anything longer is a company, a department or an account.
    [GeneratedRegex(@"^(\p{IsCJKUnifiedIdeographs}{2,4}|\p{IsCJKUnifiedIdeographs}+·[\p{IsCJKUnifiedIdeographs}·]+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ChineseName();
}
