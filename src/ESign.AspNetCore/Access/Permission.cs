namespace ESign.AspNetCore.Access;

/// <summary>What a request may need permission for.</summary>
internal enum Permission
{
    ReadCertificates,
    IssueCertificates,
    RevokeCertificates,
    CreateEnrolments,
    Enrol,
    SignRemotely,
    ManageTokens,
    ReadAudit,
    PlaceCrls,
    SubmitApplications,
    ReadApplications,
    ReviewApplications,
    ReadPersonalData,
    ManageSeals,
    ReviewSeals,
    ManageOperators,
    RequestActs,
    ApproveActs,
}
