using ESign.Pki.Certificates;
using ESign.Pki.Cms;

namespace ESign.Pki.ElectronicSeals;

/// <summary>What the checks of a seal or a seal signature found, each by itself.</summary>
/// <remarks>
/// Whether the certificates can be trusted is not judged here: give <see cref="MakerCertificate"/> and
/// <see cref="SignerCertificate"/> to a <c>PathValidator</c> at <see cref="Time"/>.
/// </remarks>
public sealed record SealVerdict
{
    internal SealVerdict(IReadOnlyList<SealFinding> findings, Certificate makerCertificate, Certificate? signerCertificate, DateTimeOffset? time)
    {
        Findings = findings;
        MakerCertificate = makerCertificate;
        SignerCertificate = signerCertificate;
        Time = time;
    }

    /// <summary>What did not pass, in the order of the standard, in Chinese and English; empty when <see cref="IsValid"/>.</summary>
    public IReadOnlyList<string> Failures => [.. Findings.Where(static finding => finding.Result is not (CmsCheck.Passed or CmsCheck.Absent)).Select(static finding => finding.Message)];

    /// <summary>Every check, in the order of the standard.</summary>
    internal IReadOnlyList<SealFinding> Findings { get; }

    /// <summary>The certificate of the seal's maker.</summary>
    public Certificate MakerCertificate { get; }

    /// <summary>The certificate of who used the seal; <see langword="null"/> when a seal alone was checked.</summary>
    public Certificate? SignerCertificate { get; }

    /// <summary>The time for which validity was judged; <see langword="null"/> when the signature states none that can be read.</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>Whether every check passed; what need not be there may be absent. Trust is another question.</summary>
    public bool IsValid => Findings.All(static finding => finding.Result is CmsCheck.Passed or CmsCheck.Absent);

    /// <summary>The result of one check.</summary>
    /// <param name="rule">What was checked.</param>
    /// <returns>The result; <see cref="CmsCheck.NotEvaluated"/> for a check that does not concern what was verified.</returns>
    internal CmsCheck this[SealRule rule] => Findings.FirstOrDefault(finding => finding.Rule == rule)?.Result ?? CmsCheck.NotEvaluated;
}
