using System.Globalization;
using System.Text.Json;
using ESign.Testing;

namespace ESign.Cli.Tests;

/// <summary>The life of certificates from a shell, as a manual would show it: issue, list, hold, release, renew, re-key, OCSP, notices.</summary>
public sealed class CertificateLifeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _password;

    public CertificateLifeTests() => _password = _folder.Write("password", "secret"u8.ToArray());

    [Fact]
    public async Task Certificates_are_listed_found_held_released_renewed_and_revoked()
    {
        await InitAsync();
        string company = await IssueAsync("enterprise", "company.p12", "--name", "深圳示例科技有限公司", "--code", "91350100M000100Y43");
        string person = await IssueAsync("person", "person.p12", "--name", "张三", "--id", "11010519491231002X", "--days", "20");

        Assert.Equal([company, person], await ListAsync());
        Assert.Equal([company], await ListAsync("--code", "91350100M000100Y43"));
        Assert.Equal([company], await ListAsync("--subject", "深圳示例"));
        Assert.Empty(await ListAsync("--subject", "张三")); // records show persons masked
        Assert.Equal([person], await ListAsync("--subject", "张"));
        Assert.Equal([person], await ListAsync("--expiring-within", "30"));
        Assert.Empty(await ListAsync("--expiring-within", "10"));
        Assert.Equal(2, (await ListAsync("--root")).Length); // itself, and the issuing authority

        await RunAsync(0, "revoke", "--ca", In("ca"), "--serial", company, "--hold");
        Assert.Equal([company], await ListAsync("--status", "OnHold"));
        Assert.Contains("Certificate Hold", await CrlTextAsync("held.crl"), StringComparison.Ordinal);
        JsonElement released = Json(await RunAsync(0, "revoke", "--ca", In("ca"), "--serial", company, "--release", "--json"));
        Assert.Equal("Done", released.GetProperty("outcome").GetString());
        Assert.Contains("No Revoked Certificates", await CrlTextAsync("released.crl"), StringComparison.Ordinal);
        await RunAsync(CliExit.DataError, "revoke", "--ca", In("ca"), "--serial", company, "--release");

        // Renewal keeps subject and key; a re-key keeps the subject.
        JsonElement shown = Json(await RunAsync(0, "certificates", "show", "--ca", In("ca"), "--serial", company, "--out", In("company.pem")));
        Assert.Equal("91350100M000100Y43", shown.GetProperty("creditCode").GetString());
        JsonElement absent = Json(await RunAsync(CliExit.DataError, "certificates", "show", "--ca", In("ca"), "--serial", "00", "--json"));
        Assert.Equal(["code", "message", "hint"], absent.EnumerateObject().Select(member => member.Name));
        await RunAsync(0, "renew", "--ca", In("ca"), "--password-file", _password, "--serial", company, "--out", In("renewed.pem"));
        Assert.Equal(PublicKey("company.pem"), PublicKey("renewed.pem"));
        Assert.Equal(Subject("company.pem"), Subject("renewed.pem"));
        string rekeyed = Json(await RunAsync(0, "renew", "--ca", In("ca"), "--password-file", _password, "--serial", company, "--rekey", "--out", In("rekeyed.p12"), "--out-password-file", _password, "--json")).GetProperty("serial").GetString()!;
        await RunAsync(0, "certificates", "show", "--ca", In("ca"), "--serial", rekeyed, "--out", In("rekeyed.pem"));
        Assert.NotEqual(PublicKey("company.pem"), PublicKey("rekeyed.pem"));
        Assert.Equal(Subject("company.pem"), Subject("rekeyed.pem"));
        Tool.Run("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", In("key.pem"), "-subj", "/CN=Somebody", "-out", In("request.pem"));
        await RunAsync(0, "renew", "--ca", In("ca"), "--password-file", _password, "--serial", company, "--csr", In("request.pem"), "--out", In("again.pem"));
        Assert.Contains("OK", Tool.Run("openssl", "verify", "-x509_strict", "-CAfile", In("ca/root.cer"), "-untrusted", In("ca/issuing.cer"), In("again.pem")).Output, StringComparison.Ordinal);
        Assert.Equal(Subject("company.pem"), Subject("again.pem"));

        await RunAsync(0, "revoke", "--ca", In("ca"), "--serial", company, "--reason", "Superseded");
        await RunAsync(CliExit.DataError, "renew", "--ca", In("ca"), "--password-file", _password, "--serial", company, "--out", In("no.pem"));
        Assert.False(File.Exists(In("no.pem")));
        Assert.Equal(5, (await ListAsync()).Length);
    }

    [Fact]
    public async Task A_request_is_answered_without_a_network_and_openssl_agrees()
    {
        await InitAsync();
        string company = await IssueAsync("enterprise", "company.p12", "--name", "深圳示例科技有限公司", "--code", "91350100M000100Y43");
        await IssueAsync("ocsp-responder", "ocsp.p12", "--name", "示例OCSP");
        await RunAsync(0, "certificates", "show", "--ca", In("ca"), "--serial", company, "--out", In("company.pem"));
        await RunAsync(0, "ocsp", "request", "--cert", In("company.pem"), "--issuer", In("ca/issuing.cer"), "--nonce", "--out", In("request.der"));
        JsonElement request = Json(await RunAsync(0, "ocsp", "request", "--cert", In("company.pem"), "--issuer", In("ca/issuing.cer"), "--nonce", "--out", In("request.der"), "--json"));
        Assert.Equal((company, 64, In("request.der")), (request.GetProperty("serial").GetString(), request.GetProperty("nonce").GetString()!.Length, request.GetProperty("file").GetString()));
        Assert.Contains("OCSP Nonce", Tool.Run("openssl", "ocsp", "-reqin", In("request.der"), "-req_text", "-noverify").Output, StringComparison.Ordinal);

        await AnswerAsync("good.der");
        Assert.Contains("company.pem: good", OpensslOcsp("good.der"), StringComparison.Ordinal);
        Assert.StartsWith("Good", await StatusAsync(0, "good.der"), StringComparison.Ordinal);

        await RunAsync(0, "revoke", "--ca", In("ca"), "--serial", company, "--reason", "KeyCompromise");
        await AnswerAsync("revoked.der");
        Assert.Contains("company.pem: revoked", OpensslOcsp("revoked.der"), StringComparison.Ordinal);
        JsonElement revoked = Json(await StatusAsync(CliExit.Invalid, "revoked.der", "--json"));
        Assert.Equal(("Revoked", "KeyCompromise"), (revoked.GetProperty("status").GetString(), revoked.GetProperty("reason").GetString()));

        // Of another certificate the answer says nothing.
        await RunAsync(CliExit.Undetermined, "ocsp", "status", "--cert", In("ca/issuing.cer"), "--issuer", In("ca/root.cer"), "--response", In("good.der"));
        await RunAsync(CliExit.DataError, "ocsp", "status", "--cert", In("company.pem"), "--issuer", In("ca/issuing.cer"), "--response", In("request.der"));
        await RunAsync(CliExit.Unavailable, "ocsp", "status", "--cert", In("company.pem"), "--issuer", In("ca/issuing.cer"));
    }

    [Fact]
    public async Task Intermediates_and_answers_are_fetched_when_online_is_allowed()
    {
        using var server = new LocalServer();
        await RunAsync(0, "ca", "init", In("ca"), "--name", "示例", "--password-file", _password, "--issuer-url", server.Address + "issuing.cer", "--ocsp-url", server.Address + "ocsp", "--root-crl-url", server.Address + "root.crl");
        string company = await IssueAsync("enterprise", "company.p12", "--name", "深圳示例科技有限公司", "--code", "91350100M000100Y43");
        await IssueAsync("ocsp-responder", "ocsp.p12", "--name", "示例OCSP");
        await RunAsync(0, "certificates", "show", "--ca", In("ca"), "--serial", company, "--out", In("company.pem"));
        await RunAsync(0, "crl", "--ca", In("ca"), "--password-file", _password, "--root", "--out", In("root.crl"));
        server.Answer = async (path, body) =>
        {
            if (path == "/ocsp")
            {
                await File.WriteAllBytesAsync(In("request.der"), body);
                await AnswerAsync("answer.der");
                return await File.ReadAllBytesAsync(In("answer.der"));
            }

            return await File.ReadAllBytesAsync(path == "/issuing.cer" ? In("ca/issuing.cer") : In("root.crl"));
        };

        await RunAsync(CliExit.Invalid, "path", "--target", In("company.pem"), "--trust", In("ca/root.cer"));
        JsonElement online = Json(await RunAsync(0, "path", "--target", In("company.pem"), "--trust", In("ca/root.cer"), "--online", "--json"));
        Assert.Equal(3, online.GetProperty("path").GetArrayLength());
        Assert.All(online.GetProperty("revocation").EnumerateArray(), static status => Assert.Equal("Good", status.GetProperty("status").GetString(), ignoreCase: true));
        Assert.StartsWith("Good", await RunAsync(0, "ocsp", "status", "--cert", In("company.pem"), "--issuer", In("ca/issuing.cer"), "--url", server.Address + "ocsp"), StringComparison.Ordinal);
        await RunAsync(0, "revoke", "--ca", In("ca"), "--serial", company);
        await RunAsync(CliExit.Invalid, "path", "--target", In("company.pem"), "--trust", In("ca/root.cer"), "--online");
    }

    [Fact]
    public async Task Holders_are_named_seven_three_one_and_no_days_before_the_end()
    {
        await InitAsync();
        string person = await IssueAsync("person", "person.p12", "--name", "张三", "--id", "11010519491231002X", "--days", "20");
        JsonElement shown = Json(await RunAsync(0, "certificates", "show", "--ca", In("ca"), "--serial", person));
        DateOnly end = DateOnly.FromDateTime(DateTimeOffset.Parse(shown.GetProperty("notAfter").GetString()!, CultureInfo.InvariantCulture).ToOffset(TimeSpan.FromHours(8)).DateTime);
        foreach (int days in new[] { 8, 7, 4, 3, 1, 0 })
        {
            string day = end.AddDays(-days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            JsonElement[] due = [.. Json(await RunAsync(0, "certificates", "due", "--ca", In("ca"), "--date", day, "--json")).EnumerateArray()];
            Assert.Equal(days is 7 or 3 or 1 or 0 ? [days] : [], due.Select(notice => notice.GetProperty("daysLeft").GetInt32()));
        }
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private Task<string> InitAsync() => RunAsync(0, "ca", "init", In("ca"), "--name", "示例", "--password-file", _password);

    private async Task<string> IssueAsync(string kind, string file, params string[] more) =>
        Json(await RunAsync(0, ["issue", kind, "--ca", In("ca"), "--password-file", _password, "--out", In(file), "--out-password-file", _password, "--json", .. more])).GetProperty("serial").GetString()!;

    private async Task<string[]> ListAsync(params string[] more) =>
        [.. Json(await RunAsync(0, ["certificates", "list", "--ca", In("ca"), "--json", .. more])).EnumerateArray().Select(certificate => certificate.GetProperty("serial").GetString()!)];

    private async Task<string> CrlTextAsync(string file)
    {
        await RunAsync(0, "crl", "--ca", In("ca"), "--password-file", _password, "--out", In(file));
        return Tool.Run("openssl", "crl", "-inform", "DER", "-in", In(file), "-noout", "-text").Output;
    }

    private Task<string> AnswerAsync(string file) =>
        RunAsync(0, "ocsp", "answer", "--ca", In("ca"), "--credential", In("ocsp.p12"), "--password-file", _password, "--request", In("request.der"), "--out", In(file));

    private Task<string> StatusAsync(int exit, string file, params string[] more) =>
        RunAsync(exit, ["ocsp", "status", "--cert", In("company.pem"), "--issuer", In("ca/issuing.cer"), "--response", In(file), .. more]);

    private string OpensslOcsp(string file) =>
        Tool.Run("openssl", "ocsp", "-respin", In(file), "-CAfile", In("ca/root.cer"), "-verify_other", In("ca/issuing.cer"), "-issuer", In("ca/issuing.cer"), "-cert", In("company.pem"), "-no_nonce").Output;

    private string PublicKey(string file) => Tool.Run("openssl", "x509", "-in", In(file), "-pubkey", "-noout").Output;

    private string Subject(string file) => Tool.Run("openssl", "x509", "-in", In(file), "-subject", "-noout").Output;

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static async Task<string> RunAsync(int expected, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await CliApplication.RunAsync(arguments, new CliContext(output, error, TimeProvider.System));
        Assert.True(code == expected, $"esign {string.Join(' ', arguments)} ended with {code}: {error}");
        return output.ToString();
    }

    private string In(string name) => Path.Combine(_folder.Path, name);
}
