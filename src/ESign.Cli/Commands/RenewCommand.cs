using System.CommandLine;
using ESign.Cli.Authorities;
using ESign.Cli.Signing;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;

namespace ESign.Cli.Commands;

/// <summary><c>esign renew</c>: a new certificate for the subject of one that is still in force, with the same key or a new one.</summary>
/// <remarks>RFC 3647 §4.6 (renewal: same key) and §4.7 (re-key). The old certificate stays as it is; revoke it if it must not be used.</remarks>
internal static class RenewCommand
{
    public static Command Create(CliContext context)
    {
        Option<string> folder = AuthorityOptions.Folder();
        Option<string?> password = AuthorityOptions.PasswordFile();
        var serial = new Option<string>("--serial") { Description = "待续期证书的序列号 / the serial number of the certificate to renew", Required = true };
        var output = new Option<string>("--out") { Description = "输出文件：证书链 PEM；用 --rekey 时为含新密钥的 PKCS#12 / the certificate chain as PEM; with --rekey a PKCS#12 with the new key", Required = true };
        var rekey = new Option<bool>("--rekey") { Description = "换新密钥，需要 --out-password-file / make a new key; needs --out-password-file" };
        Option<string> algorithm = AuthorityOptions.Algorithm();
        var outPassword = new Option<string?>("--out-password-file") { Description = "新 PKCS#12 的口令文件 / file with the new PKCS#12's password" };
        var csr = new Option<string?>("--csr") { Description = "别处新密钥的 PKCS#10 证书请求（PEM），只取其公钥 / PEM request for a new key made elsewhere; only its key is taken" };
        Option<bool> json = CliJson.CreateOption();
        var command = new Command("renew", "续期或换密钥 / Renew a certificate: the same subject, and the same key unless --rekey or --csr gives a new one.")
        {
            folder, password, serial, output, rekey, csr, algorithm, outPassword, json,
        };
        command.SetAction((parsed, cancellationToken) => AuthorityErrors.CatchAsync(async () =>
        {
            if (parsed.GetValue(rekey) && parsed.GetValue(csr) is not null)
            {
                throw new CliException(CliExit.Usage, "--rekey与--csr不能同时使用 / --rekey and --csr contradict each other", "请只给其中一个 / give one of them");
            }

            string path = OutputFile.RequireFolder(parsed.GetRequiredValue(output));
            string? newPassword = parsed.GetValue(rekey)
                ? PasswordFile.Read(parsed.GetValue(outPassword) ?? throw new CliException(CliExit.Usage, "缺少--out-password-file / --out-password-file is missing", "PKCS#12 需要口令 / a PKCS#12 needs a password"))
                : null;
            CertificateAuthority authority = AuthorityFolder.Open(parsed.GetRequiredValue(folder), context).OpenIssuing(PasswordFile.Read(parsed.GetValue(password)));
            string number = parsed.GetRequiredValue(serial);
            IssuedCertificate issued;
            if (newPassword is not null)
            {
                using LocalSigningKey key = LocalSigningKey.Create(AlgorithmArgument.Parse(parsed.GetRequiredValue(algorithm)));
                issued = await authority.RenewAsync(number, key.SubjectPublicKeyInfo, cancellationToken: cancellationToken);
                issued.WithKey(key).SavePkcs12(path, newPassword);
            }
            else
            {
                issued = await authority.RenewAsync(number, ReadKey(parsed.GetValue(csr)), cancellationToken: cancellationToken);
                await File.WriteAllTextAsync(path, string.Concat(issued.Issuers.Prepend(issued.Certificate).Select(static certificate => certificate.ToPem() + "\n")), cancellationToken);
            }

            IssuedText.Print(context, parsed.GetValue(json), issued.Certificate, path);
            return CliExit.Success;
        }));
        return command;
    }

    // The request proves possession of the key; its name is not looked at: the subject is the old certificate's.
    private static ReadOnlyMemory<byte> ReadKey(string? csr) => csr is null
        ? default
        : IssuanceRequest.FromCsr(CliContext.ReadText(csr), CertificateSubject.Service("renewal")).SubjectPublicKeyInfo;
}
