using System.CommandLine;
using System.Security.Cryptography;
using ESign.Cli.Audit;
using ESign.Cli.Progress;
using ESign.Pki.Keys;
using ESign.Pki.Transparency;
using ESign.Storage.Backup;

namespace ESign.Cli.Commands;

/// <summary><c>esign restore FILE --data FOLDER</c>: a backup into a new data folder, after checking all of it.</summary>
internal static class RestoreCommand
{
    public static Command Create(CliContext context)
    {
        var file = new Argument<string>("FILE") { Description = "备份文件 / the backup" };
        var data = new Option<string>("--data") { Required = true, Description = "新的数据文件夹，须不存在或为空 / the new data folder: absent or empty" };
        var password = new Option<string?>("--password-file") { Description = "备份的口令文件 / the file with the backup's password" };
        var key = new Option<string?>("--audit-key") { Description = "审计日志公钥 / the audit log's public key, kept elsewhere; the one in the backup unless given" };
        var checkpoints = new Option<string[]>("--checkpoint") { Description = "另存的检查点文件 / checkpoints kept elsewhere: they show whether anything before them is missing" };
        var json = CliJson.CreateOption();
        var command = new Command("restore", "恢复服务数据 / Restore a service's data folder.") { file, data, password, key, checkpoints, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string source = parsed.GetValue(file)!;
            if (!File.Exists(source))
            {
                throw new CliException(CliExit.NoInput, $"没有该文件：{source} / no such file: {source}", "请给出 esign backup 写出的文件 / give a file made by esign backup");
            }

            string? secret = PasswordFile.Read(parsed.GetValue(password));
            string[] kept = [.. (parsed.GetValue(checkpoints) ?? []).Select(static kept => CliContext.ReadText(kept))];
            using ProgressLine waiting = context.ShowWaiting("恢复 / restoring");
            BackupManifest manifest = await RunAsync(new DataFolderRestore(found => VerifierFor(parsed.GetValue(key) ?? found), context.Clock), source, parsed.GetValue(data)!, secret, kept, cancellationToken);
            waiting.Dispose(); // the result takes its place
            BackupCommand.Print(context, manifest, parsed.GetValue(json), isEncrypted: true);
            return CliExit.Success;
        });
        return command;
    }

    private static LogVerifier? VerifierFor(string? keyFile)
    {
        if (keyFile is null)
        {
            return null;
        }

        (byte[] key, SignatureAlgorithm algorithm) = LogKey.Load(keyFile);
        return new LogVerifier(key, algorithm);
    }

    private static async Task<BackupManifest> RunAsync(DataFolderRestore restore, string source, string folder, string? password, string[] checkpoints, CancellationToken cancellationToken)
    {
        try
        {
            return await restore.RunAsync(source, folder, password, checkpoints, cancellationToken);
        }
        catch (AuthenticationTagMismatchException exception)
        {
            throw new CliException(CliExit.NoPermission, "口令错误，或备份被改动 / the password is wrong, or the backup was changed", "请用 --password-file 给出备份口令 / give the backup's password with --password-file", exception);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or System.Text.Json.JsonException or System.Data.Common.DbException)
        {
            throw new CliException(CliExit.DataError, $"备份不能使用，未恢复任何内容：{exception.Message} / the backup is not usable, nothing was restored: {exception.Message}", "请改用更早的备份 / take an earlier backup", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException(CliExit.CannotCreate, $"无法恢复：{exception.Message} / it cannot be restored: {exception.Message}", "请另取尚不存在的文件夹 / name a folder that does not exist yet", exception);
        }
    }
}
