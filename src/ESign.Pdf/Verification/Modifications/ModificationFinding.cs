namespace ESign.Pdf.Verification.Modifications;

/// <summary>One thing that changed after signing: what, where, and whether that was allowed.</summary>
/// <param name="Rule">The rule that explains the change, or names the attack; stable between versions.</param>
/// <param name="Citation">The clause the judgement rests on.</param>
/// <param name="Object">The changed object and the way to it, for example <c>12 0 R /AcroForm/Fields[2]/AP/N</c>.</param>
/// <param name="Page">The page it shows on, from 1; <see langword="null"/> when it has none or it is not known.</param>
/// <param name="Rectangle">Its place on that page, in user space; <see langword="null"/> when it has none.</param>
/// <param name="Message">What happened, in Chinese and English.</param>
/// <param name="Permitted">Whether everything in force when it happened allows it.</param>
public sealed record ModificationFinding(string Rule, string Citation, string Object, int? Page, PdfRectangle? Rectangle, string Message, bool Permitted);
