using System.CommandLine;
using System.Text.Json.Nodes;
using ESign.Cli.Authorities;
using ESign.Pki.Issuance;
using ESign.Pki.Revocation;

namespace ESign.Cli.Commands;

/// <summary><c>esign revoke</c>: revokes, holds or releases a certificate; the next CRL says so. The authority's key stays closed.</summary>
internal static class RevokeCommand
{
    public static Command Create(CliContext context)
    {
        Option<string> folder = AuthorityOptions.Folder();
        var serial = new Option<string>("--serial") { Description = "证书序列号（十六进制） / the certificate's serial number, hexadecimal", Required = true };
        string reasons = string.Join(", ", Enum.GetNames<RevocationReason>());
        var reason = new Option<RevocationReason>("--reason")
        {
            Description = $"吊销原因（RFC 5280 §5.3.1）：{reasons}；CertificateHold 为挂起 / why (RFC 5280 §5.3.1): {reasons}; CertificateHold suspends",
            DefaultValueFactory = _ => RevocationReason.Unspecified,
        };
        var hold = new Option<bool>("--hold") { Description = "挂起，同 --reason CertificateHold / put on hold: the same as --reason CertificateHold" };
        var invalidity = new Option<string?>("--invalidity-date") { Description = "密钥自何时起疑似失控（ISO 8601） / since when the key is suspected to be in other hands" };
        var release = new Option<bool>("--release") { Description = "解除挂起 / release from hold instead" };
        var root = new Option<bool>("--root") { Description = "根 CA 签发的证书：签发 CA 的证书或链接证书 / a certificate of the root: the issuing authority's, or a link certificate" };
        Option<bool> json = CliJson.CreateOption();
        var command = new Command("revoke", "吊销、挂起或解除挂起证书 / Revoke, hold or release a certificate. The key is not needed; publish with `esign crl`.")
        {
            folder, serial, reason, hold, release, invalidity, root, json,
        };
        command.SetAction((parsed, cancellationToken) => AuthorityErrors.CatchAsync(async () =>
        {
            CertificateAuthority authority = AuthorityFolder.Open(parsed.GetRequiredValue(folder), context).OpenRecords(parsed.GetValue(root));
            string number = parsed.GetRequiredValue(serial);
            RevocationReason why = parsed.GetValue(hold) ? RevocationReason.CertificateHold : parsed.GetValue(reason);
            RevocationOutcome outcome = parsed.GetValue(release)
                ? await authority.ReleaseAsync(number, cancellationToken)
                : await authority.RevokeAsync(number, why, GivenValues.ParseTime(parsed.GetValue(invalidity)), cancellationToken);
            context.Output.WriteLine(parsed.GetValue(json)
                ? CliJson.Line(new JsonObject { ["serial"] = number, ["outcome"] = outcome.ToString() })
                : $"{number}\t{outcome}");
            return outcome switch
            {
                RevocationOutcome.Done => CliExit.Success,
                RevocationOutcome.UnknownCertificate => throw Refused(CliExit.DataError, $"该CA未签发过序列号{number} / the authority never issued serial number {number}", "用 `esign certificates list` 列出已签发的证书 / list what it issued: `esign certificates list`"),
                RevocationOutcome.NotOnHold => throw Refused(CliExit.DataError, $"证书{number}未处于挂起状态 / certificate {number} is not on hold", "只有挂起的证书可以解除挂起 / only a certificate on hold can be released"),
                _ => throw Refused(CliExit.Invalid, $"证书{number}已被吊销 / certificate {number} is revoked already", "其日期与原因不变，见 `esign certificates show` / its date and reason stay: `esign certificates show`"),
            };
        }));
        return command;
    }

    // The outcome was printed, in JSON too.
    private static CliException Refused(int exitCode, string message, string hint) => new(exitCode, message, hint) { IsPrinted = true };
}
