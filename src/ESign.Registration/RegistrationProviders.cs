using ESign.Registration.Banking;

namespace ESign.Registration;

/// <summary>Who is asked outside. Offline implementations say so in every record.</summary>
public sealed record RegistrationProviders
{
    /// <summary>Whether name, document and number belong to one person: population register or carrier.</summary>
    public required IIdentityVerifier Identity { get; init; }

    /// <summary>Whether the person in front of the camera is the one of the document.</summary>
    public required IIdentityVerifier Face { get; init; }

    /// <summary>Whether name, credit code and legal representative belong together.</summary>
    public required IBusinessRegistry Registry { get; init; }

    /// <summary>The bank.</summary>
    public required IBankTransfer Bank { get; init; }

    /// <summary>Who sends notices.</summary>
    public required INoticeSender Notices { get; init; }

    /// <summary>Nobody can be asked, and nothing is confirmed: every application goes to a reviewer.</summary>
    /// <param name="clock">The clock.</param>
    /// <returns>Providers that confirm nothing.</returns>
    public static RegistrationProviders None(TimeProvider clock)
    {
        var none = new NoProviders(clock);
        return new RegistrationProviders { Identity = none, Face = none, Registry = none, Bank = none, Notices = none };
    }

    /// <summary>Nobody is asked, and everything is confirmed: for tests and demonstrations.</summary>
    /// <param name="clock">The clock.</param>
    /// <returns>Providers that confirm every well-formed claim and say that nobody was asked.</returns>
    public static RegistrationProviders Offline(TimeProvider clock)
    {
        var verifier = new OfflineVerifier(clock);
        return new RegistrationProviders { Identity = verifier, Face = verifier, Registry = verifier, Bank = new OfflineBankTransfer(clock), Notices = verifier };
    }
}
