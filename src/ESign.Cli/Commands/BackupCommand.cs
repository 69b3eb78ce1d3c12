using System.CommandLine;
using System.Text.Json.Nodes;
using ESign.Cli.Progress;
using ESign.Storage.Backup;

namespace ESign.Cli.Commands;

/// <summary><c>esign backup FILE --data FOLDER</c>: a service's data folder in one file, while the service runs.</summary>
internal static class BackupCommand
{
    public static Command Create(CliContext context)
    {
        var file = new Argument<string>("FILE") { Description = "要写入的备份文件 / the backup to write; it must not exist" };
        var data = new Option<string?>("--data") { Description = "服务的数据文件夹 / the service's data folder; ESIGN_DATA or ./data unless given" };
        var password = new Option<string?>("--password-file") { Description = "口令文件：加密备份 / a file with a password: encrypts the backup" };
        var include = new Option<string[]>("--include") { Description = "一并备份的文件，如配置 / files from elsewhere to back up too, as settings" };
        var json = CliJson.CreateOption();
        var command = new Command("backup", "备份服务数据 / Back up a service's data folder.") { file, data, password, include, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string folder = FolderOf(parsed.GetValue(data));
            if (!Directory.Exists(folder))
            {
                throw new CliException(CliExit.NoInput, $"没有该文件夹：{folder} / no such folder: {folder}", "请用 --data 给出服务的数据文件夹 / give the service's data folder with --data");
            }

            string? secret = PasswordFile.Read(parsed.GetValue(password));
            using ProgressLine waiting = context.ShowWaiting("备份 / backing up");
            BackupManifest manifest = await WriteAsync(folder, parsed.GetValue(file)!, secret, parsed.GetValue(include) ?? [], context, cancellationToken);
            waiting.Dispose(); // the result takes its place
            Print(context, manifest, parsed.GetValue(json), isEncrypted: secret is not null);
            return CliExit.Success;
        });
        return command;
    }

    internal static string FolderOf(string? given) => Path.GetFullPath(given ?? Environment.GetEnvironmentVariable("ESIGN_DATA") ?? "data");

    internal static void Print(CliContext context, BackupManifest manifest, bool asJson, bool isEncrypted)
    {
        if (asJson)
        {
            var json = new JsonObject
            {
                ["createdAt"] = manifest.CreatedAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
                ["encrypted"] = isEncrypted,
                ["database"] = manifest.HasDatabase,
                ["logSize"] = manifest.LogSize,
                ["logRoot"] = manifest.LogRoot,
                ["files"] = new JsonArray([.. manifest.Files.Select(static file => (JsonNode)file.Path)]),
            };
            context.Output.WriteLine(CliJson.Line(json));
            return;
        }

        context.WriteResult($"{manifest.Files.Count} 个文件，审计日志 {manifest.LogSize} 条，{manifest.CreatedAt:u} / {manifest.Files.Count} files, {manifest.LogSize} records in the audit log, {manifest.CreatedAt:u}");
        if (!isEncrypted)
        {
            context.Error.WriteLine("esign: 备份未加密，含私钥 / the backup is not encrypted and holds keys: keep it like them");
        }

        if (!manifest.HasDatabase)
        {
            context.Error.WriteLine("esign: 数据库在别处，请另用pg_dump / the database is elsewhere: dump it with pg_dump");
        }
    }

    private static async Task<BackupManifest> WriteAsync(string folder, string target, string? password, string[] included, CliContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await DataFolderBackup.WriteAsync(folder, target, password, included, context.Clock, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Data.Common.DbException)
        {
            throw new CliException(CliExit.CannotCreate, $"无法备份：{exception.Message} / the backup cannot be made: {exception.Message}", "目标文件须不存在，数据文件夹须可读 / the target must not exist; the data folder must be readable", exception);
        }
    }
}
