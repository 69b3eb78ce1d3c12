using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using ESign.Pki.Keys;
using ESign.Pki.Transparency;
using Microsoft.Data.Sqlite;

namespace ESign.Storage.Backup;

/// <summary>Writes a service's data folder into one file while the service runs: a consistent copy of the database, keys, settings, a manifest.</summary>
/// <remarks>A tar archive (POSIX pax), or the same encrypted (<see cref="SealedFile"/>). The database is copied by SQLite's own backup.</remarks>
internal static class DataFolderBackup
{
    public const string Database = "esign.db";

    /// <summary>Files given besides those of the folder are restored into this one.</summary>
    public const string IncludedFolder = "included";

    /// <summary>What is made anew, or means nothing elsewhere.</summary>
    private static readonly string[] Omitted = [Database, Database + "-wal", Database + "-shm", "one-time-codes.log"];

    /// <summary>Writes a backup.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="target">The file to write; it must not exist.</param>
    /// <param name="password">Encrypts it; <see langword="null"/> to leave it in the clear.</param>
    /// <param name="included">Files from elsewhere, as settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What was written.</returns>
    public static async Task<BackupManifest> WriteAsync(string folder, string target, string? password, IReadOnlyList<string> included, TimeProvider time, CancellationToken cancellationToken)
    {
        string scratch = Directory.CreateTempSubdirectory("esign-backup-").FullName;
        try
        {
            (List<(string Path, string Source)> files, BackupManifest manifest) = await CollectAsync(folder, scratch, included, time, cancellationToken).ConfigureAwait(false);
            string archive = Path.Combine(scratch, "archive.tar");
            using (FileStream stream = PrivateFile.Create(archive))
            using (var tar = new TarWriter(stream, TarEntryFormat.Pax))
            {
                string manifestFile = Path.Combine(scratch, BackupManifest.FileName);
                await File.WriteAllBytesAsync(manifestFile, JsonSerializer.SerializeToUtf8Bytes(manifest, BackupJson.Default.BackupManifest), cancellationToken).ConfigureAwait(false);
                await tar.WriteEntryAsync(manifestFile, BackupManifest.FileName, cancellationToken).ConfigureAwait(false);
                foreach ((string path, string source) in files)
                {
                    await tar.WriteEntryAsync(source, path, cancellationToken).ConfigureAwait(false);
                }
            }

            using FileStream plain = File.OpenRead(archive);
            using FileStream output = PrivateFile.Create(target);
            try
            {
                if (password is null)
                {
                    await plain.CopyToAsync(output, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    SealedFile.Seal(plain, output, password);
                }

                output.Flush(flushToDisk: true);
            }
            catch
            {
                // Half a backup looks like one.
                output.Dispose();
                File.Delete(target);
                throw;
            }

            return manifest;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    public static async Task<string> HashAsync(string file, CancellationToken cancellationToken)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<(List<(string Path, string Source)> Files, BackupManifest Manifest)> CollectAsync(
        string folder, string scratch, IReadOnlyList<string> included, TimeProvider time, CancellationToken cancellationToken)
    {
        List<(string Path, string Source)> files =
        [
            .. Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
                .Select(file => (Path: Path.GetRelativePath(folder, file).Replace('\\', '/'), Source: file))
                .Where(static file => !Omitted.Contains(file.Path, StringComparer.Ordinal) && !file.Path.EndsWith(".tmp", StringComparison.Ordinal))
                .OrderBy(static file => file.Path, StringComparer.Ordinal),
            .. included.Select(static file => (Path: $"{IncludedFolder}/{Path.GetFileName(file)}", Source: file)),
        ];
        var manifest = new BackupManifest { Format = BackupManifest.CurrentFormat, CreatedAt = time.GetUtcNow(), HasDatabase = File.Exists(Path.Combine(folder, Database)) };
        if (manifest.HasDatabase)
        {
            string copy = Path.Combine(scratch, Database);
            CopyDatabase(Path.Combine(folder, Database), copy);
            var log = new MerklePeaks(); // from the records: a damaged tree is no reason not to back up
            await foreach (LogRecord record in ((ITransparencyLog)SqlTransparencyLog.OpenSqliteReadOnly(copy)).ReadAsync(0, long.MaxValue, cancellationToken).ConfigureAwait(false))
            {
                log.Add(MerkleHash.Leaf(record.Content.Span));
            }

            manifest = manifest with { LogSize = log.Size, LogRoot = Convert.ToBase64String(log.Root()) };
            files.Add((Database, copy));
        }

        var described = new List<BackupFile>();
        foreach ((string path, string source) in files)
        {
            described.Add(new BackupFile(path, new FileInfo(source).Length, await HashAsync(source, cancellationToken).ConfigureAwait(false)));
        }

        return (files, manifest with { Files = described });
    }

    // In one step: what is committed before it begins is in the copy, what comes later is not.
    private static void CopyDatabase(string source, string copy)
    {
        SqliteLibrary.Load();
        using (var from = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = source, Pooling = false, DefaultTimeout = 60 }.ToString()))
        using (var to = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ToString()))
        {
            from.Open();
            to.Open();
            from.BackupDatabase(to);
        }
    }
}
