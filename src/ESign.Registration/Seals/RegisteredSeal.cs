using System.Text.Json.Serialization;
using ESign.Pdf.Fonts;
using ESign.Pdf.Seals;

namespace ESign.Registration.Seals;

/// <summary>A seal an organisation keeps with us: what it looks like, whether it is in force, and who may use it. Every step gives a new value.</summary>
internal sealed record RegisteredSeal
{
    private const double MillimetersPerPoint = 25.4 / 72;
    private const int MaximumGrants = 1000;

    public required string Id { get; init; }

    public required string EnterpriseId { get; init; }

    /// <summary>What the organisation calls it; 1 to 50 characters, unique within the organisation.</summary>
    public required string Name { get; init; }

    public required SealType Type { get; init; }

    /// <summary>The name around the star: the organisation's, or the legal representative's.</summary>
    public required string Text { get; init; }

    public required string CreditCode { get; init; }

    /// <summary>The 13 digits along the bottom.</summary>
    public string? SealCode { get; init; }

    public string? HorizontalText { get; init; }

    public double WidthMillimeters { get; init; }

    public double HeightMillimeters { get; init; }

    /// <summary>The picture of the real seal; <see langword="null"/> for a drawn one.</summary>
    public byte[]? Image { get; init; }

    public SealState State { get; init; }

    /// <summary>Why it stands so.</summary>
    public string? Reason { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public IReadOnlyList<SealGrant> Grants { get; init => field = value ?? []; } = [];

    /// <summary>Draws it, or reads its picture.</summary>
    /// <exception cref="RegistrationException">It cannot look like that (<c>seal-design</c>, <c>seal-image</c>).</exception>
    public Seal ToSeal()
    {
        try
        {
            return Image is null
                ? Seal.Draw(ToDesign())
                : Seal.FromImage(Image, new SealImageOptions { AlternateText = Text, Size = WidthMillimeters > 0 ? new SealSize(WidthMillimeters, HeightMillimeters) : null });
        }
        catch (SealImageException exception)
        {
            throw new RegistrationException("seal-image", exception.Message);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or MissingGlyphException)
        {
            throw new RegistrationException("seal-design", exception.Message);
        }
    }

    /// <summary>Its physical size, rounded to hundredths.</summary>
    public (double Width, double Height) MeasureMillimeters()
    {
        Appearance appearance = ToSeal().Appearance;
        return (Math.Round(appearance.Width * MillimetersPerPoint, 2), Math.Round(appearance.Height * MillimetersPerPoint, 2));
    }

    public RegisteredSeal Decide(bool approved, string reason)
    {
        Require(SealState.UnderReview);
        return this with { State = approved ? SealState.Enabled : SealState.Rejected, Reason = reason };
    }

    public RegisteredSeal Suspend(string reason)
    {
        Require(SealState.Enabled);
        return this with { State = SealState.Suspended, Reason = reason };
    }

    public RegisteredSeal Resume(string reason)
    {
        Require(SealState.Suspended);
        return this with { State = SealState.Enabled, Reason = reason };
    }

    public RegisteredSeal Cancel(string reason)
    {
        Require(SealState.Enabled, SealState.Suspended, SealState.UnderReview);
        return this with { State = SealState.Void, Reason = reason, Grants = [] };
    }

    public RegisteredSeal Grant(SealGrant grant)
    {
        Require(SealState.Enabled, SealState.Suspended);
        if (grant.Until <= grant.At || Grants.Count >= MaximumGrants)
        {
            throw new RegistrationException("seal-grant", $"授权期限应晚于当前时间，且每枚印章至多{MaximumGrants}名持有人 / A grant ends in the future, and a seal has at most {MaximumGrants} holders");
        }

        return this with { Grants = [.. Without(grant.PersonId), grant] };
    }

    public RegisteredSeal Revoke(string personId) => Grants.Any(grant => IsOf(grant, personId))
        ? this with { Grants = [.. Without(personId)] }
        : throw new RegistrationException("no-such-grant", "该用户不是印章持有人 / That person holds no grant for the seal");

    /// <summary>Refuses whoever may not use it now. The super administrator always may.</summary>
    public void RequireUse(PersonApplication person, PersonApplication superAdministrator, DateTimeOffset now)
    {
        if (State != SealState.Enabled)
        {
            throw new RegistrationException("seal-state", $"印章未启用（{State}）：没有可用印章 / The seal is not enabled ({State})");
        }

        bool isHolder = person.Document.Equals(superAdministrator.Document) || Grants.Any(grant => IsOf(grant, person.Id) && now < grant.Until);
        if (person.State != ApplicationState.Approved || !isHolder)
        {
            throw new RegistrationException("seal-holder", "没有可用印章：您不是该印章的持有人，请联系管理员授权 / That person may not use this seal: an administrator has to grant it");
        }
    }

    private static bool IsOf(SealGrant grant, string personId) => string.Equals(grant.PersonId, personId, StringComparison.Ordinal);

    private IEnumerable<SealGrant> Without(string personId) => Grants.Where(grant => !IsOf(grant, personId));

    private SealDesign ToDesign()
    {
        SealSize? size = WidthMillimeters > 0 ? new SealSize(WidthMillimeters, HeightMillimeters) : null;
        return Type switch
        {
            SealType.Official => SealDesign.Official(Text, SealCode, size),
            SealType.Finance => SealDesign.Finance(Text, SealCode, size, HorizontalText ?? "财务专用章"),
            SealType.Personnel => SealDesign.Personnel(Text, SealCode, size, HorizontalText ?? "人力资源专用章"),
            SealType.Invoice => SealDesign.Invoice(Text, CreditCode, size),
            SealType.LegalPerson => SealDesign.LegalPerson(Text, CreditCode, size),
            SealType.Contract => SealDesign.Contract(Text, SealCode, size, HorizontalText ?? "合同专用章"),
            _ => SealDesign.Contract(Text, SealCode, size, HorizontalText ?? "电子签名专用章"),
        };
    }

    private void Require(params ReadOnlySpan<SealState> states)
    {
        if (!states.Contains(State))
        {
            throw new RegistrationException("state", $"印章状态为{State}，不能执行此操作 / The seal is {State}: this step is not possible");
        }
    }
}

/// <summary>The JSON of seals in a store.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RegisteredSeal))]
[JsonSerializable(typeof(SealUse))]
internal sealed partial class SealJsonContext : JsonSerializerContext;
