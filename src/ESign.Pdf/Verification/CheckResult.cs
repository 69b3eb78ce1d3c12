using ESign.Pki.Validation;

namespace ESign.Pdf.Verification;

/// <summary>One line of a verdict: what was checked, what came out, and which clause asks for it.</summary>
/// <param name="Rule">The check's name; stable between versions, for example <c>coverage</c>.</param>
/// <param name="Outcome">What came out.</param>
/// <param name="Citation">The clause, for example <c>ISO 32000-2 §12.8.1</c>.</param>
/// <param name="Message">What was found, in Chinese and English.</param>
/// <param name="SubIndication">What it makes of the signature when it is not passed; <see cref="SubIndication.None"/> when it decides nothing.</param>
public sealed record CheckResult(string Rule, CheckOutcome Outcome, string Citation, string Message, SubIndication SubIndication = SubIndication.None);
