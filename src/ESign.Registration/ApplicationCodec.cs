using System.Text.Json;
using System.Text.Json.Serialization;
using ESign.Pki.Names;

namespace ESign.Registration;

/// <summary>Applications as JSON, for stores. Reading restores what was written without judging it anew: rules change, records do not.</summary>
internal static class ApplicationCodec
{
    public static byte[] Encode(PersonApplication application) =>
        JsonSerializer.SerializeToUtf8Bytes(ToData(application), ApplicationJsonContext.Default.PersonData);

    public static byte[] Encode(EnterpriseApplication application) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new EnterpriseData(
                application.Id, application.Name, application.Code.Value, application.LegalRepresentative, ToData(application.SuperAdministrator), application.State,
                application.IsRegistryConfirmed, application.Authorization, application.LetterDate, application.LetterSha256, application.Evidence, application.Decision),
            ApplicationJsonContext.Default.EnterpriseData);

    public static PersonApplication DecodePerson(ReadOnlySpan<byte> json) =>
        ToPerson(JsonSerializer.Deserialize(json, ApplicationJsonContext.Default.PersonData) ?? throw new FormatException("An application is null."));

    public static EnterpriseApplication DecodeEnterprise(ReadOnlySpan<byte> json)
    {
        EnterpriseData data = JsonSerializer.Deserialize(json, ApplicationJsonContext.Default.EnterpriseData) ?? throw new FormatException("An application is null.");
        return EnterpriseApplication.Restore(data, UnifiedSocialCreditCode.Parse(data.Code), ToPerson(data.SuperAdministrator));
    }

    private static PersonData ToData(PersonApplication person) => new(
        person.Id, person.Name, person.Document.Kind, person.Document.Value, person.Mobile?.Value, person.State, person.Assurance, person.Consents, person.Evidence, person.Decision);

    private static PersonApplication ToPerson(PersonData data) => PersonApplication.Restore(
        data, IdentityDocument.Parse(data.DocumentKind, data.DocumentNumber), data.Mobile is null ? null : MobileNumber.Parse(data.Mobile));

    internal sealed record PersonData(
        string Id,
        string Name,
        IdentityDocumentKind DocumentKind,
        string DocumentNumber,
        string? Mobile,
        ApplicationState State,
        AssuranceLevel? Assurance,
        IReadOnlyList<Consent> Consents,
        IReadOnlyList<VerificationRecord> Evidence,
        string? Decision);

    internal sealed record EnterpriseData(
        string Id,
        string Name,
        string Code,
        string LegalRepresentative,
        PersonData SuperAdministrator,
        ApplicationState State,
        bool IsRegistryConfirmed,
        AuthorizationMethod? Authorization,
        DateOnly? LetterDate,
        string? LetterSha256,
        IReadOnlyList<VerificationRecord> Evidence,
        string? Decision);
}

/// <summary>The JSON of <see cref="ApplicationCodec"/>: names for enumerations, so that their order may change.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ApplicationCodec.PersonData))]
[JsonSerializable(typeof(ApplicationCodec.EnterpriseData))]
internal sealed partial class ApplicationJsonContext : JsonSerializerContext;
