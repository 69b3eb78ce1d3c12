using ESign.Pki.Names;

namespace ESign.Registration.Willingness;

/// <summary>Sends a short message: a carrier, or a list in memory for tests and demonstrations.</summary>
public interface ISmsSender
{
    /// <summary>The provider's name, as records show it. Offline implementations call themselves <c>offline …</c>.</summary>
    string Name { get; }

    /// <summary>Whether nothing really leaves the machine.</summary>
    bool IsOffline { get; }

    /// <summary>Sends a verification code.</summary>
    /// <param name="number">To whom.</param>
    /// <param name="code">The code; never to be logged.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The provider's reference for the message.</returns>
    ValueTask<string> SendCodeAsync(MobileNumber number, string code, CancellationToken cancellationToken = default);
}
