using ESign.Pki.Validation;

namespace ESign.Pdf.Verification;

/// <summary>Whether a certificate could be trusted at the time that counts.</summary>
/// <param name="Indication">The judgement.</param>
/// <param name="SubIndication">Why not passed.</param>
/// <param name="Message">What was found, in Chinese and English.</param>
/// <param name="Citation">The clause.</param>
/// <param name="Path">The path judgement it rests on; null when trust was not judged.</param>
internal sealed record TrustFinding(Indication Indication, SubIndication SubIndication, string Message, string Citation, PathVerdict? Path = null)
{
    public bool IsPassed => Indication == Indication.Passed;
}
