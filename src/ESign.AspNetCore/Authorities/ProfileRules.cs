using System.Text.Json.Serialization;
using ESign.AspNetCore.Operations;
using ESign.Pki.Issuance;
using ESign.Registration.Protection;
using ESign.Registration.Records;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.Authorities;

/// <summary>What administrators decided about an issuer's profiles: whether one is offered, and for how long its certificates last at most.</summary>
/// <remarks>Only narrower than the profile itself, whose own limits are not touched. Changed by two administrators together.</remarks>
internal sealed class ProfileRules(IRecordStore store, DataKeyRing keys)
{
    private readonly RecordSet<ProfileRule> _rules = new(store, keys, "profile-rule", ProfileRuleJson.Default.ProfileRule, static rule => new RecordFacts(IdOf(rule.Issuer, rule.Profile)));

    /// <summary>The rule of a profile; offered without a limit of its own unless somebody decided otherwise.</summary>
    public async ValueTask<ProfileRule> FindAsync(string issuer, string profile, CancellationToken cancellationToken) =>
        (await _rules.FindAsync(IdOf(issuer, profile), cancellationToken).ConfigureAwait(false))?.Value ?? new ProfileRule(issuer, profile, IsOffered: true, MaximumDays: null);

    public async ValueTask SetAsync(ProfileRule rule, CancellationToken cancellationToken)
    {
        if (await _rules.AddAsync(rule, cancellationToken).ConfigureAwait(false) == RecordOutcome.Conflict)
        {
            await _rules.ChangeAsync(IdOf(rule.Issuer, rule.Profile), _ => rule, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Applies the rule to a certificate about to be issued.</summary>
    /// <param name="issuer">The issuer.</param>
    /// <param name="profile">The profile.</param>
    /// <param name="asked">The validity asked for; as the profile says when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The validity to issue with.</returns>
    /// <exception cref="RequestRefusedException">The profile is not offered, or not for so long (422).</exception>
    public async ValueTask<TimeSpan?> ApplyAsync(HostedIssuer issuer, CertificateProfile profile, TimeSpan? asked, CancellationToken cancellationToken)
    {
        ProfileRule rule = await FindAsync(issuer.Name, profile.Name, cancellationToken).ConfigureAwait(false);
        if (!rule.IsOffered)
        {
            throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "profile", $"{issuer.Name} 目前不提供证书类型 {profile.Name} / {issuer.Name} does not offer {profile.Name} at present");
        }

        if (rule.MaximumDays is not { } days)
        {
            return asked;
        }

        TimeSpan limit = TimeSpan.FromDays(days);
        return asked > limit
            ? throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "validity", $"有效期至多{days}天 / Certificates of this kind last {days} days at most")
            : asked ?? (profile.DefaultValidity <= limit ? null : limit);
    }

    private static string IdOf(string issuer, string profile) => $"{issuer}/{profile}";
}

/// <summary>What was decided about one profile of one issuer.</summary>
internal sealed record ProfileRule(string Issuer, string Profile, bool IsOffered, int? MaximumDays);

/// <summary>The JSON of profile rules in a store.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProfileRule))]
internal sealed partial class ProfileRuleJson : JsonSerializerContext;
