using ESign.AspNetCore.Operations;
using ESign.Pki.Names;
using ESign.Registration;
using ESign.Registration.Banking;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.Applications;

/// <summary>A person applies.</summary>
/// <param name="Name">The name in the document.</param>
/// <param name="DocumentKind">The kind of document.</param>
/// <param name="DocumentNumber">Its number.</param>
/// <param name="Consents">What the applicant agreed to, with versions: user agreement, certificate agreement, privacy policy.</param>
/// <param name="Mobile">The telephone number.</param>
/// <param name="BirthDate">Where the document's number carries none.</param>
internal sealed record PersonRequest(string Name, IdentityDocumentKind DocumentKind, string DocumentNumber, IReadOnlyList<ConsentRequest> Consents, string? Mobile = null, DateOnly? BirthDate = null);

/// <summary>What the applicant agreed to.</summary>
internal sealed record ConsentRequest(string DocumentId, string Version);

/// <summary>An organisation applies.</summary>
/// <param name="Name">The registered full name.</param>
/// <param name="CreditCode">The unified social credit code.</param>
/// <param name="LegalRepresentative">The legal representative or person in charge.</param>
/// <param name="SuperAdministratorId">The approved application of the person who becomes super administrator.</param>
/// <param name="LegalRepresentativeDocumentKind">For an individual business: its owner's document.</param>
/// <param name="LegalRepresentativeDocumentNumber">Its number.</param>
/// <param name="IsLegalRepresentativeForeign">Whether the legal representative is a foreigner.</param>
internal sealed record EnterpriseRequest(
    string Name, string CreditCode, string LegalRepresentative, string SuperAdministratorId,
    IdentityDocumentKind? LegalRepresentativeDocumentKind = null, string? LegalRepresentativeDocumentNumber = null, bool IsLegalRepresentativeForeign = false);

/// <summary>A reviewer's decision.</summary>
internal sealed record DecisionRequest(bool Approved, string Reason);

/// <summary>A reviewer's decision on a change.</summary>
/// <param name="Approved">Whether it is made.</param>
/// <param name="Reason">Why.</param>
/// <param name="RequestedAt">The change's own, as the reviewer was shown it: one that was asked for meanwhile is not decided on.</param>
internal sealed record ChangeDecisionRequest(bool Approved, string Reason, DateTimeOffset RequestedAt);

/// <summary>Why.</summary>
internal sealed record ReasonRequest(string Reason);

/// <summary>A telephone number.</summary>
internal sealed record MobileRequest(string Mobile);

/// <summary>A PKCS#10 request in PEM, and the issuer; the first when absent.</summary>
internal sealed record CertificateRequest(string Csr, string? Issuer = null);

/// <summary>The legal representative in person.</summary>
internal sealed record LegalRepresentativeRequest(string Name, IdentityDocumentKind DocumentKind, string DocumentNumber);

/// <summary>An organisation's bank account.</summary>
internal sealed record BankRequest(BankChallengeKind Kind, string Holder, string Number, string Bank);

/// <summary>The amount that arrived, in yuan: 0.01 to 0.99. Absent for a top-up.</summary>
internal sealed record BankAnswerRequest(decimal? Amount = null);

/// <summary>A change of a verified organisation.</summary>
/// <param name="Kind">What changes.</param>
/// <param name="NewValue">The new name or legal representative, or the application of the new super administrator.</param>
/// <param name="Reason">Why.</param>
/// <param name="RequestedBy">Who asks: name, telephone number, mail address.</param>
internal sealed record ChangeRequest(EnterpriseChangeKind Kind, string NewValue, string Reason, string RequestedBy);

/// <summary>A person of the organisation.</summary>
internal sealed record OperatorRequest(string PersonId);

/// <summary>Reads numbers that requests carry.</summary>
internal static class RequestNumbers
{
    public static IdentityDocument Document(IdentityDocumentKind kind, string number) =>
        IdentityDocument.TryParse(kind, number, out IdentityDocument? document, out string? reason) ? document : throw Refuse("document", reason);

    public static MobileNumber Mobile(string number) => MobileNumber.TryParse(number, out MobileNumber? mobile, out string? reason) ? mobile : throw Refuse("mobile", reason);

    public static UnifiedSocialCreditCode CreditCode(string text) =>
        UnifiedSocialCreditCode.TryParse(text, out UnifiedSocialCreditCode? code, out string? reason) ? code : throw Refuse("credit-code", reason);

    /// <summary>A line somebody will read, in a letter, a message or a log: present, of one line, and not longer than a page of it makes sense.</summary>
    public static string Text(string? text, string member, int maximum = 500) => !string.IsNullOrWhiteSpace(text) && text.Length <= maximum && !text.Any(IsNotOfALine)
        ? text
        : throw Refuse(member, $"{member}应为一行，1至{maximum}字 / {member} is one line of 1 to {maximum} characters");

    /// <summary>A value of a query by its name, in whatever case; bodies read theirs themselves.</summary>
    public static T Choice<T>(string text, string member)
        where T : struct, Enum => !char.IsAsciiDigit(text.FirstOrDefault()) && Enum.TryParse(text, ignoreCase: true, out T value) && Enum.IsDefined(value)
        ? value
        : throw Refuse(member, $"{member}应为 {Names<T>()} 之一 / {member} is one of {Names<T>()}");

    private static string Names<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetNames<T>().Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName));

    // Control characters, line ends, and what turns the direction of the rest around (Unicode 9.0, Bidi_Control).
    private static bool IsNotOfALine(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\u061C';

    private static RequestRefusedException Refuse(string code, string reason) => new(StatusCodes.Status422UnprocessableEntity, code, reason);
}
