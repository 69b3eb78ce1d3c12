namespace ESign.Registration.EvidenceFiles;

/// <summary>Which documents a reviewer must have before an organisation is approved by hand.</summary>
internal static class EvidenceChecklist
{
    /// <summary>What is still missing.</summary>
    /// <param name="application">The application.</param>
    /// <param name="uploaded">What was uploaded.</param>
    public static IReadOnlyList<EvidenceKind> FindMissing(EnterpriseApplication application, IReadOnlyCollection<EvidenceKind> uploaded)
    {
        bool isBusiness = application.Code.IsEnterprise || application.Code.IsIndividualBusiness;
        List<EvidenceKind> needed = [isBusiness ? EvidenceKind.BusinessLicence : EvidenceKind.InstitutionCertificate];
        bool isLetterOnPaper = application is { LetterDate: not null, LetterSha256: null };
        if (isLetterOnPaper)
        {
            needed.Add(EvidenceKind.AuthorityLetter);
        }

        if (isLetterOnPaper && application.Code.IsIndividualBusiness)
        {
            needed.AddRange([EvidenceKind.IdentityFront, EvidenceKind.IdentityBack]); // the owner's, signed and fingerprinted
        }

        return [.. needed.Except(uploaded)];
    }

    /// <summary>What a document is called.</summary>
    public static string NameOf(EvidenceKind kind) => kind switch
    {
        EvidenceKind.BusinessLicence => "营业执照 / business licence",
        EvidenceKind.InstitutionCertificate => "机构证明文件 / certificate of the institution",
        EvidenceKind.AuthorityLetter => "加盖公章的超级管理员授权书 / sealed authority letter",
        EvidenceKind.IdentityFront => "证件正面 / front of the identity document",
        EvidenceKind.IdentityBack => "证件反面 / back of the identity document",
        EvidenceKind.DissolutionCertificate => "注销证明 / certificate of dissolution",
        _ => "其他材料 / other document",
    };
}
