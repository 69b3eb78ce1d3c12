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

    /// <summary>Nobody is asked: for tests and demonstrations.</summary>
    /// <param name="clock">The clock.</param>
    /// <returns>Providers that confirm every well-formed claim and say that nobody was asked.</returns>
    public static RegistrationProviders Offline(TimeProvider clock)
    {
        var verifier = new OfflineVerifier(clock);
        return new RegistrationProviders { Identity = verifier, Face = verifier, Registry = verifier, Bank = new OfflineBankTransfer(clock) };
    }
}
