using ESign.Cli.Progress;
using ESign.Pki.Keys;

namespace ESign.Cli;

/// <summary>Digests a file of any size, showing how far it is.</summary>
internal static class FileDigest
{
    public static async Task<byte[]> ComputeAsync(CliContext context, string path, DigestAlgorithm algorithm, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, useAsync: true);
            using ProgressLine progress = context.ShowProgress("计算摘要 / digesting", file.Length);
            Stream stream = progress.Watch(file);
            using RunningDigest digest = algorithm.Start();
            byte[] buffer = new byte[128 * 1024];
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                digest.Append(buffer.AsSpan(0, read));
            }

            return digest.GetCurrentDigest();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CliContext.CannotRead(path, exception);
        }
    }
}
