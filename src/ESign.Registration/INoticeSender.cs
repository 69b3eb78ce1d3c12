using ESign.Pki.Names;

namespace ESign.Registration;

/// <summary>Tells somebody by short message that something waits: a carrier. Nothing secret is in a notice.</summary>
public interface INoticeSender
{
    /// <summary>Asks a legal representative to authorise the super administrator of an organisation (短信通知法人).</summary>
    /// <param name="number">The number; used for this notice and not kept.</param>
    /// <param name="organization">The organisation's name.</param>
    /// <param name="applicant">Who applies, masked.</param>
    /// <param name="cancellationToken">Cancels sending.</param>
    /// <returns>What became of it, to be kept.</returns>
    ValueTask<VerificationRecord> AskForAuthorizationAsync(MobileNumber number, string organization, string applicant, CancellationToken cancellationToken = default);
}
