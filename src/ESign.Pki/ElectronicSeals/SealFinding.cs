using ESign.Pki.Cms;

namespace ESign.Pki.ElectronicSeals;

/// <summary>What one check of a seal or a seal signature found.</summary>
/// <param name="Rule">What was checked.</param>
/// <param name="Result">What came out.</param>
/// <param name="Message">In words, Chinese and English.</param>
internal sealed record SealFinding(SealRule Rule, CmsCheck Result, string Message);
