namespace ESign.Registration.AuthorityLetters;

/// <summary>One reason why an authority letter is not accepted.</summary>
/// <param name="Code">A stable code: <c>letter-unreadable</c>, <c>letter-altered</c>, <c>letter-unsigned</c>, <c>letter-signature</c>, <c>letter-signer</c> or <c>letter-date</c>.</param>
/// <param name="Message">In words, Chinese and English.</param>
public sealed record AuthorityLetterFinding(string Code, string Message);
