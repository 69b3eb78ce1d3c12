using System.CommandLine;
using System.Text.Json.Nodes;
using ESign.Cli.Authorities;
using ESign.Cli.Progress;
using ESign.Cli.Signing;

namespace ESign.Cli.Commands;

/// <summary><c>esign ca init</c> makes a root and an issuing authority in a folder; <c>esign ca ceremony</c> carries out a declared ceremony.</summary>
internal static class CaCommand
{
    public static Command Create(CliContext context)
    {
        var command = new Command("ca", "证书颁发机构 / Certificate authorities.");
        command.Subcommands.Add(CreateInit(context));
        command.Subcommands.Add(CreateCeremony(context));
        return command;
    }

    private static Command CreateInit(CliContext context)
    {
        var folder = new Argument<string>("FOLDER") { Description = "新目录，须为空或尚不存在 / a new folder" };
        var name = new Option<string>("--name") { Description = "CA名称；根证书加“根CA”，签发证书加“签发CA” / the authority's name; the root is called so with 根CA, the issuing one with 签发CA", Required = true };
        var organization = new Option<string?>("--organization") { Description = "运营机构 / who runs it" };
        Option<string> algorithm = AuthorityOptions.Algorithm();
        Option<string?> password = AuthorityOptions.PasswordFile();
        var crl = new Option<string?>("--crl-url") { Description = "证书中的吊销列表地址；分片时含 {partition} / CRL address in issued certificates, with {partition} when partitioned" };
        var partitions = new Option<int>("--crl-partitions") { Description = "吊销列表分片数；0为不分片 / number of CRL partitions; 0 for one CRL" };
        var delta = new Option<string?>("--delta-crl-url") { Description = "增量列表地址 / delta CRL address" };
        var rootCrl = new Option<string?>("--root-crl-url") { Description = "根CA吊销列表地址 / address of the root's CRL" };
        var ocsp = new Option<string?>("--ocsp-url") { Description = "证书中的 OCSP 地址 / OCSP responder address" };
        var issuer = new Option<string?>("--issuer-url") { Description = "签发CA证书地址 / address of the issuing certificate" };
        var root = new Option<string?>("--root-url") { Description = "根证书地址 / address of the root certificate" };
        var rootKey = new Option<string?>("--root-key") { Description = "根CA私钥的PKCS#11 URI / the root's key in a PKCS#11 module (RFC 7512 URI with pin-source); it must be there. Otherwise root.key is made" };
        var issuingKey = new Option<string?>("--issuing-key") { Description = "签发CA私钥的PKCS#11 URI / the issuing authority's key in a PKCS#11 module; otherwise issuing.key is made" };
        var cps = new Option<string?>("--cps-url") { Description = "认证业务声明（CPS）地址 / address of the practice statement" };
        var json = CliJson.CreateOption();
        var command = new Command("init", $"新建根 CA 与签发 CA；目录内容：{AuthorityFolder.Layout} / Make a root and an issuing authority. Folder layout: {AuthorityFolder.Layout}.")
        {
            folder, name, organization, algorithm, password, crl, partitions, delta, rootCrl, ocsp, issuer, root, cps, rootKey, issuingKey, json,
        };
        command.SetAction((parsed, cancellationToken) => AuthorityErrors.CatchAsync(async () =>
        {
            var settings = new AuthoritySettings
            {
                CrlUrl = parsed.GetValue(crl),
                CrlPartitions = parsed.GetValue(partitions),
                DeltaCrlUrl = parsed.GetValue(delta),
                RootCrlUrl = parsed.GetValue(rootCrl),
                OcspUrl = parsed.GetValue(ocsp),
                IssuerUrl = parsed.GetValue(issuer),
                RootUrl = parsed.GetValue(root),
                CpsUrl = parsed.GetValue(cps),
                RootKey = ParseKey(parsed.GetValue(rootKey)),
                IssuingKey = ParseKey(parsed.GetValue(issuingKey)),
            };
            string title = parsed.GetRequiredValue(name);
            AuthorityFolder made = await AuthorityFolder.CreateAsync(
                parsed.GetRequiredValue(folder),
                context,
                settings,
                new AuthorityNames(title + " 根CA", title + " 签发CA", parsed.GetValue(organization)),
                AlgorithmArgument.Parse(parsed.GetRequiredValue(algorithm)),
                PasswordFile.Read(parsed.GetValue(password)),
                cancellationToken);
            context.Output.WriteLine(parsed.GetValue(json)
                ? CliJson.Line(new JsonObject { ["root"] = made.File("root.cer"), ["issuing"] = made.File("issuing.cer") })
                : $"root\t{made.File("root.cer")}\nissuing\t{made.File("issuing.cer")}");
            if (settings.RootKey is null)
            {
                context.WriteNote("请将root.key移到离线介质 / move root.key to offline storage; issuing certificates does not need it");
            }

            return CliExit.Success;
        }));
        return command;
    }

    private static string? ParseKey(string? uri) => uri is null || AuthorityKeys.IsPkcs11(uri)
        ? uri
        : throw new CliException(CliExit.Usage, $"不是PKCS#11 URI：{uri} / not a PKCS#11 URI: {uri}", "例如 pkcs11:token=esign;object=root;type=private;pin-source=file:/run/secrets/pin / for example pkcs11:token=esign;object=root;type=private;pin-source=file:/run/secrets/pin");

    private static Command CreateCeremony(CliContext context)
    {
        var script = new Argument<string>("FILE")
        {
            Description = "仪式文件（YAML或JSON） / the ceremony: root, issuing, cross or crl, with name, algorithm, validity-days, issuer-certificate, issuer-key, "
                + "key, certificate, revoke, crl-days, store, output, output-key; paths are relative to the file, keys may be PKCS#11 URIs.",
        };
        Option<string?> password = AuthorityOptions.PasswordFile();
        var dryRun = new Option<bool>("--dry-run") { Description = "演练：用一次性密钥和存储，不写任何文件 / rehearse: throw-away keys and store, no file is written" };
        Option<bool> json = CliJson.CreateOption();
        var command = new Command("ceremony", "密钥仪式 / Carry out a key ceremony and write its transcript beside the output.") { script, password, dryRun, json };
        command.SetAction((parsed, cancellationToken) => AuthorityErrors.CatchAsync(async () =>
        {
            string path = parsed.GetRequiredValue(script);
            string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            var runner = new CeremonyRunner(context, folder, PasswordFile.Read(parsed.GetValue(password)), parsed.GetValue(dryRun));
            using ProgressLine waiting = context.ShowWaiting("密钥仪式 / the ceremony");
            CeremonyTranscript transcript = await runner.RunAsync(CeremonyRunner.Read(path), path, cancellationToken);
            waiting.Dispose(); // the result takes its place
            context.Output.Write(parsed.GetValue(json) ? CliJson.Indented(transcript.ToJson()) + "\n" : transcript.ToText());
            return CliExit.Success;
        }));
        return command;
    }
}
