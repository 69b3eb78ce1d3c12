using System.Net;
using System.Text.Json.Nodes;
using ESign.Testing;

namespace ESign.AspNetCore.Tests;

/// <summary>The REST API: certificates, tokens, who may what, and what bad requests get.</summary>
public class CertificateApiTests(RunningServer server)
{
    private static readonly object Enterprise = new { kind = "enterprise", name = "深圳示例科技有限公司", creditCode = "91350100M000100Y43" };

    [Fact]
    public async Task A_certificate_lives_from_issue_over_hold_to_revocation()
    {
        using var folder = new TemporaryFolder();
        string serial = await server.IssueEnterpriseAsync(folder);
        Assert.Equal("issued", await StatusAsync($"/{serial}", HttpMethod.Get));
        Assert.Equal("onHold", await StatusAsync($"/{serial}/hold", HttpMethod.Post));
        Assert.Equal("issued", await StatusAsync($"/{serial}/release", HttpMethod.Post));
        Assert.Equal("revoked", await StatusAsync($"/{serial}/revoke", HttpMethod.Post, new { reason = "superseded" }));
        using HttpResponseMessage again = await server.SendAsync(HttpMethod.Post, $"/api/v1/certificates/{serial}/revoke", server.OfficerToken, new { reason = "superseded" });
        Assert.Equal("state", (string?)(await RunningServer.ReadAsync(again, HttpStatusCode.Conflict))["code"]);
    }

    [Fact]
    public async Task Found_by_credit_code_and_renewed_for_the_same_subject_only()
    {
        using var folder = new TemporaryFolder();
        string serial = await server.IssueEnterpriseAsync(folder);
        JsonNode found = await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Get, "/api/v1/certificates?creditCode=91350100M000100Y43&limit=1000", server.AuditorToken));
        Assert.Contains(found["items"]!.AsArray(), each => (string?)each!["serialNumber"] == serial);

        string csr = RunningServer.CreateCsr(folder, "renewal");
        using HttpResponseMessage renewed = await server.SendAsync(HttpMethod.Post, $"/api/v1/certificates/{serial}/renew", server.OfficerToken, new { subject = Enterprise, csr });
        JsonNode successor = await RunningServer.ReadAsync(renewed, HttpStatusCode.Created);
        Assert.NotEqual(serial, (string?)successor["serialNumber"]);
        Assert.Equal(renewed.Headers.Location!.ToString(), $"/api/v1/certificates/{successor["serialNumber"]}?issuer=issuing");

        object other = new { kind = "person", name = "张三", documentKind = "residentIdentityCard", documentNumber = "11010519491231002X" };
        using HttpResponseMessage refused = await server.SendAsync(HttpMethod.Post, $"/api/v1/certificates/{serial}/renew", server.OfficerToken, new { subject = other, csr });
        Assert.Equal("other-subject", (string?)(await RunningServer.ReadAsync(refused, HttpStatusCode.UnprocessableEntity))["code"]);
    }

    [Fact]
    public async Task Lists_come_page_by_page_the_oldest_first_and_of_one_issuer_alone()
    {
        using var folder = new TemporaryFolder();
        string[] issued = [await server.IssueEnterpriseAsync(folder), await server.IssueEnterpriseAsync(folder), await server.IssueEnterpriseAsync(folder)];
        var listed = new List<string>();
        string? next = null;
        do
        {
            JsonNode page = await ListAsync("?limit=2" + (next is null ? "" : "&after=" + next));
            JsonArray items = page["items"]!.AsArray();
            next = (string?)page["next"];
            Assert.InRange(items.Count, next is null ? 0 : 2, 2);
            listed.AddRange(items.Select(static each => (string)each!["serialNumber"]!));
        }
        while (next is not null);
        Assert.Equal(issued, listed.Where(issued.Contains)); // other tests issue meanwhile
        Assert.Equal(listed.Count, listed.Distinct().Count());

        // A place in one issuer's list shows nothing of it in another's; what is no place is refused.
        string first = (string)(await ListAsync("?limit=1"))["next"]!;
        JsonNode roots = await ListAsync("?issuer=root&after=" + first);
        Assert.All(roots["items"]!.AsArray(), static each => Assert.Equal("root", (string?)each!["issuer"]));
        foreach (string wrong in (string[])["?limit=0", "?limit=1001", "?after=", "?after=01aa", "?after=-1-01aa", "?after=9999999999999999999-01aa", "?after=3999999999999999999-01aa"])
        {
            Assert.Equal(422, await TryAsync(HttpMethod.Get, "/api/v1/certificates" + wrong, server.AuditorToken));
        }

        Assert.Empty((await ListAsync("?after=3155378975999999999-ff"))["items"]!.AsArray()); // the last moment there is

        async Task<JsonNode> ListAsync(string query) => await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Get, "/api/v1/certificates" + query, server.AuditorToken));
    }

    [Fact]
    public async Task A_person_is_masked_in_every_answer()
    {
        using var folder = new TemporaryFolder();
        object person = new { kind = "person", name = "张三", documentKind = "residentIdentityCard", documentNumber = "11010519491231002X" };
        using HttpResponseMessage response = await server.SendAsync(HttpMethod.Post, "/api/v1/certificates", server.OfficerToken, new { profile = "person", subject = person, csr = RunningServer.CreateCsr(folder) });
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        string text = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("11010519491231002X", text, StringComparison.Ordinal);
        Assert.Contains("张*", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_are_kept_apart()
    {
        using var folder = new TemporaryFolder();
        object issue = new { profile = "enterprise-seal", subject = Enterprise, csr = RunningServer.CreateCsr(folder) };
        Assert.Equal(401, await TryAsync(HttpMethod.Post, "/api/v1/certificates", null, issue));
        Assert.Equal(401, await TryAsync(HttpMethod.Post, "/api/v1/certificates", "esign_0123456789abcdef_" + new string('A', 43), issue));
        Assert.Equal(401, await TryAsync(HttpMethod.Post, "/api/v1/certificates", server.OfficerToken[..^1] + (server.OfficerToken[^1] == 'A' ? 'E' : 'A'), issue));
        Assert.Equal(403, await TryAsync(HttpMethod.Post, "/api/v1/certificates", server.AuditorToken, issue));
        Assert.Equal(403, await TryAsync(HttpMethod.Post, "/api/v1/certificates", server.AdministratorToken, issue));
        Assert.Equal(403, await TryAsync(HttpMethod.Post, "/api/v1/tokens", server.OfficerToken, new { name = "x", roles = new[] { "administrator" } }));
        Assert.Equal(201, await TryAsync(HttpMethod.Post, "/api/v1/certificates", server.OfficerToken, issue));
    }

    [Fact]
    public async Task A_withdrawn_token_opens_nothing_and_no_secret_lies_in_the_database()
    {
        string token = await server.CreateTokenAsync("auditor");
        Assert.Equal(200, await TryAsync(HttpMethod.Get, "/api/v1/certificates", token));
        string id = token.Split('_')[1];
        Assert.Equal(204, await TryAsync(HttpMethod.Delete, "/api/v1/tokens/" + id, server.AdministratorToken));
        Assert.Equal(401, await TryAsync(HttpMethod.Get, "/api/v1/certificates", token));
        string list = (await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Get, "/api/v1/tokens?limit=1000", server.AdministratorToken))).ToJsonString();
        Assert.Contains(id, list, StringComparison.Ordinal);
        Assert.DoesNotContain(token.Split('_', 3)[2], list, StringComparison.Ordinal);
        foreach (string file in Directory.EnumerateFiles(server.Data, "esign.db*"))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var content = new MemoryStream();
            stream.CopyTo(content);
            Assert.Equal(-1, content.GetBuffer().AsSpan(0, (int)content.Length).IndexOf(System.Text.Encoding.ASCII.GetBytes(token.Split('_', 3)[2])));
        }
    }

    [Theory]
    [InlineData("{", 400)]
    [InlineData("[]", 400)]
    [InlineData("{\"profile\":\"person\"}", 400)]
    [InlineData("{\"profile\":\"issuing-ca\",\"subject\":{\"kind\":\"enterprise\",\"name\":\"x\",\"creditCode\":\"91350100M000100Y43\"},\"csr\":\"x\"}", 422)]
    [InlineData("{\"profile\":\"enterprise-seal\",\"subject\":{\"kind\":\"enterprise\",\"name\":\"x\",\"creditCode\":\"91350100M000100Y44\"},\"csr\":\"x\"}", 422)]
    [InlineData("{\"profile\":\"enterprise-seal\",\"subject\":{\"kind\":\"enterprise\",\"name\":\"x\",\"creditCode\":\"91350100M000100Y43\"},\"csr\":\"x\"}", 422)]
    [InlineData("{\"profile\":\"enterprise-seal\",\"subject\":{\"kind\":\"service\",\"name\":\"x\"},\"csr\":\"x\"}", 422)]
    [InlineData("{\"profile\":\"enterprise-seal\",\"admin\":true,\"subject\":{\"kind\":\"enterprise\",\"name\":\"x\"},\"csr\":\"x\"}", 400)]
    public async Task Bad_requests_are_problem_documents(string body, int status)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/certificates") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Bearer", server.OfficerToken);
        using HttpResponseMessage response = await server.Client.SendAsync(request);
        JsonNode problem = await RunningServer.ReadAsync(response, (HttpStatusCode)status);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(response.Headers.GetValues("X-Request-Id").Single(), (string?)problem["requestId"]);
    }

    [Fact]
    public async Task The_API_describes_itself()
    {
        JsonNode description = await RunningServer.ReadAsync(await server.Client.GetAsync("/openapi/v1.json"));
        Assert.NotNull(description["paths"]!["/api/v1/certificates/{serial}/revoke"]!["post"]);
        Assert.NotNull(description["components"]!["schemas"]!["IssueDocument"]);
        JsonNode list = description["paths"]!["/api/v1/certificates"]!["get"]!;
        Assert.Superset(new HashSet<string?> { "issuer", "limit", "after" }, list["parameters"]!.AsArray().Select(static each => (string?)each!["name"]).ToHashSet());
        Assert.Contains("PageDocument", list["responses"]!["200"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authority_is_not_revoked_over_the_API()
    {
        JsonNode issuers = await RunningServer.ReadAsync(await server.Client.GetAsync("/api/v1/issuers"));
        Assert.Equal(["issuing", "root"], issuers.AsArray().Select(static issuer => (string?)issuer!["name"]));
        JsonNode authorities = await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Get, "/api/v1/certificates?issuer=root", server.AuditorToken));
        string serial = (string)authorities["items"]!.AsArray().First(static each => (string?)each!["profile"] == "issuing-ca")!["serialNumber"]!;
        Assert.Equal(403, await TryAsync(HttpMethod.Post, $"/api/v1/certificates/{serial}/revoke?issuer=root", server.OfficerToken, new { reason = "superseded" }));
    }

    private async Task<string?> StatusAsync(string path, HttpMethod method, object? body = null) =>
        (string?)(await RunningServer.ReadAsync(await server.SendAsync(method, "/api/v1/certificates" + path, server.OfficerToken, body)))["status"];

    private async Task<int> TryAsync(HttpMethod method, string path, string? token, object? body = null)
    {
        using HttpResponseMessage response = await server.SendAsync(method, path, token, body);
        return (int)response.StatusCode;
    }
}
