using System.Net;
using System.Text.Json.Nodes;
using ESign.AspNetCore.Access;
using ESign.AspNetCore.Accounts;
using ESign.AspNetCore.Api;
using ESign.AspNetCore.Audit;
using ESign.AspNetCore.Operations;
using ESign.Registration;
using ESign.Registration.Access;
using ESign.Registration.Operators;
using ESign.Registration.Protection;
using ESign.Registration.Records;
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
    private string _officer = "";
    private string _auditor = "";

    public async ValueTask InitializeAsync()
    {
        _server = await ConfiguredServer.StartAsync(_folder.PathTo("data"), []);
        _officer = await _server.CreateTokenAsync("officer");
        _auditor = await _server.CreateTokenAsync("auditor");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_authority_is_revoked_by_two_administrators_and_both_are_in_the_log()
    {
        (string first, string second) = await SetUpTwoAsync();
        string serial = await FindIssuingSerialAsync();
        Assert.Equal("authority", await CodeAsync(_officer, $"/api/v1/certificates/{serial}/revoke?issuer=root", new { reason = "keyCompromise" }, HttpStatusCode.Forbidden));
        object request = new { kind = "revokeAuthority", reason = "密钥泄露", issuer = "root", serialNumber = serial, revocationReason = "keyCompromise" };
        Assert.Equal("forbidden", await CodeAsync(_officer, Approvals, request, HttpStatusCode.Forbidden));
        Assert.Equal("no-such-certificate", await CodeAsync(first, Approvals, new { kind = "revokeAuthority", reason = "x", issuer = "root", serialNumber = "00ff", revocationReason = "keyCompromise" }, HttpStatusCode.NotFound));

        string id = (string)(await PostAsync(first, Approvals, request, HttpStatusCode.Accepted))["id"]!;
        Assert.Equal("dual-control", await CodeAsync(first, $"{Approvals}/{id}/approve", null, HttpStatusCode.Forbidden));
        Assert.Equal("issued", await StatusAsync(serial));
        JsonNode done = await PostAsync(second, $"{Approvals}/{id}/approve", null);
        Assert.Equal("done", (string?)done["state"]);
        Assert.Equal("revoked", await StatusAsync(serial));
        Assert.Equal("approval-state", await CodeAsync(second, $"{Approvals}/{id}/approve", null, HttpStatusCode.Conflict));

        JsonNode[] leaves = [.. (await ReadAuditAsync()).Where(record => (string?)record["subject"] == id)];
        Assert.Equal(["approval.requested", "approval.approved", "approval.done"], leaves.Select(static leaf => (string)leaf["action"]!));
        Assert.Equal(["operator zhang.san", "operator li.si"], leaves.Select(static leaf => (string?)leaf["actor"]).Distinct(StringComparer.Ordinal));

        string other = (string)(await PostAsync(first, Approvals, Profile(false, null), HttpStatusCode.Accepted))["id"]!;
        Assert.Equal("rejected", (string?)(await PostAsync(first, $"{Approvals}/{other}/reject", new { reason = "不再需要" }))["state"]);
        Assert.Equal("approval-state", await CodeAsync(second, $"{Approvals}/{other}/approve", null, HttpStatusCode.Conflict));
        Assert.Equal([id], (await ReadAsync(first, Approvals + "?state=done&limit=1"))["items"]!.AsArray().Select(static act => (string?)act!["id"]));
    }

    [Fact]
    public async Task A_profile_is_narrowed_by_two_administrators()
    {
        (string first, string second) = await SetUpTwoAsync();
        Assert.Equal("profile", await CodeAsync(second, Approvals, Profile(true, 0), HttpStatusCode.UnprocessableEntity));
        await DecideAsync(first, second, Profile(true, 30));
        Assert.Equal("validity", await CodeAsync(_officer, "/api/v1/certificates", Issue(validityDays: 31), HttpStatusCode.UnprocessableEntity));
        JsonNode issued = await PostAsync(_officer, "/api/v1/certificates", Issue(validityDays: null), HttpStatusCode.Created);
        TimeSpan validity = (DateTimeOffset)issued["notAfter"]! - (DateTimeOffset)issued["notBefore"]!;
        Assert.InRange(validity.TotalDays, 29.9, 30.1);
        await DecideAsync(first, second, Profile(false, null));
        Assert.Equal("profile", await CodeAsync(_officer, "/api/v1/certificates", Issue(validityDays: 1), HttpStatusCode.UnprocessableEntity));
    }

    [Theory]
    [InlineData("inviteAdministrator", "wang.wu")]
    [InlineData("resetAdministrator", "li.si")]
    public async Task An_administrator_is_made_and_reset_by_two_each_with_half_of_the_code(string kind, string login)
    {
        (string first, string second) = await SetUpTwoAsync();
        JsonNode asked = await PostAsync(first, Approvals, new { kind, reason = "换岗", login, name = "某人" }, HttpStatusCode.Accepted);
        JsonNode done = await PostAsync(second, $"{Approvals}/{asked["id"]}/approve", null);
        string half = (string)asked["setupCodeHalf"]!;
        foreach (string part in (string[])[half, (string)done["setupCodeHalf"]!])
        {
            Assert.Equal("setup-code", await CodeAsync(null, "/api/v1/login/setup", new { login, setupCode = part, password = Password }, HttpStatusCode.Unauthorized));
        }

        await PostAsync(null, "/api/v1/login/setup", new { login, setupCode = half + (string)done["setupCodeHalf"]!, password = Password });
        Assert.DoesNotContain(half, (await ReadAsync(first, Approvals)).ToJsonString(), StringComparison.Ordinal);
        JsonNode account = (await ReadAsync(first, "/api/v1/operators"))["items"]!.AsArray().Single(each => (string?)each!["login"] == login)!;
        Assert.Equal("active", (string?)account["state"]);
        Assert.Contains(kind == "inviteAdministrator" ? "operator zhang.san, operator li.si" : "first administrator", (string?)account["invitedBy"], StringComparison.Ordinal);
        Assert.Equal("no-such-operator", await CodeAsync(first, "/api/v1/operators/no.body/reset", null, HttpStatusCode.NotFound));
        Assert.Equal("login", await CodeAsync(first, Approvals, new { kind = "resetAdministrator", reason = "x", login = "no.body" }, HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task One_person_is_one_whatever_tokens_and_sessions_that_person_holds()
    {
        string program = await _server.CreateTokenAsync("administrator");
        Assert.Equal("person", await CodeAsync(_server.AdministratorToken, Approvals, Profile(false, null), HttpStatusCode.Forbidden));
        (string first, string second) = await SetUpTwoAsync();
        string id = (string)(await PostAsync(first, Approvals, Profile(false, null), HttpStatusCode.Accepted))["id"]!;

        // the same person's second session, and a token of a program with the same role
        string again = await LogInAsync("zhang.san", steps: 1);
        Assert.Equal("dual-control", await CodeAsync(again, $"{Approvals}/{id}/approve", null, HttpStatusCode.Forbidden));
        Assert.Equal("person", await CodeAsync(program, $"{Approvals}/{id}/approve", null, HttpStatusCode.Forbidden));
        Assert.Equal("person", await CodeAsync(program, $"{Approvals}/{id}/reject", new { reason = "x" }, HttpStatusCode.Forbidden));
        Assert.Equal("person", await CodeAsync(program, Approvals, Profile(false, null), HttpStatusCode.Forbidden));

        // a program neither makes administrators nor manages operators
        Assert.Equal("person", await CodeAsync(program, "/api/v1/tokens", new { name = "more", roles = new[] { "administrator" } }, HttpStatusCode.Forbidden));
        Assert.Equal("person", await CodeAsync(program, "/api/v1/operators", new { login = "wang.wu", name = "x", roles = new[] { "officer" } }, HttpStatusCode.Forbidden));
        Assert.Equal("person", await CodeAsync(program, "/api/v1/operators/li.si/reset", null, HttpStatusCode.Forbidden));

        // one administrator alone makes no second self: not by token, by account, nor by taking the other's account over, frozen or not
        Assert.Equal("dual-control", await CodeAsync(first, "/api/v1/tokens", new { name = "third", roles = new[] { "officer", "administrator" } }, HttpStatusCode.Forbidden));
        Assert.Equal("dual-control", await CodeAsync(first, "/api/v1/operators", new { login = "wang.wu", name = "王五", roles = new[] { "auditor", "administrator" } }, HttpStatusCode.Forbidden));
        Assert.Equal("dual-control", await CodeAsync(first, "/api/v1/operators/li.si/reset", null, HttpStatusCode.Forbidden));
        await PostAsync(first, "/api/v1/operators/li.si/freeze", new { reason = "x" });
        Assert.Equal("dual-control", await CodeAsync(first, "/api/v1/operators/li.si/reset", null, HttpStatusCode.Forbidden));
        Assert.Equal("dual-control", await CodeAsync(first, "/api/v1/operators", new { login = "wang.wu", name = "王五", roles = new[] { "administrator" } }, HttpStatusCode.Forbidden));
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.SendAsync(HttpMethod.Post, $"{Approvals}/{id}/approve", second)).StatusCode);
    }

    [Fact]
    public async Task What_a_frozen_administrator_asked_for_is_not_approved_and_that_persons_tokens_end()
    {
        await InviteAsync(_server.AdministratorToken, "zhang.san", "administrator");
        string first = await LogInAsync("zhang.san");
        string program = (string)(await PostAsync(first, "/api/v1/tokens", new { name = "backup", roles = new[] { "administrator" } }, HttpStatusCode.Created))["token"]!;
        string id = (string)(await PostAsync(first, Approvals, Profile(false, null), HttpStatusCode.Accepted))["id"]!;
        await InviteAsync(first, "li.si", "administrator");
        string second = await LogInAsync("li.si");
        JsonNode tokens = await ReadAsync(second, "/api/v1/tokens");
        Assert.Equal("zhang.san", (string?)tokens["items"]!.AsArray().Single(static token => (string?)token!["name"] == "backup")!["responsible"]);

        await PostAsync(second, "/api/v1/operators/zhang.san/freeze", new { reason = "调查" });
        Assert.Equal("dual-control", await CodeAsync(second, $"{Approvals}/{id}/approve", null, HttpStatusCode.Forbidden));
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.SendAsync(HttpMethod.Get, "/api/v1/tokens", program)).StatusCode);
        Assert.Equal("issued", await StatusAsync(await FindIssuingSerialAsync()));
    }

    [Fact]
    public async Task The_first_token_invites_two_and_ends_when_they_are_set_up()
    {
        await InviteAsync(_server.AdministratorToken, "zhang.san", "administrator");
        JsonNode pending = await PostAsync(_server.AdministratorToken, "/api/v1/operators", new { login = "li.si", name = "李四", roles = new[] { "administrator" } }, HttpStatusCode.Created);
        Assert.Equal("dual-control", await CodeAsync(_server.AdministratorToken, "/api/v1/operators", new { login = "wang.wu", name = "王五", roles = new[] { "administrator" } }, HttpStatusCode.Forbidden));
        pending = await PostAsync(_server.AdministratorToken, "/api/v1/operators/li.si/reset", null); // the code was lost: nobody is that administrator yet
        await PostAsync(null, "/api/v1/login/setup", new { login = "li.si", setupCode = (string)pending["setupCode"]!, password = Password });
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.SendAsync(HttpMethod.Get, "/api/v1/tokens", _server.AdministratorToken)).StatusCode);
        Assert.Contains(await ReadAuditAsync(), static record => (string?)record["action"] == "token.revoked" && (string?)record["purpose"] == "Setup");
    }

    [Fact]
    public async Task Whoever_runs_the_machine_sets_one_lost_administrator_up_with_a_token_that_is_good_once()
    {
        await SetUpTwoAsync();
        await _server.DisposeAsync();
        _server = await ConfiguredServer.StartAsync(_folder.PathTo("data"), ["--RecoverAdministrator", "true"]);
        Assert.Equal("person", await CodeAsync(_server.AdministratorToken, Approvals, Profile(false, null), HttpStatusCode.Forbidden));
        Assert.Equal("taken", await CodeAsync(_server.AdministratorToken, "/api/v1/operators", new { login = "li.si", name = "李四", roles = new[] { "administrator" } }, HttpStatusCode.Conflict)); // uses nothing up
        JsonNode reset = await PostAsync(_server.AdministratorToken, "/api/v1/operators/li.si/reset", null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.SendAsync(HttpMethod.Post, "/api/v1/operators/zhang.san/reset", _server.AdministratorToken)).StatusCode);
        await PostAsync(null, "/api/v1/login/setup", new { login = "li.si", setupCode = (string)reset["setupCode"]!, password = Password });
        await LogInAsync("li.si");
        Assert.Contains(await ReadAuditAsync(), static record => (string?)record["action"] == "token.created" && (string?)record["purpose"] == "recovery");
    }

    [Fact]
    public async Task A_login_at_the_moment_its_account_is_frozen_leaves_no_session()
    {
        await InviteAsync(_server.AdministratorToken, "zhao.liu", "auditor");
        OperatorAccount account = (await _server.App.Services.GetRequiredService<OperatorDesk>().FindAsync("zhao.liu", default))!; // as the login read it
        await PostAsync(_server.AdministratorToken, "/api/v1/operators/zhao.liu/freeze", new { reason = "离职" });
        Sessions sessions = _server.App.Services.GetRequiredService<Sessions>();
        Assert.Equal("frozen", (await Assert.ThrowsAsync<RegistrationException>(async () => await sessions.OpenAsync(account, default))).Code);
        AccessToken opened = await _server.App.Services.GetRequiredService<IAccessTokenStore>().ListAsync().SingleAsync(static token => token.Operator == "zhao.liu");
        Assert.NotNull(opened.RevokedAt);
    }

    [Fact]
    public async Task Administrators_are_counted_however_many_other_accounts_there_are()
    {
        using DataKeyRing keys = DataKeyRing.Create();
        var store = new InMemoryRecordStore();
        using var desk = new OperatorDesk(store, keys, TimeProvider.System);
        for (int i = 0; i < 1500; i++)
        {
            await desk.InviteAsync($"a{i}", "officer", AccessRoles.Officer, "code", "nobody", default);
        }

        await desk.InviteAsync("yy", "first", AccessRoles.Administrator, "code", "nobody", default);
        await desk.InviteAsync("zz", "second", AccessRoles.Administrator, "code", "nobody", default);
        var administrators = new Administrators(new InMemoryAccessTokenStore(), desk, _server.App.Services.GetRequiredService<AuditLog>(), TimeProvider.System);
        var person = new Caller(new AccessToken { Id = "s", Name = "s", Roles = AccessRoles.Administrator, SecretHash = default, CreatedAt = default, ExpiresAt = default, Operator = "yy" }, Text: null);
        RequestRefusedException refusal = await Assert.ThrowsAsync<RequestRefusedException>(async () => await administrators.RequireMayMakeAsync(person, AccessRoles.Administrator, default));
        Assert.Equal("dual-control", refusal.Code);
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

        using HttpResponseMessage answer = await _server.SendAsync(HttpMethod.Post, "/api/v1/login/password", session, new { current = Password, next = "another long password" });
        Assert.True(answer.Headers.CacheControl is { NoStore: true }); // there is a token in it
        JsonNode changed = await RunningServer.ReadAsync(answer);
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
        string text = await ReadCaptchaAsync((string)captcha["id"]!);
        Assert.Equal("second-factor", await CodeAsync(null, "/api/v1/login", new { login = "zhao.liu", password = Password, captchaId = (string)captcha["id"]!, captcha = text }, HttpStatusCode.Unauthorized));

        await PostAsync(_server.AdministratorToken, "/api/v1/operators/zhao.liu/freeze", new { reason = "离职" });
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.SendAsync(HttpMethod.Get, "/api/v1/audit/records?start=0", session)).StatusCode);
        JsonNode list = await RunningServer.ReadAsync(await _server.SendAsync(HttpMethod.Get, "/api/v1/operators", _server.AdministratorToken));
        Assert.Equal("frozen", (string?)Assert.Single(list["items"]!.AsArray())!["state"]);
    }

    // A machine cannot read the picture.
    private async Task<string> ReadCaptchaAsync(string id)
    {
        IServiceProvider services = _server.App.Services;
        var captchas = new RecordSet<Captcha>(
            services.GetRequiredService<IRecordStore>(), services.GetRequiredService<DataKeyRing>(), CaptchaDesk.Kind, OperatorJsonContext.Default.Captcha, static captcha => new RecordFacts(captcha.Id));
        return (await captchas.FindAsync(id))!.Value.Text;
    }

    private static object Profile(bool isOffered, int? maximumDays) => new { kind = "changeProfile", reason = "收紧有效期", issuer = "issuing", profile = "enterprise-seal", isOffered, maximumDays };

    private object Issue(int? validityDays) => new
    {
        profile = "enterprise-seal",
        csr = RunningServer.CreateCsr(_folder, Guid.NewGuid().ToString("N")),
        subject = new { kind = "enterprise", name = "深圳示例科技有限公司", creditCode = "91350100M000100Y43" },
        validityDays,
    };

    private async Task DecideAsync(string first, string second, object request)
    {
        JsonNode asked = await PostAsync(first, Approvals, request, HttpStatusCode.Accepted);
        Assert.Equal("done", (string?)(await PostAsync(second, $"{Approvals}/{asked["id"]}/approve", null))["state"]);
    }

    private async Task<(string First, string Second)> SetUpTwoAsync()
    {
        await InviteAsync(_server.AdministratorToken, "zhang.san", "administrator");
        await InviteAsync(_server.AdministratorToken, "li.si", "administrator");
        return (await LogInAsync("zhang.san"), await LogInAsync("li.si"));
    }

    private async Task InviteAsync(string token, string login, string role)
    {
        JsonNode invited = await PostAsync(token, "/api/v1/operators", new { login, name = login, roles = new[] { role } }, HttpStatusCode.Created);
        await PostAsync(null, "/api/v1/login/setup", new { login, setupCode = (string)invited["setupCode"]!, password = Password });
    }

    // A code is good once: a second login takes the next one, which the service accepts ahead of time.
    private async Task<string> LogInAsync(string login, int steps = 0)
    {
        OperatorAccount account = (await _server.App.Services.GetRequiredService<OperatorDesk>().FindAsync(login, default))!;
        string code = Totp.Compute(account.TotpSecret, Totp.StepAt(TimeProvider.System.GetUtcNow()) + steps);
        return (string)(await PostAsync(null, "/api/v1/login", new { login, password = Password, code }))["token"]!;
    }

    private async Task<string> FindIssuingSerialAsync() =>
        (string)(await ReadAsync(_auditor, "/api/v1/certificates?issuer=root"))["items"]!.AsArray().Single(static each => (string?)each!["profile"] == "issuing-ca")!["serialNumber"]!;

    private async Task<string?> StatusAsync(string serial) => (string?)(await ReadAsync(_officer, $"/api/v1/certificates/{serial}?issuer=root"))["status"];

    private async Task<JsonNode> ReadAsync(string token, string path) => await RunningServer.ReadAsync(await _server.SendAsync(HttpMethod.Get, path, token));

    private async Task<JsonNode> PostAsync(string? token, string path, object? body, HttpStatusCode expected = HttpStatusCode.OK) =>
        await RunningServer.ReadAsync(await _server.SendAsync(HttpMethod.Post, path, token, body), expected);

    private async Task<string?> CodeAsync(string? token, string path, object? body, HttpStatusCode expected) => (string?)(await PostAsync(token, path, body, expected))["code"];

    private async Task<IReadOnlyList<JsonNode>> ReadAuditAsync() =>
        [.. (await ReadAsync(_auditor, "/api/v1/audit/records?start=0&count=1000")).AsArray().Select(static record => record!["record"]!)];
}
