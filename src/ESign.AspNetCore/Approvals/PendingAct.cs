using System.Text.Json.Serialization;
using ESign.Pki.Revocation;

namespace ESign.AspNetCore.Approvals;

/// <summary>Where an act stands.</summary>
internal enum ActState
{
    /// <summary>Asked for; a second administrator has to decide.</summary>
    Requested,

    /// <summary>Approved and done.</summary>
    Done,

    /// <summary>Approved, and it could not be done.</summary>
    Failed,

    /// <summary>Refused, or taken back.</summary>
    Rejected,
}

/// <summary>What is asked for; which members count depends on the kind.</summary>
/// <param name="Kind">What is to be done.</param>
/// <param name="Reason">Why.</param>
/// <param name="Issuer">The issuer: the one that signed the authority's certificate, or whose profile changes.</param>
/// <param name="SerialNumber">The authority's certificate.</param>
/// <param name="RevocationReason">What the CRL says (RFC 5280 §5.3.1).</param>
/// <param name="Profile">The profile.</param>
/// <param name="IsOffered">Whether it is offered from then on.</param>
/// <param name="MaximumDays">For how many days its certificates last at most; as the profile says when absent.</param>
/// <param name="Login">The login name of the administrator to invite or to reset.</param>
/// <param name="Name">That person's name.</param>
internal sealed record ActRequest(
    ActKind Kind, string Reason, string? Issuer = null, string? SerialNumber = null, RevocationReason? RevocationReason = null,
    string? Profile = null, bool? IsOffered = null, int? MaximumDays = null, string? Login = null, string? Name = null);

/// <summary>An act that waits for a second administrator.</summary>
internal sealed record PendingAct
{
    public required string Id { get; init; }

    public required ActRequest Request { get; init; }

    public ActState State { get; init; }

    /// <summary>Who asked: a login name, which the other must not have.</summary>
    public required string RequestedBy { get; init; }

    public required string RequestedByName { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public string? DecidedByName { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>What came of it, or why it was refused.</summary>
    public string? Outcome { get; init; }

    /// <summary>Whether somebody gets a setup code by it.</summary>
    [JsonIgnore]
    public bool GivesSetupCode => Request.Kind is ActKind.InviteAdministrator or ActKind.ResetAdministrator;

    /// <summary>The first half of an administrator's setup code, which the asking administrator was shown.</summary>
    public string? SetupCodeHalf { get; init; }
}

/// <summary>The JSON of acts in a store.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PendingAct))]
internal sealed partial class ApprovalJsonContext : JsonSerializerContext;
