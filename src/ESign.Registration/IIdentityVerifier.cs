using ESign.Pki.Names;

namespace ESign.Registration;

/// <summary>Asks somebody whether a name, a document and a telephone number belong to one person: population register, face check or carrier.</summary>
public interface IIdentityVerifier
{
    /// <summary>Checks a claim.</summary>
    /// <param name="name">The claimed name.</param>
    /// <param name="document">The claimed document.</param>
    /// <param name="mobile">The claimed number, when it takes part in the check.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The answer, to be kept.</returns>
    ValueTask<VerificationRecord> VerifyAsync(string name, IdentityDocument document, MobileNumber? mobile, CancellationToken cancellationToken = default);
}
