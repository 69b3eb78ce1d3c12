using System.CommandLine;
using System.Globalization;
using ESign.Cli.Authorities;
using ESign.Pki.Issuance;
using ESign.Pki.Revocation;

namespace ESign.Cli.Commands;

/// <summary><c>esign revoke</c>: revokes, holds or releases a certificate; the next CRL says so.</summary>
internal static class RevokeCommand
{
    public static Command Create(CliContext context)
    {
        Option<string> folder = AuthorityOptions.Folder();
        Option<string> password = AuthorityOptions.PasswordFile();
        var serial = new Option<string>("--serial") { Description = "证书序列号（十六进制） / The certificate's serial number, hexadecimal.", Required = true };
        var reason = new Option<RevocationReason>("--reason") { Description = "吊销原因 / Why (RFC 5280 §5.3.1); CertificateHold suspends.", DefaultValueFactory = _ => RevocationReason.Unspecified };
        var invalidity = new Option<string?>("--invalidity-date") { Description = "失效日期（ISO 8601） / Since when the key is suspected to be in other hands." };
        var release = new Option<bool>("--release") { Description = "解除挂起 / Release from hold instead." };
        var command = new Command("revoke", "吊销、挂起或解除挂起证书 / Revoke, hold or release a certificate.") { folder, password, serial, reason, invalidity, release };
        command.SetAction((parsed, cancellationToken) => AuthorityErrors.CatchAsync(async () =>
        {
            CertificateAuthority authority = AuthorityFolder.Open(parsed.GetRequiredValue(folder), context).OpenIssuing(AuthorityOptions.ReadPassword(parsed.GetRequiredValue(password)));
            DateTimeOffset? since = parsed.GetValue(invalidity) is { } date
                ? DateTimeOffset.Parse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
                : null;
            string number = parsed.GetRequiredValue(serial);
            RevocationOutcome outcome = parsed.GetValue(release)
                ? await authority.ReleaseAsync(number, cancellationToken)
                : await authority.RevokeAsync(number, parsed.GetValue(reason), since, cancellationToken);
            context.Output.WriteLine($"{number}\t{outcome}");
            return outcome switch
            {
                RevocationOutcome.Done => CliExit.Success,
                RevocationOutcome.UnknownCertificate => throw new CliException(CliExit.DataError, $"该CA未签发过序列号{number} / the authority never issued serial number {number}", "check the serial number: `openssl x509 -serial -noout -in certificate.pem`"),
                RevocationOutcome.NotOnHold => throw new CliException(CliExit.DataError, $"证书{number}未处于挂起状态 / certificate {number} is not on hold", "only a certificate on hold can be released"),
                _ => CliExit.Invalid,
            };
        }));
        return command;
    }
}
