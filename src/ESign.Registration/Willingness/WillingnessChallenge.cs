using ESign.Pki.Names;

namespace ESign.Registration.Willingness;

/// <summary>A code on its way: who has to answer, about which document, until when.</summary>
/// <param name="Id">The identifier to answer with; not a secret.</param>
/// <param name="Number">To whom the code was sent.</param>
/// <param name="DocumentDigest">The SHA-256 of the document that was shown, in lower-case hexadecimal.</param>
/// <param name="SentAt">When.</param>
/// <param name="ExpiresAt">Until when an answer counts.</param>
public sealed record WillingnessChallenge(string Id, MobileNumber Number, string DocumentDigest, DateTimeOffset SentAt, DateTimeOffset ExpiresAt);
