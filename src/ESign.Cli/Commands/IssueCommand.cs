using System.CommandLine;
using System.CommandLine.Completions;
using ESign.Cli.Authorities;
using ESign.Cli.Signing;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;

namespace ESign.Cli.Commands;

/// <summary><c>esign issue enterprise|person|operator|timestamp-authority|ocsp-responder</c>: certificates for verified subjects.</summary>
internal static class IssueCommand
{
    private static readonly Dictionary<string, IdentityDocumentKind> DocumentKinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["resident"] = IdentityDocumentKind.ResidentIdentityCard,
        ["residence-permit"] = IdentityDocumentKind.ResidencePermit,
        ["hk-macao-permit"] = IdentityDocumentKind.HongKongMacaoTravelPermit,
        ["taiwan-permit"] = IdentityDocumentKind.TaiwanTravelPermit,
        ["passport"] = IdentityDocumentKind.Passport,
    };

    public static Command Create(CliContext context)
    {
        var command = new Command("issue", "签发证书 / Issue certificates. You vouch for the subject: nothing here checks a register.");
        command.Subcommands.Add(CreateEnterprise(context));
        command.Subcommands.Add(CreatePerson(context));
        command.Subcommands.Add(CreateOperator(context));
        command.Subcommands.Add(CreateService(context, "timestamp-authority", CertificateProfile.TimestampAuthority, "时间戳机构 / A timestamp authority."));
        command.Subcommands.Add(CreateService(context, "ocsp-responder", CertificateProfile.OcspResponder, "OCSP响应者 / A delegated OCSP responder."));
        return command;
    }

    private static Command CreateEnterprise(CliContext context)
    {
        Option<string> name = Name("企业全称 / the registered name");
        Option<string> code = Code();
        return new IssueOptions().Build(context, "enterprise", "企业印章证书 / An organisation's seal certificate.", [name, code], parsed =>
            (CertificateProfile.EnterpriseSeal, CertificateSubject.Enterprise(parsed.GetRequiredValue(name), UnifiedSocialCreditCode.Parse(parsed.GetRequiredValue(code)))));
    }

    private static Command CreatePerson(CliContext context)
    {
        Option<string> name = Name("姓名 / the name in the document");
        Option<string> id = Id();
        Option<string> type = IdType();
        var disclose = new Option<bool>("--disclose-id") { Description = "在扩展项中写入完整证件号码 / put the full number into the identity extension: every reader will see it" };
        var oneTime = new Option<bool>("--event") { Description = "事件证书：一次签署，一天有效 / an event certificate: one signing, one day" };
        return new IssueOptions().Build(context, "person", "个人证书 / A person's certificate; the number appears masked.", [name, id, type, disclose, oneTime], parsed =>
        {
            CertificateSubject subject = CertificateSubject.Person(parsed.GetRequiredValue(name), ParseDocument(parsed.GetRequiredValue(type), parsed.GetRequiredValue(id)));
            CertificateProfile profile = parsed.GetValue(oneTime) ? CertificateProfile.EventCertificate : CertificateProfile.Person;
            return (profile, subject with { DisclosesIdentityNumber = parsed.GetValue(disclose) });
        });
    }

    private static Command CreateOperator(CliContext context)
    {
        Option<string> name = Name("经办人姓名 / the operator's name");
        Option<string> id = Id();
        Option<string> type = IdType();
        var enterprise = new Option<string>("--enterprise") { Description = "企业全称 / the organisation's registered name", Required = true };
        Option<string> code = Code();
        return new IssueOptions().Build(context, "operator", "企业经办人证书 / A certificate for a person who signs for an organisation.", [name, id, type, enterprise, code], parsed =>
            (CertificateProfile.EnterpriseOperator, CertificateSubject.EnterpriseOperator(
                parsed.GetRequiredValue(name),
                ParseDocument(parsed.GetRequiredValue(type), parsed.GetRequiredValue(id)),
                parsed.GetRequiredValue(enterprise),
                UnifiedSocialCreditCode.Parse(parsed.GetRequiredValue(code)))));
    }

    private static Command CreateService(CliContext context, string command, CertificateProfile profile, string description)
    {
        Option<string> name = Name("服务名称 / the service's name");
        var organization = new Option<string?>("--organization") { Description = "运营机构 / who runs it" };
        return new IssueOptions().Build(context, command, description, [name, organization], parsed =>
            (profile, CertificateSubject.Service(parsed.GetRequiredValue(name), parsed.GetValue(organization))));
    }

    private static Option<string> Name(string description) => new("--name") { Description = description, Required = true };

    private static Option<string> Code() => new("--code") { Description = "统一社会信用代码 / the unified social credit code (GB 32100)", Required = true };

    private static Option<string> Id() => new("--id") { Description = "证件号码 / the number of the identity document", Required = true };

    private static Option<string> IdType() => new("--id-type")
    {
        CompletionSources = { _ => DocumentKinds.Keys.Select(kind => new CompletionItem(kind)) },
        Description = $"证件类型：{string.Join(", ", DocumentKinds.Keys)} / the kind of document: {string.Join(", ", DocumentKinds.Keys)}",
        DefaultValueFactory = _ => "resident",
    };

    private static IdentityDocument ParseDocument(string type, string number) => DocumentKinds.TryGetValue(type, out IdentityDocumentKind kind)
        ? IdentityDocument.Parse(kind, number)
        : throw new CliException(CliExit.Usage, $"未知的证件类型：{type} / unknown kind of document: {type}", CliException.OneOf(DocumentKinds.Keys));

    /// <summary>The options every issuance has, and what is done with them.</summary>
    private sealed class IssueOptions
    {
        private readonly Option<string> _folder = AuthorityOptions.Folder();
        private readonly Option<string?> _password = AuthorityOptions.PasswordFile();
        private readonly Option<string> _algorithm = AuthorityOptions.Algorithm();
        private readonly Option<string?> _csr = new("--csr") { Description = "PKCS#10证书请求（PEM），密钥在别处；此时 --out 为证书 / PEM request for a key made elsewhere; --out is then the certificate" };
        private readonly Option<string> _out = new("--out") { Description = "输出文件：含新密钥的PKCS#12；有 --csr 时为证书链PEM / PKCS#12 with a new key, or with --csr the certificate chain as PEM", Required = true };
        private readonly Option<string?> _outPassword = new("--out-password-file") { Description = "PKCS#12口令文件；无 --csr 时必需 / file with the PKCS#12's password; needed without --csr" };
        private readonly Option<int?> _days = new("--days") { Description = "有效天数；默认按证书类型 / validity in days; the profile's default when absent" };
        private readonly Option<string?> _evidence = new("--evidence") { Description = "核验证据编号 / where the evidence of the verification lies; recorded" };
        private readonly Option<bool> _json = CliJson.CreateOption();

        public Command Build(CliContext context, string name, string description, IReadOnlyList<Option> own, Func<ParseResult, (CertificateProfile Profile, CertificateSubject Subject)> read)
        {
            var command = new Command(name, description);
            foreach (Option option in (Option[])[.. own, _folder, _password, _csr, _algorithm, _out, _outPassword, _days, _evidence, _json])
            {
                command.Options.Add(option);
            }

            command.SetAction((parsed, cancellationToken) => AuthorityErrors.CatchAsync(() => RunAsync(context, parsed, read(parsed), cancellationToken)));
            return command;
        }

        private async Task<int> RunAsync(CliContext context, ParseResult parsed, (CertificateProfile Profile, CertificateSubject Subject) what, CancellationToken cancellationToken)
        {
            CertificateAuthority authority = AuthorityFolder.Open(parsed.GetRequiredValue(_folder), context).OpenIssuing(PasswordFile.Read(parsed.GetValue(_password)));
            string path = OutputFile.RequireFolder(parsed.GetRequiredValue(_out));
            IssuedCertificate issued;
            if (parsed.GetValue(_csr) is { } csr)
            {
                IssuanceRequest request = IssuanceRequest.FromCsr(CliContext.ReadText(csr), what.Subject);
                issued = await authority.IssueAsync(what.Profile, Complete(parsed, request), cancellationToken);
                await File.WriteAllTextAsync(path, string.Concat(new[] { issued.Certificate }.Concat(issued.Issuers).Select(certificate => certificate.ToPem() + "\n")), cancellationToken);
            }
            else
            {
                string outPassword = PasswordFile.Read(parsed.GetValue(_outPassword)
                    ?? throw new CliException(CliExit.Usage, "缺少--out-password-file / --out-password-file is missing", "PKCS#12 需要口令；或改用 --csr / a PKCS#12 needs a password; or give --csr"));
                using LocalSigningKey key = LocalSigningKey.Create(AlgorithmArgument.Parse(parsed.GetRequiredValue(_algorithm)));
                var request = new IssuanceRequest { Subject = what.Subject, SubjectPublicKeyInfo = key.SubjectPublicKeyInfo };
                issued = await authority.IssueAsync(what.Profile, Complete(parsed, request), cancellationToken);
                issued.WithKey(key).SavePkcs12(path, outPassword);
            }

            IssuedText.Print(context, parsed.GetValue(_json), issued.Certificate, path);
            return CliExit.Success;
        }

        private IssuanceRequest Complete(ParseResult parsed, IssuanceRequest request) => request with
        {
            Validity = parsed.GetValue(_days) is { } days ? TimeSpan.FromDays(days) : null,
            EvidenceReference = parsed.GetValue(_evidence),
        };
    }
}
