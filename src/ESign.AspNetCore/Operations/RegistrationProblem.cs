using ESign.Registration;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.Operations;

/// <summary>A refusal of the registration rules as an HTTP problem: 404 for what is not there, 409 for what stands in the way, else 422.</summary>
internal static class RegistrationProblem
{
    private static readonly Dictionary<string, string> PlatformCodes = new(StringComparer.Ordinal)
    {
        ["age"] = "OperationDenied.InvalidApproverAge",
        ["state"] = "OperationDenied.NoIdentityVerify",
        ["super-administrator"] = "OperationDenied.NoIdentityVerify",
        ["seal-name"] = "FailedOperation.ExistSameSealName",
        ["seal-holder"] = "OperationDenied.NoPermissionUseServerSignSeal",
        ["no-such-seal"] = "ResourceNotFound.Seal",
        ["no-such-application"] = "ResourceNotFound.Organization",
        ["seal-image"] = "InvalidParameter.Image",
        ["operator"] = "InvalidParameter.UnmatchedOperator",
    };

    public static RequestRefusedException Explain(RegistrationException refusal) => new(StatusOf(refusal.Code), refusal.Code, refusal.Message)
    {
        PlatformCode = PlatformCodes.GetValueOrDefault(refusal.Code),
    };

    private static int StatusOf(string code) => code switch
    {
        _ when code.StartsWith("no-such-", StringComparison.Ordinal) => StatusCodes.Status404NotFound,
        "sms-limit" or "captcha-busy" => StatusCodes.Status429TooManyRequests,
        "busy" or "code-busy" => StatusCodes.Status503ServiceUnavailable,
        "state" or "account" or "person-exists" or "mobile-taken" or "application-exists" or "taken" or "seal-name" or "seal-single" or "change-pending" or "change-replaced" or "bank-pending" or "approval-state" => StatusCodes.Status409Conflict,
        "seal-holder" or "operator" => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
