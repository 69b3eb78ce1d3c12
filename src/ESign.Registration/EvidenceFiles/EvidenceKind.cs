namespace ESign.Registration.EvidenceFiles;

/// <summary>What an uploaded file shows.</summary>
internal enum EvidenceKind
{
    /// <summary>营业执照: of enterprises and individual businesses.</summary>
    BusinessLicence,

    /// <summary>机构证明文件: of authorities, public institutions and other organisations.</summary>
    InstitutionCertificate,

    /// <summary>A picture or PDF of an authority letter sealed on paper.</summary>
    AuthorityLetter,

    /// <summary>An identity document, front.</summary>
    IdentityFront,

    /// <summary>An identity document, back.</summary>
    IdentityBack,

    /// <summary>注销证明: that the former organisation was dissolved.</summary>
    DissolutionCertificate,

    /// <summary>Anything else a reviewer asked for.</summary>
    Other,
}
