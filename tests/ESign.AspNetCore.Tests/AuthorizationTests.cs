using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;

namespace ESign.AspNetCore.Tests;

/// <summary>
/// Who may call what: every address the service has and does not show to everybody, taken from its own list, with every kind of token; and every address of something that
/// belongs to one client, with another. An address that <see cref="Table"/> does not know fails until somebody says who may call it.
/// </summary>
public sealed partial class AuthorizationTests(RunningServer server)
{
    private const string Everybody = "everybody";
    private const string Session = "session";
    private const string Person = "person";
    private const string Reason = """{"reason":"x"}""";
    private const string Decision = """{"approved":true,"reason":"x"}""";
    private const string ChangeDecision = """{"approved":true,"reason":"x","requestedAt":"2026-01-01T00:00:00Z"}""";
    private const string Csr = """{"csr":"x"}""";
    private const string Subject = """{"kind":"enterprise","name":"某公司","creditCode":"91350100M000100Y43"}""";

    /// <summary>Method and address, who may call it, and a body or query that gets past reading. <c>setup</c> is the first token; <c>person</c> a logged-in administrator only.</summary>
    private static readonly (string Method, string Pattern, string Callers, string Content)[] Table =
    [
        ("GET", "/api/v1/certificates", "officer auditor administrator setup", ""),
        ("POST", "/api/v1/certificates", "officer", $$"""{"profile":"enterprise-seal","csr":"x","subject":{{Subject}}}"""),
        ("GET", "/api/v1/certificates/{serial}", "officer auditor administrator setup", ""),
        ("POST", "/api/v1/certificates/{serial}/renew", "officer", $$"""{"csr":"x","subject":{{Subject}}}"""),
        ("POST", "/api/v1/certificates/{serial}/revoke", "officer", """{"reason":"superseded"}"""),
        ("POST", "/api/v1/certificates/{serial}/hold", "officer", ""),
        ("POST", "/api/v1/certificates/{serial}/release", "officer", ""),
        ("GET", "/api/v1/issuers", Everybody, ""),
        ("PUT", "/api/v1/issuers/{name}/crl", "administrator setup", "x"),
        ("POST", "/api/v1/tokens", "administrator setup", """{"name":"table","roles":["client"],"days":1}"""),
        ("GET", "/api/v1/tokens", "administrator setup", ""),
        ("DELETE", "/api/v1/tokens/{id}", "administrator setup", ""),
        ("POST", "/api/v1/enrolments", "officer", $$"""{"profile":"enterprise-seal","subject":{{Subject}},"days":0}"""),
        ("POST", "/api/v1/verify", Everybody, "%PDF-"),
        ("GET", "/api/v1/audit/checkpoint", Everybody, ""),
        ("GET", "/api/v1/audit/checkpoint/token", Everybody, ""),
        ("GET", "/api/v1/audit/key", Everybody, ""),
        ("GET", "/api/v1/audit/records", "auditor administrator setup", "?start=0&count=1"),
        ("GET", "/api/v1/audit/proofs/inclusion", Everybody, "?leaf=0&size=1"),
        ("GET", "/api/v1/audit/proofs/consistency", Everybody, "?from=1&to=1"),
        ("POST", "/api/v1/applications/persons", "client officer", """{"name":"张三","documentKind":"residentIdentityCard","documentNumber":"x","consents":[]}"""),
        ("GET", "/api/v1/applications/persons", "client officer auditor administrator setup", ""),
        ("GET", "/api/v1/applications/persons/{id}", "client officer auditor administrator setup", ""),
        ("GET", "/api/v1/applications/persons/{id}", "officer", "?unmask=x"),
        ("POST", "/api/v1/applications/persons/{id}/decision", "officer", Decision),
        ("POST", "/api/v1/applications/persons/{id}/withdraw", "client officer", Reason),
        ("POST", "/api/v1/applications/persons/{id}/mobile", "client officer", """{"mobile":"13800138000"}"""),
        ("POST", "/api/v1/applications/persons/{id}/certificate", "client officer", Csr),
        ("POST", "/api/v1/applications/persons/{id}/end", "officer", Reason),
        ("POST", "/api/v1/applications/mobiles/release", "officer", """{"mobile":"x"}"""),
        ("POST", "/api/v1/applications/enterprises", "client officer", """{"name":"某公司","creditCode":"x","legalRepresentative":"王五","superAdministratorId":"1"}"""),
        ("GET", "/api/v1/applications/enterprises", "client officer auditor administrator setup", ""),
        ("GET", "/api/v1/applications/enterprises/{id}", "client officer auditor administrator setup", ""),
        ("GET", "/api/v1/applications/enterprises/{id}", "officer", "?unmask=x"),
        ("POST", "/api/v1/applications/enterprises/{id}/decision", "officer", Decision),
        ("POST", "/api/v1/applications/enterprises/{id}/withdraw", "client officer", Reason),
        ("POST", "/api/v1/applications/enterprises/{id}/certificate", "client officer", Csr),
        ("POST", "/api/v1/applications/enterprises/{id}/operators", "client officer", """{"personId":"1"}"""),
        ("POST", "/api/v1/applications/enterprises/{id}/operators/{personId}/certificate", "client officer", Csr),
        ("DELETE", "/api/v1/applications/enterprises/{id}/operators/{personId}", "client officer", ""),
        ("POST", "/api/v1/applications/enterprises/{id}/change", "client officer", """{"kind":"name","newValue":"新名","reason":"x","requestedBy":"x"}"""),
        ("DELETE", "/api/v1/applications/enterprises/{id}/change", "client officer", ""),
        ("POST", "/api/v1/applications/enterprises/{id}/change/decision", "officer", ChangeDecision),
        ("POST", "/api/v1/applications/enterprises/{id}/recheck", "officer", ""),
        ("POST", "/api/v1/applications/enterprises/{id}/end", "officer", Reason),
        ("POST", "/api/v1/applications/enterprises/{id}/legal-representative", "client officer", """{"name":"王五","documentKind":"residentIdentityCard","documentNumber":"11010519491231002X"}"""),
        ("POST", "/api/v1/applications/enterprises/{id}/legal-representative/notice", "client officer", """{"mobile":"13800138000"}"""),
        ("GET", "/api/v1/applications/enterprises/{id}/letter", "client officer", ""),
        ("POST", "/api/v1/applications/enterprises/{id}/letter", "client officer", "%PDF-"),
        ("POST", "/api/v1/applications/enterprises/{id}/evidence", "client officer", "?kind=businessLicence"),
        ("GET", "/api/v1/applications/enterprises/{id}/evidence", "client officer auditor administrator setup", ""),
        ("GET", "/api/v1/applications/enterprises/{id}/evidence/{fileId}", "officer", "?unmask=x"),
        ("POST", "/api/v1/applications/enterprises/{id}/bank", "client officer", """{"kind":"payment","holder":"某公司","number":"6222020000001234567","bank":"示例银行"}"""),
        ("POST", "/api/v1/applications/enterprises/{id}/bank/answer", "client officer", """{"amount":0.37}"""),
        ("POST", "/api/v1/seals", "client officer", """{"enterpriseId":"{enterprise}","name":"公章","type":"contract"}"""),
        ("GET", "/api/v1/seals", "client officer auditor administrator setup", "?enterpriseId={enterprise}"),
        ("GET", "/api/v1/seals/{id}", "client officer auditor administrator setup", ""),
        ("GET", "/api/v1/seals/{id}/image", "client officer auditor administrator setup", ""),
        ("POST", "/api/v1/seals/{id}/decision", "officer", Decision),
        ("POST", "/api/v1/seals/{id}/suspend", "client officer", Reason),
        ("POST", "/api/v1/seals/{id}/resume", "client officer", Reason),
        ("POST", "/api/v1/seals/{id}/cancel", "client officer", Reason),
        ("POST", "/api/v1/seals/{id}/grants", "client officer", """{"personId":"1"}"""),
        ("DELETE", "/api/v1/seals/{id}/grants/{personId}", "client officer", ""),
        ("POST", "/api/v1/seals/{id}/uses", "client officer", """{"personId":"1","documentSha256":"x","purpose":"x"}"""),
        ("GET", "/api/v1/seals/{id}/uses", "client officer auditor administrator setup", ""),
        ("GET", "/api/v1/callbacks", "auditor administrator setup", ""),
        ("POST", "/api/v1/callbacks/{id}/retry", "administrator setup", ""),
        ("POST", "/api/v1/login", Everybody, """{"login":"no.body","password":""}"""),
        ("DELETE", "/api/v1/login", Session, ""),
        ("POST", "/api/v1/login/setup", Everybody, """{"login":"no.body","setupCode":"x","password":""}"""),
        ("POST", "/api/v1/login/captcha", Everybody, ""),
        ("POST", "/api/v1/login/password", Session, """{"current":"x","next":"x"}"""),
        ("POST", "/api/v1/operators", "setup", """{"login":"X","name":"x","roles":["officer"]}"""),
        ("GET", "/api/v1/operators", "auditor administrator setup", ""),
        ("POST", "/api/v1/operators/{login}/reset", "setup", ""),
        ("POST", "/api/v1/operators/{login}/freeze", "setup", Reason),
        ("POST", "/api/v1/operators/{login}/unfreeze", "setup", Reason),
        ("POST", "/api/v1/approvals", Person, """{"kind":"inviteAdministrator","reason":"x","login":"x.x","name":"x"}"""),
        ("GET", "/api/v1/approvals", "auditor administrator setup", ""),
        ("POST", "/api/v1/approvals/{id}/approve", Person, ""),
        ("POST", "/api/v1/approvals/{id}/reject", Person, Reason),
        ("GET", "/audit/tile/entries/{**path}", "auditor administrator setup", ""),
        ("POST", "/.well-known/est/simpleenroll", "client enrolment", "x"),
        ("POST", "/.well-known/est/simplereenroll", "client enrolment", "x"),
        ("POST", "/csc/v2/info", Everybody, "{}"),
        ("POST", "/csc/v2/credentials/list", "client", "{}"),
        ("POST", "/csc/v2/credentials/info", "client", "{}"),
        ("POST", "/csc/v2/credentials/sendOTP", "client", "{}"),
        ("POST", "/csc/v2/credentials/authorize", "client", "{}"),
        ("POST", "/csc/v2/signatures/signHash", "client", "{}"),
        ("POST", "/csc/v2/signatures/timestamp", "client", "{}"),
    ];

    /// <summary>What everybody may read, by prefix: status, proofs, descriptions and pages.</summary>
    private static readonly string[] Public =
        ["/ca/", "/tsa", "/audit/checkpoint", "/audit/key.pem", "/audit/tile/{level", "/.well-known/est/cacerts", "/.well-known/est/csrattrs", "/openapi/", "/health/", "/metrics", "/verify", "/locate", "/page.mjs", "/app.css", "/lib/"];

    private readonly List<string> _failures = [];

    [Fact]
    public void Every_address_says_who_may_call_it()
    {
        (string, string)[] unknown = [.. Routes().Where(static route => !Array.Exists(Table, row => (row.Method, row.Pattern) == route) && !Array.Exists(Public, prefix => route.Pattern.StartsWith(prefix, StringComparison.Ordinal)))];
        Assert.True(unknown.Length == 0, "add to Table: " + string.Join(", ", unknown));
        Assert.All(Table, row => Assert.Contains((row.Method, row.Pattern), Routes()));
    }

    [Fact]
    public async Task Only_those_who_may_get_past_authorisation_and_what_they_get_is_kept_by_nobody()
    {
        JsonNode enrolment = await MakeAsync(server.OfficerToken, "/api/v1/enrolments", """{"profile":"person","subject":{"kind":"person","name":"张三","documentKind":"residentIdentityCard","documentNumber":"11010519491231002X"}}""");
        string revoked = await server.CreateTokenAsync(["officer", "auditor", "client"], "revoked");
        using HttpResponseMessage ended = await server.SendAsync(HttpMethod.Delete, "/api/v1/tokens/" + revoked.Split('_')[1], server.AdministratorToken);
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        (string Kind, string? Token)[] callers =
        [
            ("nobody", null), ("revoked", revoked), ("altered", server.OfficerToken[..^2] + (server.OfficerToken[^2] == 'A' ? "BA" : "AA")),
            ("client", await server.CreateTokenAsync("client")), ("officer", server.OfficerToken), ("auditor", server.AuditorToken),
            ("administrator", await server.CreateTokenAsync("administrator")), ("setup", server.AdministratorToken), ("enrolment", (string)enrolment["token"]!),
        ];
        foreach ((string method, string pattern, string allowed, string content) in Table)
        {
            foreach ((string kind, string? token) in callers)
            {
                using HttpResponseMessage response = await SendAsync(method, pattern, content, token, "1", "1", "1");
                string code = await CodeOfAsync(response);
                bool isUnknown = kind is "nobody" or "revoked" or "altered";
                bool isExpected = allowed == Everybody || allowed.Split(' ').Contains(kind, StringComparer.Ordinal)
                    ? response.StatusCode != HttpStatusCode.Unauthorized && code is not ("forbidden" or "person") && (allowed == Everybody || response.Headers.CacheControl is { NoStore: true } || response.Headers.CacheControl is { Private: true })
                    : isUnknown || allowed == Session
                        ? response.StatusCode == HttpStatusCode.Unauthorized && response.Headers.WwwAuthenticate.Count == 1
                        : response.StatusCode == HttpStatusCode.Forbidden && code is "forbidden" or "person";
                if (!isExpected)
                {
                    _failures.Add($"{kind}: {method} {pattern}{(content.StartsWith('?') ? content : "")}: {(int)response.StatusCode} {code} {response.Headers.CacheControl}");
                }
            }
        }

        Assert.True(_failures.Count == 0, string.Join('\n', _failures));
    }

    [Fact]
    public async Task What_one_client_handed_in_is_not_there_for_another()
    {
        string owner = await server.CreateTokenAsync("client", "owner " + Guid.NewGuid().ToString("N"));
        string other = await server.CreateTokenAsync("client", "other " + Guid.NewGuid().ToString("N"));
        string person = await ApplyAsync(owner);
        string enterprise = (string)(await MakeAsync(owner, "/api/v1/applications/enterprises", $$"""{"name":"某公司","creditCode":"{{Numbers.CreditCode()}}","legalRepresentative":"王五","superAdministratorId":"{{person}}"}"""))["id"]!;
        await RunningServer.ReadAsync(await SendAsync("POST", "/api/v1/applications/enterprises/{id}/legal-representative", Table.Single(static row => row.Pattern.EndsWith("/legal-representative", StringComparison.Ordinal)).Content, owner, person, enterprise, "1"));
        string seal = (string)(await MakeAsync(owner, "/api/v1/seals", $$"""{"enterpriseId":"{{enterprise}}","name":"合同章","type":"contract"}"""))["id"]!;
        int looked = 0;
        foreach ((string method, string pattern, _, string content) in Table.Where(static row => row.Callers.Contains("client", StringComparison.Ordinal) && (row.Pattern.Contains("{id}", StringComparison.Ordinal) || row.Content.Contains("{enterprise}", StringComparison.Ordinal))))
        {
            using HttpResponseMessage response = await SendAsync(method, pattern, content, other, person, enterprise, seal);
            string code = await CodeOfAsync(response);
            if (response.StatusCode != HttpStatusCode.NotFound || !code.StartsWith("no-such-", StringComparison.Ordinal))
            {
                _failures.Add($"{method} {pattern}: {(int)response.StatusCode} {code}");
            }

            looked++;
        }

        Assert.True(_failures.Count == 0, string.Join('\n', _failures));
        Assert.True(looked > 25);
    }

    [Fact]
    public async Task A_client_that_is_an_auditor_too_reads_what_others_handed_in_and_acts_on_none_of_it()
    {
        string both = await server.CreateTokenAsync(["client", "auditor"], "both " + Guid.NewGuid().ToString("N"));
        string id = await ApplyAsync(await server.CreateTokenAsync("client"));
        using HttpResponseMessage read = await SendAsync("GET", "/api/v1/applications/persons/{id}", "", both, id, "1", "1");
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using HttpResponseMessage withdrawn = await SendAsync("POST", "/api/v1/applications/persons/{id}/withdraw", Reason, both, id, "1", "1");
        Assert.Equal("no-such-application", await CodeOfAsync(withdrawn));
    }

    [Fact]
    public async Task A_token_confined_to_one_issuer_does_nothing_for_another_nor_for_all()
    {
        string officer = await ConfineAsync("officer"), client = await ConfineAsync("client");
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Get, "/api/v1/certificates?issuer=root", officer)).StatusCode);
        foreach ((string method, string path, string content, string token) in ((string, string, string, string)[])
        [
            ("GET", "/api/v1/certificates", "", officer), // the first issuer is another
            ("GET", "/api/v1/certificates?issuer=issuing&after=1-01", "", officer),
            ("POST", "/api/v1/applications/persons/{id}/end", Reason, officer), // reaches every issuer
            ("POST", "/api/v1/applications/persons/{id}/decision", Decision, officer),
        ])
        {
            using HttpResponseMessage response = await SendAsync(method, path, content, token, "1", "1", "1");
            Assert.Equal((HttpStatusCode.Forbidden, "forbidden"), (response.StatusCode, await CodeOfAsync(response)));
        }

        string id = await ApplyAsync(client);
        using HttpResponseMessage first = await SendAsync("POST", "/api/v1/applications/persons/{id}/certificate", Csr, client, id, "1", "1"); // no issuer named: the first
        Assert.Equal((HttpStatusCode.Forbidden, "forbidden"), (first.StatusCode, await CodeOfAsync(first)));
        string enterprise = (string)(await MakeAsync(client, "/api/v1/applications/enterprises", $$"""{"name":"某公司","creditCode":"{{Numbers.CreditCode()}}","legalRepresentative":"王五","superAdministratorId":"{{id}}"}"""))["id"]!;
        using HttpResponseMessage removal = await SendAsync("DELETE", "/api/v1/applications/enterprises/{id}/operators/{personId}", "", officer, id, enterprise, "1"); // revokes with every issuer
        Assert.Equal((HttpStatusCode.Forbidden, "forbidden"), (removal.StatusCode, await CodeOfAsync(removal)));
        using HttpResponseMessage own = await SendAsync("DELETE", "/api/v1/applications/enterprises/{id}/operators/{personId}", "", client, id, enterprise, "1"); // one's own organisation's
        Assert.Equal("operator", await CodeOfAsync(own));
        using HttpResponseMessage administrator = await server.SendAsync(HttpMethod.Post, "/api/v1/tokens", server.AdministratorToken, new { name = "x", roles = new[] { "administrator" }, issuer = "root" });
        Assert.Equal("issuer", await CodeOfAsync(administrator));

        async Task<string> ConfineAsync(string role) => (string)(await RunningServer.ReadAsync(
            await server.SendAsync(HttpMethod.Post, "/api/v1/tokens", server.AdministratorToken, new { name = "confined " + role, roles = new[] { role }, issuer = "root" }), HttpStatusCode.Created))["token"]!;
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    private async Task<string> ApplyAsync(string token) =>
        (string)(await MakeAsync(token, "/api/v1/applications/persons", $$"""{"name":"张三","documentKind":"residentIdentityCard","documentNumber":"{{Numbers.ResidentId()}}","mobile":"{{Numbers.Mobile()}}","consents":[{"documentId":"协议","version":"3"}]}"""))["id"]!;

    private HashSet<(string Method, string Pattern)> Routes() =>
    [
        .. server.Endpoints.SelectMany(static endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (method, "/" + endpoint.RoutePattern.RawText!.Trim('/')))),
    ];

    private async Task<HttpResponseMessage> SendAsync(string method, string pattern, string content, string? token, string person, string enterprise, string seal)
    {
        string own = pattern.Contains("/persons/", StringComparison.Ordinal) ? person : pattern.Contains("/enterprises/", StringComparison.Ordinal) ? enterprise : pattern.Contains("/seals/", StringComparison.Ordinal) ? seal : "1";
        string path = Parameter().Replace(pattern.Replace("{personId}", person, StringComparison.Ordinal).Replace("{id}", own, StringComparison.Ordinal), "1");
        string filled = content.Replace("{enterprise}", enterprise, StringComparison.Ordinal);
        bool isQuery = filled.StartsWith('?');
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(server.Address, path + (isQuery ? filled : "")));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (method is not "GET" and not "DELETE")
        {
            string type = pattern.EndsWith("/crl", StringComparison.Ordinal) ? "application/pkix-crl" : pattern.EndsWith("/letter", StringComparison.Ordinal) || pattern.EndsWith("/evidence", StringComparison.Ordinal) ? "application/pdf" : "application/json";
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(isQuery ? "" : filled)) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        }

        return await server.Client.SendAsync(request);
    }

    private async Task<JsonNode> MakeAsync(string token, string path, string body)
    {
        using HttpResponseMessage made = await SendAsync("POST", path, body, token, "1", "1", "1");
        return await RunningServer.ReadAsync(made, HttpStatusCode.Created);
    }

    private static async Task<string> CodeOfAsync(HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return "";
        }

        using JsonDocument problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return problem.RootElement.GetProperty("code").GetString()!;
    }
}
