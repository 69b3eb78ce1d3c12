namespace ESign.AspNetCore.RemoteSigning;

/// <summary>Brings a one-time code to the signer: by text message, mail, or whatever the operator has verified.</summary>
public interface IOneTimeCodeSender
{
    /// <summary>Sends a code.</summary>
    /// <param name="recipient">Where to, as the credential says.</param>
    /// <param name="code">Six digits; not to be logged.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that ends when it is on its way.</returns>
    ValueTask SendAsync(string recipient, string code, CancellationToken cancellationToken = default);
}
