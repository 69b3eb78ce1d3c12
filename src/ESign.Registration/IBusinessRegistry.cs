using ESign.Pki.Names;

namespace ESign.Registration;

/// <summary>Asks a business register whether name, credit code and legal representative belong together (企业三要素).</summary>
public interface IBusinessRegistry
{
    /// <summary>Checks a claim.</summary>
    /// <param name="name">The claimed full name.</param>
    /// <param name="code">The claimed unified social credit code.</param>
    /// <param name="legalRepresentative">The claimed legal representative or person in charge.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The answer, to be kept.</returns>
    ValueTask<VerificationRecord> VerifyAsync(string name, UnifiedSocialCreditCode code, string legalRepresentative, CancellationToken cancellationToken = default);
}
