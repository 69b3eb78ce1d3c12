using System.Net;
using System.Text.Json.Nodes;
using ESign.Registration.Operators;
using ESign.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ESign.AspNetCore.Tests;

/// <summary>What takes two administrators, and how operators log in (F224–F227), over HTTP.</summary>
public sealed class ApprovalApiTests : IAsyncLifetime
{
    private const string Approvals = "/api/v1/approvals";
    private const string Password = "correct horse battery";

    private readonly TemporaryFolder _folder = new();
    private ConfiguredServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ConfiguredServer.StartAsync(_folder.PathTo("data"), []);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_authority_is_revoked_by_two_administrators_and_both_are_in_the_log()
    {
        string first = _server.AdministratorToken;
        string second = await _server.CreateTokenAsync("administrator");
        string serial = await FindIssuingSerialAsync();
        string officer = await _server.CreateTokenAsync("officer");
        Assert.Equal("authority", await CodeAsync(officer, $"/api/v1/certificates/{serial}/revoke?issuer=root", new { reason = "keyCompromise" }, HttpStatusCode.Forbidden));
        object request = new { kind = "revokeAuthority", reason = "密钥泄露", issuer = "root", serialNumber = serial, revocationReason = "keyCompromise" };
        Assert.Equal("forbidden", await CodeAsync(officer, Approvals, request, HttpStatusCode.Forbidden));
        Assert.Equal("no-such-certificate", await CodeAsync(first, Approvals, new { kind = "revokeAuthority", reason = "x", issuer = "root", serialNumber = "00ff", revocationReason = "keyCompromise" }, HttpStatusCode.NotFound));

        string id = (string)(await PostAsync(first, Approvals, request, HttpStatusCode.Accepted))["id"]!;
        Assert.Equal("dual-control", await CodeAsync(first, $"{Approvals}/{id}/approve", null, HttpStatusCode.Forbidden));
        Assert.Equal("issued", await StatusAsync(serial, officer));
        JsonNode done = await PostAsync(second, $"{Approvals}/{id}/approve", null);
        Assert.Equal("done", (string?)done["state"]);
        Assert.Equal("revoked", await StatusAsync(serial, officer));
        Assert.Equal("approval-state", await CodeAsync(second, $"{Approvals}/{id}/approve", null, HttpStatusCode.Conflict));

        JsonNode[] leaves = [.. (await ReadAuditAsync()).Where(record => (string?)record["subject"] == id)];
        Assert.Equal(["approval.requested", "approval.approved", "approval.done"], leaves.Select(static leaf => (string)leaf["action"]!));
        Assert.Equal(2, leaves.Select(static leaf => (string?)leaf["actor"]).Distinct(StringComparer.Ordinal).Count());

        string other = (string)(await PostAsync(first, Approvals, Profile(false, null), HttpStatusCode.Accepted))["id"]!;
        Assert.Equal("rejected", (string?)(await PostAsync(first, $"{Approvals}/{other}/reject", new { reason = "不再需要" }))["state"]);
        Assert.Equal("approval-state", await CodeAsync(second, $"{Approvals}/{other}/approve", null, HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task A_profile_is_narrowed_by_two_administrators()
    {
        string second = await _server.CreateTokenAsync("administrator");
        string officer = await _server.CreateTokenAsync("officer");
        Assert.Equal("profile", await CodeAsync(second, Approvals, Profile(true, 0), HttpStatusCode.UnprocessableEntity));
        await DecideAsync(second, Profile(true, 30));
        Assert.Equal("validity", await CodeAsync(officer, "/api/v1/certificates", Issue(validityDays: 31), HttpStatusCode.UnprocessableEntity));
        JsonNode issued = await PostAsync(officer, "/api/v1/certificates", Issue(validityDays: null), HttpStatusCode.Created);
        TimeSpan validity = (DateTimeOffset)issued["notAfter"]! - (DateTimeOffset)issued["notBefore"]!;
        Assert.InRange(validity.TotalDays, 29.9, 30.1);
        await DecideAsync(second, Profile(false, null));
        Assert.Equal("profile", await CodeAsync(officer, "/api/v1/certificates", Issue(validityDays: 1), HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task A_third_administrator_takes_two_each_with_half_of_the_code()
    {
        string first = _server.AdministratorToken;
        await InviteAsync(first, "li.si", "administrator");
        Assert.Equal("dual-control", await CodeAsync(first, "/api/v1/tokens", new { name = "third", roles = new[] { "administrator" } }, HttpStatusCode.Forbidden));
        Assert.Equal("dual-control", await CodeAsync(first, "/api/v1/operators", new { login = "wang.wu", name = "王五", roles = new[] { "administrator" } }, HttpStatusCode.Forbidden));
        Assert.Equal("dual-control", await CodeAsync(first, "/api/v1/operators/li.si/reset", new { reason = "x" }, HttpStatusCode.Forbidden));
        string session = await LogInAsync("li.si");

        JsonNode asked = await PostAsync(first, Approvals, new { kind = "inviteAdministrator", reason = "换岗", login = "wang.wu", name = "王五" }, HttpStatusCode.Accepted);
        JsonNode done = await PostAsync(session, $"{Approvals}/{asked["id"]}/approve", null);
        string half = (string)asked["setupCodeHalf"]!;
        Assert.Equal("setup-code", await CodeAsync(null, "/api/v1/login/setup", new { login = "wang.wu", setupCode = half, password = Password }, HttpStatusCode.Unauthorized));
        await PostAsync(null, "/api/v1/login/setup", new { login = "wang.wu", setupCode = half + (string)done["setupCodeHalf"]!, password = Password });
        Assert.DoesNotContain(half, (await RunningServer.ReadAsync(await _server.SendAsync(HttpMethod.Get, Approvals, first))).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_sets_up_logs_in_works_and_logs_out_and_the_log_says_so()
    {
        await InviteAsync(_server.AdministratorToken, "zhang.san", "officer");
        Assert.Equal("second-factor", await CodeAsync(null, "/api/v1/login", new { login = "zhang.san", password = Password }, HttpStatusCode.Unauthorized));
        Assert.Equal("login-wrong", await CodeAsync(null, "/api/v1/login", new { login = "zhang.san", password = "not the password", code = "000000" }, HttpStatusCode.Unauthorized));
        string session = await LogInAsync("zhang.san");
        Assert.Equal(HttpStatusCode.OK, (await _server.SendAsync(HttpMethod.Get, "/api/v1/certificates", session)).StatusCode);
        Assert.Equal("forbidden", await CodeAsync(session, "/api/v1/operators", new { login = "x.y", name = "x", roles = new[] { "officer" } }, HttpStatusCode.Forbidden));

        JsonNode changed = await PostAsync(session, "/api/v1/login/password", new { current = Password, next = "another long password" });
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.SendAsync(HttpMethod.Get, "/api/v1/certificates", session)).StatusCode);
        session = (string)changed["token"]!;
        Assert.Equal(HttpStatusCode.NoContent, (await _server.SendAsync(HttpMethod.Delete, "/api/v1/login", session)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.SendAsync(HttpMethod.Get, "/api/v1/certificates", session)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.SendAsync(HttpMethod.Delete, "/api/v1/login", _server.AdministratorToken)).StatusCode);

        JsonNode[] leaves = [.. (await ReadAuditAsync()).Where(static record => (string?)record["subject"] == "zhang.san")];
        Assert.Equal(["operator.invited", "operator.set-up", "login.refused", "login.refused", "login.succeeded", "password.changed", "login.ended"], leaves.Select(static leaf => (string)leaf["action"]!));
        Assert.All(leaves, static leaf => Assert.DoesNotContain(Password, leaf.ToJsonString(), StringComparison.Ordinal));
        Assert.DoesNotContain("esign_", string.Concat(leaves.Select(static leaf => leaf.ToJsonString())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Three_wrong_logins_ask_for_a_captcha_and_freezing_ends_sessions()
    {
        await InviteAsync(_server.AdministratorToken, "zhao.liu", "auditor");
        string session = await LogInAsync("zhao.liu");
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("login-wrong", await CodeAsync(null, "/api/v1/login", new { login = "zhao.liu", password = "wrong password " + i, code = "0" }, HttpStatusCode.Unauthorized));
        }

        Assert.Equal("captcha", await CodeAsync(null, "/api/v1/login", new { login = "zhao.liu", password = Password, code = "0" }, HttpStatusCode.Unauthorized));
        JsonNode captcha = await PostAsync(null, "/api/v1/login/captcha", null);
        Assert.StartsWith("<svg", (string)captcha["svg"]!, StringComparison.Ordinal);
        string text = (await _server.App.Services.GetRequiredService<OperatorDesk>().Captchas.ReadAsync((string)captcha["id"]!))!;
        Assert.Equal("second-factor", await CodeAsync(null, "/api/v1/login", new { login = "zhao.liu", password = Password, captchaId = (string)captcha["id"]!, captcha = text }, HttpStatusCode.Unauthorized));

        await PostAsync(_server.AdministratorToken, "/api/v1/operators/zhao.liu/freeze", new { reason = "离职" });
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.SendAsync(HttpMethod.Get, "/api/v1/audit/records?start=0", session)).StatusCode);
        JsonNode list = await RunningServer.ReadAsync(await _server.SendAsync(HttpMethod.Get, "/api/v1/operators", _server.AdministratorToken));
        Assert.Equal("frozen", (string?)Assert.Single(list.AsArray())!["state"]);
    }

    private static object Profile(bool isOffered, int? maximumDays) => new { kind = "changeProfile", reason = "收紧有效期", issuer = "issuing", profile = "enterprise-seal", isOffered, maximumDays };

    private object Issue(int? validityDays) => new
    {
        profile = "enterprise-seal",
        csr = RunningServer.CreateCsr(_folder, Guid.NewGuid().ToString("N")),
        subject = new { kind = "enterprise", name = "深圳示例科技有限公司", creditCode = "91350100M000100Y43" },
        validityDays,
    };

    private async Task DecideAsync(string second, object request)
    {
        JsonNode asked = await PostAsync(_server.AdministratorToken, Approvals, request, HttpStatusCode.Accepted);
        Assert.Equal("done", (string?)(await PostAsync(second, $"{Approvals}/{asked["id"]}/approve", null))["state"]);
    }

    private async Task InviteAsync(string token, string login, string role)
    {
        JsonNode invited = await PostAsync(token, "/api/v1/operators", new { login, name = login, roles = new[] { role } }, HttpStatusCode.Created);
        await PostAsync(null, "/api/v1/login/setup", new { login, setupCode = (string)invited["setupCode"]!, password = Password });
    }

    private async Task<string> LogInAsync(string login)
    {
        OperatorAccount account = (await _server.App.Services.GetRequiredService<OperatorDesk>().FindAsync(login, default))!;
        string code = Totp.Compute(account.TotpSecret, Totp.StepAt(TimeProvider.System.GetUtcNow()));
        return (string)(await PostAsync(null, "/api/v1/login", new { login, password = Password, code }))["token"]!;
    }

    private async Task<string> FindIssuingSerialAsync()
    {
        string auditor = await _server.CreateTokenAsync("auditor");
        JsonNode found = await RunningServer.ReadAsync(await _server.SendAsync(HttpMethod.Get, "/api/v1/certificates?issuer=root", auditor));
        return (string)found.AsArray().Single(static each => (string?)each!["profile"] == "issuing-ca")!["serialNumber"]!;
    }

    private async Task<string?> StatusAsync(string serial, string token) => (string?)(await RunningServer.ReadAsync(await _server.SendAsync(HttpMethod.Get, $"/api/v1/certificates/{serial}?issuer=root", token)))["status"];

    private async Task<JsonNode> PostAsync(string? token, string path, object? body, HttpStatusCode expected = HttpStatusCode.OK) =>
        await RunningServer.ReadAsync(await _server.SendAsync(HttpMethod.Post, path, token, body), expected);

    private async Task<string?> CodeAsync(string? token, string path, object? body, HttpStatusCode expected) => (string?)(await PostAsync(token, path, body, expected))["code"];

    private async Task<IReadOnlyList<JsonNode>> ReadAuditAsync()
    {
        string auditor = await _server.CreateTokenAsync("auditor");
        JsonArray page = (await RunningServer.ReadAsync(await _server.SendAsync(HttpMethod.Get, "/api/v1/audit/records?start=0&count=1000", auditor))).AsArray();
        return [.. page.Select(static record => record!["record"]!)];
    }
}
