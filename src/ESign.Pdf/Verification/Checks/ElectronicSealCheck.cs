using System.Globalization;
using ESign.Pdf.Document;
using ESign.Pki.Cms;
using ESign.Pki.ElectronicSeals;
using ESign.Pki.Validation;

namespace ESign.Pdf.Verification.Checks;

/// <summary>Whether the electronic seal of a seal signature is genuine, in force, and the signer's to use.</summary>
/// <remarks>Data hash, signature value and timestamp of the signature are judged by the checks that judge those of CMS.</remarks>
internal sealed class ElectronicSealCheck() : VerificationCheck(CheckRule.ElectronicSeal, "GB/T 38540-2020")
{
    public override CheckResult? Evaluate(SignatureDossier dossier)
    {
        if (dossier.Facts is not { SealVerdict: { } verdict, Seal: { } signature })
        {
            return null;
        }

        foreach (SealFinding finding in verdict.Findings.Where(static finding => finding.Result is not (CmsCheck.Passed or CmsCheck.Absent)))
        {
            if (Judge(finding) is { } bad)
            {
                return bad;
            }
        }

        if (!StatesRange(signature.PropertyInfo, dossier.Signature.ByteRange))
        {
            return Failed(SubIndication.SigConstraintsFailure, $"签章所述的保护范围“{signature.PropertyInfo}”不是 /ByteRange / the seal signature says it protects \"{signature.PropertyInfo}\", which is not /ByteRange");
        }

        // Back-dating is free: without a proof of time a seal must be in force now.
        if (dossier.BelievedAt < signature.Seal.ValidFrom || dossier.BelievedAt > signature.Seal.ValidTo)
        {
            return Indeterminate(SubIndication.OutOfBoundsNoPoe, Text($"印章在{dossier.BelievedAt:u}不在有效期内，且无法证明签名更早 / the seal was not in force at {dossier.BelievedAt:u}, and nothing proves that the signature is older"));
        }

        return dossier.MakerTrust switch
        {
            { Indication: Indication.Failed } trust => Failed(trust.SubIndication, $"制章者证书 / the seal maker's certificate: {trust.Message}"),
            { Indication: Indication.Indeterminate } trust => Indeterminate(trust.SubIndication, $"制章者证书 / the seal maker's certificate: {trust.Message}"),
            _ => Passed($"电子印章“{signature.Seal.Name}”（{signature.Seal.SealId}）有效 / the electronic seal \"{signature.Seal.Name}\" ({signature.Seal.SealId}) is genuine and the signer's to use"),
        };
    }

    /// <summary>The property information is free text; where it holds four numbers, they are the byte range.</summary>
    private static bool StatesRange(string propertyInfo, ByteRange? range)
    {
        string[] numbers = propertyInfo.Split([' ', ',', ';', '[', ']', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        return numbers.Length != 4
            || !numbers.All(static number => long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            || string.Equals($"[{string.Join(' ', numbers)}]", range?.ToString(), StringComparison.Ordinal);
    }

    private CheckResult? Judge(SealFinding finding) => finding switch
    {
        { Rule: SealRule.DataHash or SealRule.SignatureValue or SealRule.SignatureTimestamp or SealRule.SignerCertificatePeriod } => null,
        { Result: CmsCheck.Unsupported or CmsCheck.Weak } => Indeterminate(SubIndication.CryptoConstraintsFailure, finding.Message),
        { Result: CmsCheck.NotEvaluated } => Indeterminate(SubIndication.SigConstraintsFailure, finding.Message),
        { Rule: SealRule.SealSignature } => Failed(SubIndication.SigCryptoFailure, finding.Message),
        _ => Failed(SubIndication.SigConstraintsFailure, finding.Message),
    };
}
