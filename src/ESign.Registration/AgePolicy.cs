using System.Globalization;
using ESign.Pki.Names;

namespace ESign.Registration;

/// <summary>From which age a person may register: 16 with a mainland identity card, 18 with a permit or passport.</summary>
public sealed record AgePolicy
{
    /// <summary>16 and 18.</summary>
    public static AgePolicy Default { get; } = new();

    /// <summary>With a resident identity card.</summary>
    public int Resident { get; init; } = 16;

    /// <summary>With any other document.</summary>
    public int Other { get; init; } = 18;

    /// <summary>Whether foreigners with a passport may register, with formal assurance only (形式签), as no register can confirm them.</summary>
    public bool AllowsPassports { get; init; } = true;

    /// <summary>Checks a document; numbers without a birth date need a declared one.</summary>
    /// <param name="document">The document.</param>
    /// <param name="declaredBirthDate">The birth date the applicant declares, for documents whose number carries none.</param>
    /// <param name="day">The day of the application.</param>
    /// <exception cref="RegistrationException">A passport where none is accepted (<c>document-kind</c>), too young (<c>age</c>), or the birth date is missing or contradicts the number (<c>birth-date</c>).</exception>
    public void Check(IdentityDocument document, DateOnly? declaredBirthDate, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (document.Kind == IdentityDocumentKind.Passport && !AllowsPassports)
        {
            throw new RegistrationException("document-kind", "暂不支持仅持有境外证件的人士实名认证 / Persons with a foreign document alone cannot register yet");
        }

        if (document.BirthDate is { } known && declaredBirthDate is { } declared && known != declared)
        {
            throw new RegistrationException("birth-date", "填写的出生日期与证件号码不一致 / The declared birth date is not the one in the number");
        }

        DateOnly birth = document.BirthDate ?? declaredBirthDate
            ?? throw new RegistrationException("birth-date", "该证件号码不含出生日期，请填写 / The number carries no birth date: declare it");
        int minimum = document.Kind == IdentityDocumentKind.ResidentIdentityCard ? Resident : Other;
        if (Ages.CompletedYears(birth, day) < minimum)
        {
            throw new RegistrationException("age", string.Create(CultureInfo.InvariantCulture, $"未满{minimum}周岁，不能进行实名认证 / Under {minimum}: registration is not possible"));
        }
    }
}
