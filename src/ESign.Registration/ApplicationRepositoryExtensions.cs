namespace ESign.Registration;

/// <summary>Reads an application that must be there, and changes one: again when somebody else was faster.</summary>
internal static class ApplicationRepositoryExtensions
{
    /// <summary>Somebody else changes an application now and then, not ten times while one looks at it.</summary>
    private const int Attempts = 10;

    /// <exception cref="RegistrationException">There is none (<c>no-such-application</c>).</exception>
    public static async Task<PersonApplication> RequirePersonAsync(this IApplicationRepository applications, string id, CancellationToken cancellationToken) =>
        (await applications.FindPersonAsync(id, cancellationToken).ConfigureAwait(false))?.Application ?? throw Unknown(id);

    /// <exception cref="RegistrationException">There is none (<c>no-such-application</c>).</exception>
    public static async Task<EnterpriseApplication> RequireEnterpriseAsync(this IApplicationRepository applications, string id, CancellationToken cancellationToken) =>
        (await applications.FindEnterpriseAsync(id, cancellationToken).ConfigureAwait(false))?.Application ?? throw Unknown(id);

    /// <returns>The application as written.</returns>
    /// <exception cref="RegistrationException">There is none (<c>no-such-application</c>), or others keep changing it (<c>busy</c>).</exception>
    public static Task<PersonApplication> ChangePersonAsync(this IApplicationRepository applications, string id, Func<PersonApplication, PersonApplication> change, CancellationToken cancellationToken) =>
        ChangeAsync(id, applications.FindPersonAsync, applications.TryUpdateAsync, change, cancellationToken);

    /// <returns>The application as written.</returns>
    /// <exception cref="RegistrationException">There is none (<c>no-such-application</c>), or others keep changing it (<c>busy</c>).</exception>
    public static Task<EnterpriseApplication> ChangeEnterpriseAsync(this IApplicationRepository applications, string id, Func<EnterpriseApplication, EnterpriseApplication> change, CancellationToken cancellationToken) =>
        ChangeAsync(id, applications.FindEnterpriseAsync, applications.TryUpdateAsync, change, cancellationToken);

    /// <summary>What whoever asks for an application is told that does not exist, or is another's.</summary>
    public static RegistrationException Unknown(string id) => new("no-such-application", $"没有申请{id} / There is no application {id}");

    private static async Task<T> ChangeAsync<T>(
        string id, Func<string, CancellationToken, ValueTask<StoredApplication<T>?>> find, Func<StoredApplication<T>, CancellationToken, ValueTask<bool>> tryUpdate, Func<T, T> change, CancellationToken cancellationToken)
        where T : class
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            StoredApplication<T> read = await find(id, cancellationToken).ConfigureAwait(false) ?? throw Unknown(id);
            T changed = change(read.Application);
            if (await tryUpdate(read with { Application = changed }, cancellationToken).ConfigureAwait(false))
            {
                return changed;
            }
        }

        throw new RegistrationException("busy", "申请正被他人修改，请稍后重试 / Others are changing the application; try again");
    }
}
