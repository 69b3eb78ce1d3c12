using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using ESign.Cli.Authorities;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Registration;

namespace ESign.Cli.Commands;

/// <summary><c>esign certificates list|show|due</c>: what an authority issued, one record of it, and who is to be told that a certificate ends.</summary>
internal static class CertificatesCommand
{
    public static Command Create(CliContext context) => new("certificates", "已签发的证书 / What an authority issued. The key is not needed.")
    {
        CreateList(context), CreateShow(context), CreateDue(context),
    };

    private static Command CreateList(CliContext context)
    {
        Option<string> folder = AuthorityOptions.Folder();
        Option<bool> root = Root();
        var status = new Option<CertificateState?>("--status") { Description = "只列此状态：Intended、Refused、Issued、OnHold、Revoked / only those that stand so: Intended, Refused, Issued, OnHold, Revoked" };
        var code = new Option<string?>("--code") { Description = "只列此单位的（统一社会信用代码） / only those of this organisation" };
        var subject = new Option<string?>("--subject") { Description = "主体包含的文字（个人姓名已脱敏） / only those whose subject, as recorded, contains this text; persons are recorded masked" };
        var days = new Option<int?>("--expiring-within") { Description = "只列若干天内到期的有效证书 / only those in force that end within so many days" };
        var limit = new Option<int>("--limit") { Description = "最多条数 / at most so many", DefaultValueFactory = _ => 1000 };
        Option<bool> json = CliJson.CreateOption();
        var command = new Command("list", "列出证书 / List certificates, the oldest first: serial number, status, end, profile, subject.") { folder, root, status, code, subject, days, limit, json };
        command.SetAction((parsed, cancellationToken) => AuthorityErrors.CatchAsync(async () =>
        {
            CertificateAuthority authority = Open(context, parsed.GetRequiredValue(folder), parsed.GetValue(root));
            DateTimeOffset now = context.Clock.GetUtcNow();
            var query = new CertificateQuery
            {
                IssuerId = authority.Id,
                Status = parsed.GetValue(days) is null ? parsed.GetValue(status) : CertificateState.Issued,
                CreditCode = parsed.GetValue(code),
                NotAfterFrom = parsed.GetValue(days) is null ? null : now,
                NotAfterBefore = parsed.GetValue(days) is { } within ? now.AddDays(within) : null,
            };
            string? text = parsed.GetValue(subject);
            CertificateRecord[] records = await authority.Repository.ListAsync(query, cancellationToken)
                .Where(record => text is null || record.SubjectName.Contains(text, StringComparison.OrdinalIgnoreCase))
                .Take(parsed.GetValue(limit)).ToArrayAsync(cancellationToken);
            if (parsed.GetValue(json))
            {
                context.Output.WriteLine(CliJson.Indented(new JsonArray([.. records.Select(Describe)])));
                return CliExit.Success;
            }

            foreach (CertificateRecord record in records)
            {
                context.Output.WriteLine($"{record.SerialNumber}\t{record.Status}\t{UtcText.Of(record.NotAfter)}\t{record.ProfileName}\t{record.SubjectName}");
            }

            return CliExit.Success;
        }));
        return command;
    }

    private static Command CreateShow(CliContext context)
    {
        Option<string> folder = AuthorityOptions.Folder();
        Option<bool> root = Root();
        var serial = new Option<string>("--serial") { Description = "证书序列号（十六进制） / the certificate's serial number, hexadecimal", Required = true };
        var output = new Option<string?>("--out") { Description = "证书输出文件 / where to write the certificate, PEM" };
        Option<bool> json = CliJson.CreateOptionForErrors();
        var command = new Command("show", "查看一张证书的记录 / Show what is recorded about a certificate, as JSON.") { folder, root, serial, output, json };
        command.SetAction((parsed, cancellationToken) => AuthorityErrors.CatchAsync(async () =>
        {
            CertificateAuthority authority = Open(context, parsed.GetRequiredValue(folder), parsed.GetValue(root));
            string number = parsed.GetRequiredValue(serial);
            CertificateRecord record = await authority.Repository.FindAsync(authority.Id, CertificateAuthority.NormalizeSerialNumber(number), cancellationToken)
                ?? throw new CliException(CliExit.DataError, $"该CA未签发过序列号{number} / the authority never issued serial number {number}", "用 `esign certificates list` 列出已签发的证书 / list what it issued: `esign certificates list`");
            context.Output.WriteLine(CliJson.Indented(Describe(record)));
            if (parsed.GetValue(output) is { } path)
            {
                if (record.Certificate.IsEmpty)
                {
                    throw new CliException(CliExit.DataError, $"没有签发出证书（{record.Status}） / no certificate came of it ({record.Status})", "见 refusalReason / see refusalReason");
                }

                await File.WriteAllTextAsync(path, Certificate.Decode(record.Certificate).ToPem() + "\n", cancellationToken);
            }

            return CliExit.Success;
        }));
        return command;
    }

    private static Command CreateDue(CliContext context)
    {
        Option<string> folder = AuthorityOptions.Folder();
        var date = new Option<DateOnly?>("--date") { Description = "哪一天；默认今天 / the day; default: today" };
        var offset = new Option<double>("--utc-offset") { Description = "持有人所在时区（小时） / the holders' offset from UTC in hours", DefaultValueFactory = _ => 8 };
        Option<bool> json = CliJson.CreateOption();
        var command = new Command("due", "到期提醒 / Whom to tell today that a certificate ends in 7, 3, 1 or 0 days. Run once a day.") { folder, date, offset, json };
        command.SetAction((parsed, cancellationToken) => AuthorityErrors.CatchAsync(async () =>
        {
            CertificateAuthority authority = Open(context, parsed.GetRequiredValue(folder), root: false);
            TimeSpan zone = TimeSpan.FromHours(parsed.GetValue(offset));
            DateOnly day = parsed.GetValue(date) ?? DateOnly.FromDateTime(context.Clock.GetUtcNow().ToOffset(zone).DateTime);
            var notices = new JsonArray();
            await foreach ((CertificateRecord record, int left) in ExpiryNotices.DueOnAsync(authority.Repository, day, zone, cancellationToken))
            {
                if (parsed.GetValue(json))
                {
                    JsonObject notice = Describe(record);
                    notice["daysLeft"] = left;
                    notices.Add((JsonNode)notice);
                }
                else
                {
                    context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{left}\t{record.SerialNumber}\t{UtcText.Of(record.NotAfter)}\t{record.SubjectName}"));
                }
            }

            if (parsed.GetValue(json))
            {
                context.Output.WriteLine(CliJson.Indented(notices));
            }

            return CliExit.Success;
        }));
        return command;
    }

    private static Option<bool> Root() => new("--root") { Description = "列出根 CA 签发的 / what the root issued instead" };

    private static CertificateAuthority Open(CliContext context, string folder, bool root) => AuthorityFolder.Open(folder, context).OpenRecords(root);

    private static JsonObject Describe(CertificateRecord record) => new()
    {
        ["serial"] = record.SerialNumber,
        ["status"] = record.Status.ToString(),
        ["profile"] = record.ProfileName,
        ["subject"] = record.SubjectName,
        ["creditCode"] = record.Intent.CreditCode,
        ["notBefore"] = UtcText.Of(record.Intent.NotBefore),
        ["notAfter"] = UtcText.Of(record.NotAfter),
        ["issuedAt"] = UtcText.Of(record.IssuedAt),
        ["evidence"] = record.Intent.EvidenceReference,
        ["revokedAt"] = UtcText.Of(record.RevokedAt),
        ["reason"] = record.RevocationReason?.ToString(),
        ["invalidityDate"] = UtcText.Of(record.Revocation?.InvalidityDate),
        ["refusalReason"] = record.RefusalReason,
    };
}
