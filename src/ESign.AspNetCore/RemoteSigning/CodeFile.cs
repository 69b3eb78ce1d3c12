using System.Globalization;

namespace ESign.AspNetCore.RemoteSigning;

/// <summary>Writes codes into a file in place of sending them: for trying out on one's own machine, never for people.</summary>
/// <remarks>The service registers it with development authorities only, which are refused on any address others can reach.</remarks>
/// <param name="path">The file; lines are added.</param>
/// <param name="time">The clock.</param>
internal sealed class CodeFile(string path, TimeProvider time) : IOneTimeCodeSender
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    public async ValueTask SendAsync(string recipient, string code, CancellationToken cancellationToken = default)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"DEVELOPMENT ONLY 仅供开发 {time.GetUtcNow():O} {recipient} {code}\n");
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            var stream = new FileStream(path, options);
            await using (stream.ConfigureAwait(false))
            {
                await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(line), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _gate.Release();
        }
    }
}
