using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using ESign.Cli.Authorities;
using ESign.Cli.Progress;
using ESign.Pki.Issuance;
using ESign.Pki.Revocation;

namespace ESign.Cli.Commands;

/// <summary><c>esign crl</c>: publishes a full, partitioned or delta CRL.</summary>
internal static class CrlCommand
{
    public static Command Create(CliContext context)
    {
        Option<string> folder = AuthorityOptions.Folder();
        Option<string?> password = AuthorityOptions.PasswordFile();
        var output = new Option<string>("--out") { Description = "输出文件（DER） / the CRL, DER", Required = true };
        var root = new Option<bool>("--root") { Description = "根CA的列表 / the root's CRL instead of the issuing authority's" };
        var partition = new Option<int?>("--partition") { Description = "分片号，从0开始 / one partition, from 0" };
        var deltaBase = new Option<string?>("--delta-base") { Description = "增量列表所基于的完整列表（DER 或 PEM） / a full CRL (DER or PEM): publish what changed since" };
        var days = new Option<double?>("--days") { Description = "至下一份最迟多少天；默认7，增量1 / days until the next one at the latest; 7, for deltas 1" };
        var json = CliJson.CreateOption();
        var command = new Command("crl", "发布吊销列表 / Publish a CRL.") { folder, password, output, root, partition, deltaBase, days, json };
        command.SetAction((parsed, cancellationToken) => AuthorityErrors.CatchAsync(async () =>
        {
            string file = OutputFile.RequireFolder(parsed.GetRequiredValue(output));
            CrlPublisherOptions options = Options(parsed.GetValue(days));
            AuthorityFolder authorities = AuthorityFolder.Open(parsed.GetRequiredValue(folder), context);
            string? secret = PasswordFile.Read(parsed.GetValue(password));
            CertificateAuthority authority = parsed.GetValue(root) ? authorities.OpenRoot(secret) : authorities.OpenIssuing(secret);
            using ProgressLine waiting = context.ShowWaiting("发布吊销列表 / publishing");
            var publisher = new CrlPublisher(authority, options);
            int? part = parsed.GetValue(partition);
            PublishedCrl crl = parsed.GetValue(deltaBase) is { } complete
                ? await publisher.PublishDeltaAsync(GivenValues.Load([complete], CertificateRevocationList.LoadMany)[0], part, cancellationToken)
                : part is { } only ? await publisher.PublishPartitionAsync(only, cancellationToken) : await publisher.PublishAsync(cancellationToken);
            await File.WriteAllBytesAsync(file, crl.RawData.ToArray(), cancellationToken);
            waiting.Dispose(); // the result takes its place
            string next = UtcText.Of(crl.NextUpdate);
            string number = crl.Number.ToString(CultureInfo.InvariantCulture);
            context.Output.WriteLine(parsed.GetValue(json)
                ? CliJson.Line(new JsonObject { ["number"] = number, ["entries"] = crl.EntryCount, ["nextUpdate"] = next, ["out"] = file })
                : string.Create(CultureInfo.InvariantCulture, $"{number}\t{crl.EntryCount}\t{next}\t{file}"));
            return CliExit.Success;
        }));
        return command;
    }

    private static CrlPublisherOptions Options(double? days) => days switch
    {
        null => new CrlPublisherOptions(),
        > 0 and <= 36_500 => new CrlPublisherOptions { Validity = TimeSpan.FromDays(days.Value), DeltaValidity = TimeSpan.FromDays(days.Value) },
        _ => throw new CliException(CliExit.Usage, $"天数应大于0且不超过36500：{days} / days are more than 0 and at most 36,500: {days}", "省略 --days 即 7 天，增量 1 天 / leave --days out for 7 days, for deltas 1"),
    };
}
