using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using ESign.Pki.Keys;
using ESign.Pki.Transparency;
using Microsoft.Data.Sqlite;

namespace ESign.Storage.Backup;

/// <summary>Puts a backup into a new data folder: all of it, checked against its manifest and its audit log, or nothing.</summary>
/// <remarks>
/// What happened after the backup is lost; what was published then must not contradict what comes: CRL numbers go on far above any that can have
/// been used (RFC 5280 §5.2.3), serial numbers are random, and the audit log says that it was restored.
/// </remarks>
internal sealed class DataFolderRestore
{
    /// <summary>The log's public key, as the service leaves it in its data folder.</summary>
    public const string AuditKeyFile = "audit-public.pem";

    /// <summary>More CRLs than an issuer publishes between two backups: one a second for twelve days.</summary>
    private const long CrlNumberGap = 1 << 20;

    /// <summary>Entries an archive may have; a data folder has some twenty.</summary>
    private const int MaximumEntries = 10_000;

    private readonly Func<string?, LogVerifier?> _verifierFor;
    private readonly TimeProvider _time;

    /// <param name="verifierFor">Makes the log's verifier from the public key file in the backup, whose path it gets when there is one; <see langword="null"/> when there is no key.</param>
    /// <param name="time">The clock.</param>
    public DataFolderRestore(Func<string?, LogVerifier?> verifierFor, TimeProvider time)
    {
        _verifierFor = verifierFor;
        _time = time;
    }

    /// <summary>Restores a backup.</summary>
    /// <param name="source">The backup.</param>
    /// <param name="folder">The new data folder: absent or empty.</param>
    /// <param name="password">Its password, if it is encrypted.</param>
    /// <param name="checkpoints">Checkpoints of the log kept elsewhere.</param>
    /// <param name="cancellationToken">Cancels the call; nothing is left then.</param>
    /// <returns>What was restored.</returns>
    /// <exception cref="IOException">The folder is not empty.</exception>
    /// <exception cref="InvalidDataException">The backup is damaged, or its log is not intact.</exception>
    /// <exception cref="AuthenticationTagMismatchException">The password is wrong, or the file was changed.</exception>
    public async Task<BackupManifest> RunAsync(string source, string folder, string? password, IReadOnlyList<string> checkpoints, CancellationToken cancellationToken)
    {
        string target = Path.GetFullPath(folder);
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            throw new IOException($"目标文件夹不为空：{target} / The folder is not empty: {target}");
        }

        string scratch = $"{Path.TrimEndingDirectorySeparator(target)}.{Guid.NewGuid():N}.tmp";
        try
        {
            PrivateFile.CreateFolder(scratch);
            BackupManifest manifest = await ExtractAsync(source, scratch, password, cancellationToken).ConfigureAwait(false);
            await CompareAsync(scratch, manifest, cancellationToken).ConfigureAwait(false);
            if (manifest.HasDatabase)
            {
                await CheckLogAsync(scratch, manifest, checkpoints, cancellationToken).ConfigureAwait(false);
                await ContinueAsync(Path.Combine(scratch, DataFolderBackup.Database), manifest, cancellationToken).ConfigureAwait(false);
            }

            if (Directory.Exists(target))
            {
                Directory.Delete(target); // empty, as seen above
            }

            Directory.Move(scratch, target);
            return manifest;
        }
        finally
        {
            if (Directory.Exists(scratch))
            {
                Directory.Delete(scratch, recursive: true);
            }
        }
    }

    private static async Task<BackupManifest> ExtractAsync(string source, string scratch, string? password, CancellationToken cancellationToken)
    {
        using FileStream input = File.OpenRead(source);
        if (!SealedFile.IsSealed(input))
        {
            return await ExtractAsync(input, scratch, cancellationToken).ConfigureAwait(false);
        }

        if (password is null)
        {
            throw new AuthenticationTagMismatchException("备份已加密，需要口令 / The backup is encrypted: a password is needed");
        }

        string archive = Path.Combine(scratch, ".archive.tar");
        using (FileStream plain = PrivateFile.Create(archive))
        {
            SealedFile.Open(input, plain, password);
            plain.Position = 0;
            BackupManifest manifest = await ExtractAsync(plain, scratch, cancellationToken).ConfigureAwait(false);
            File.Delete(archive);
            return manifest;
        }
    }

    private static async Task<BackupManifest> ExtractAsync(Stream archive, string scratch, CancellationToken cancellationToken)
    {
        using var tar = new TarReader(archive, leaveOpen: true);
        BackupManifest? manifest = null;
        for (int count = 0; await tar.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry; count++)
        {
            if (count > MaximumEntries || entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
            {
                throw new InvalidDataException($"备份中有意外的条目：{entry.Name} / An entry that no backup has: {entry.Name}");
            }

            if (count == 0)
            {
                manifest = string.Equals(entry.Name, BackupManifest.FileName, StringComparison.Ordinal) && entry is { DataStream: { } data, Length: < 1 << 20 }
                    ? await JsonSerializer.DeserializeAsync(data, BackupJson.Default.BackupManifest, cancellationToken).ConfigureAwait(false)
                    : null;
                if (manifest is not { Format: BackupManifest.CurrentFormat })
                {
                    throw new InvalidDataException("不是ESign备份 / Not a backup of this program");
                }

                continue;
            }

            await ExtractEntryAsync(entry, scratch, manifest!, cancellationToken).ConfigureAwait(false);
        }

        return manifest ?? throw new InvalidDataException("不是ESign备份 / Not a backup of this program");
    }

    // Only what the manifest names is written, and only inside the folder.
    private static async Task ExtractEntryAsync(TarEntry entry, string scratch, BackupManifest manifest, CancellationToken cancellationToken)
    {
        string path = Path.GetFullPath(Path.Combine(scratch, entry.Name));
        bool isNamed = manifest.Files.Any(file => string.Equals(file.Path, entry.Name, StringComparison.Ordinal) && file.Size == entry.Length);
        if (!isNamed || !path.StartsWith(scratch + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"清单中没有该文件：{entry.Name} / A file that the manifest does not name: {entry.Name}");
        }

        PrivateFile.CreateFolder(Path.GetDirectoryName(path)!);
        using FileStream output = PrivateFile.Create(path);
        if (entry.DataStream is { } data)
        {
            await data.CopyToAsync(output, cancellationToken).ConfigureAwait(false);
        }

        output.Flush(flushToDisk: true);
    }

    private static async Task CompareAsync(string scratch, BackupManifest manifest, CancellationToken cancellationToken)
    {
        foreach (BackupFile file in manifest.Files)
        {
            string path = Path.Combine(scratch, file.Path);
            if (!File.Exists(path) || !string.Equals(await DataFolderBackup.HashAsync(path, cancellationToken).ConfigureAwait(false), file.Sha256, StringComparison.Ordinal))
            {
                throw new InvalidDataException($"文件缺失或已损坏：{file.Path} / A file is missing or damaged: {file.Path}");
            }
        }
    }

    private async Task CheckLogAsync(string scratch, BackupManifest manifest, IReadOnlyList<string> checkpoints, CancellationToken cancellationToken)
    {
        string keyFile = Path.Combine(scratch, AuditKeyFile);
        LogVerifier verifier = _verifierFor(File.Exists(keyFile) ? keyFile : null)
            ?? throw new InvalidDataException("备份中没有审计公钥，请用--audit-key指定 / The backup has no public key of the audit log: give it");
        LogVerdict verdict = await verifier.VerifyAsync(SqlTransparencyLog.OpenSqliteReadOnly(Path.Combine(scratch, DataFolderBackup.Database)), checkpoints, cancellationToken).ConfigureAwait(false);
        SqliteConnection.ClearAllPools();
        bool isWhole = verdict.IsIntact && verdict.Size == manifest.LogSize && string.Equals(Convert.ToBase64String(verdict.RootHash.Span), manifest.LogRoot, StringComparison.Ordinal);
        if (!isWhole)
        {
            throw new InvalidDataException("审计日志不完整 / The audit log is not intact: " + string.Join("; ", verdict.Findings));
        }
    }

    private async Task ContinueAsync(string database, BackupManifest manifest, CancellationToken cancellationToken)
    {
        ITransparencyLog log = SqlTransparencyLog.OpenSqlite(database); // brings an older backup's tables up to date
        using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString()))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "UPDATE crl_numbers SET last_number = last_number + @gap";
            command.Parameters.AddWithValue("@gap", CrlNumberGap);
            command.ExecuteNonQuery();
        }

        await log.AppendAsync([RestoredRecord(manifest)], cancellationToken).ConfigureAwait(false);
        SqliteConnection.ClearAllPools();
    }

    private ReadOnlyMemory<byte> RestoredRecord(BackupManifest manifest)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", _time.GetUtcNow().UtcDateTime);
            json.WriteString("action", "service.restored");
            json.WriteString("actor", "service");
            json.WriteString("subject", manifest.CreatedAt.UtcDateTime);
            json.WriteNumber("size", manifest.LogSize);
            json.WriteString("root", manifest.LogRoot);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
