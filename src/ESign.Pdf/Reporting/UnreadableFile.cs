using ESign.Pki.Keys;

namespace ESign.Pdf.Reporting;

/// <summary>A file that was to be verified and cannot be read: which one it was, and why.</summary>
/// <param name="Name">The name the report gives it.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="Sha256">The digest of all of it.</param>
/// <param name="Sm3">The same.</param>
/// <param name="Error">Why it cannot be read.</param>
/// <param name="TriedAt">When that was found.</param>
internal sealed record UnreadableFile(string Name, long Size, byte[] Sha256, byte[] Sm3, PdfFormatException Error, DateTimeOffset TriedAt)
{
    private const int Step = 128 << 10;

    public static async Task<UnreadableFile> ReadAsync(Stream stream, string name, PdfFormatException error, DateTimeOffset triedAt, CancellationToken cancellationToken = default)
    {
        using RunningDigest sha256 = DigestAlgorithm.Sha256.Start();
        using RunningDigest sm3 = DigestAlgorithm.Sm3.Start();
        byte[] buffer = new byte[Step];
        long size = 0;
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            sha256.Append(buffer.AsSpan(0, read));
            sm3.Append(buffer.AsSpan(0, read));
            size += read;
        }

        return new UnreadableFile(name, size, sha256.GetCurrentDigest(), sm3.GetCurrentDigest(), error, triedAt);
    }
}
