using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ESign.Pdf;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using ESign.Registration.AuthorityLetters;
using ESign.Testing;

namespace ESign.AspNetCore.Tests;

/// <summary>Applications and seals over HTTP: from the person to the seal in use, who may see what, and what the audit log keeps.</summary>
public class ApplicationApiTests(RunningServer server)
{
    private const string Person = "/api/v1/applications/persons";
    private const string Enterprise = "/api/v1/applications/enterprises";

    [Fact]
    public async Task An_organisation_is_verified_certified_sealed_and_ended()
    {
        using var folder = new TemporaryFolder();
        string client = await server.CreateTokenAsync("client");
        (JsonNode person, string number) = await ApplyAsync(client);
        Assert.Equal(("approved", "verified"), ((string?)person["state"], (string?)person["assurance"]));
        string personId = (string)person["id"]!;
        JsonNode enterprise = await PostAsync(client, Enterprise, new { name = "深圳示例科技有限公司", creditCode = Numbers.CreditCode(), legalRepresentative = "王五", superAdministratorId = personId }, HttpStatusCode.Created);
        string id = (string)enterprise["id"]!;
        Assert.Equal("legal-representative", await CodeAsync(client, HttpMethod.Post, $"{Enterprise}/{id}/legal-representative", new { name = "李四", documentKind = "residentIdentityCard", documentNumber = number }, HttpStatusCode.UnprocessableEntity));
        Assert.Equal("state", await CodeAsync(client, HttpMethod.Post, $"{Enterprise}/{id}/certificate", new { csr = RunningServer.CreateCsr(folder) }, HttpStatusCode.Conflict));
        enterprise = await PostAsync(client, $"{Enterprise}/{id}/legal-representative", new { name = "王五", documentKind = "residentIdentityCard", documentNumber = number });
        Assert.Equal(("approved", "legalRepresentative"), ((string?)enterprise["state"], (string?)enterprise["authorization"]));

        JsonNode certificate = await PostAsync(client, $"{Enterprise}/{id}/certificate", new { csr = RunningServer.CreateCsr(folder) }, HttpStatusCode.Created);
        JsonNode own = await PostAsync(client, $"{Enterprise}/{id}/operators/{personId}/certificate", new { csr = RunningServer.CreateCsr(folder, "operator") }, HttpStatusCode.Created);
        Assert.Contains("深圳示例科技有限公司", Certificate.LoadMany(Encoding.UTF8.GetBytes((string)certificate["certificate"]!))[0].Subject.ToString(), StringComparison.Ordinal);

        JsonNode seal = await PostAsync(client, "/api/v1/seals", new { enterpriseId = id, name = "公章一", type = "official", sealCode = "4403000000001" }, HttpStatusCode.Created);
        string sealId = (string)seal["id"]!;
        Assert.Equal(("enabled", 42.0), ((string?)seal["state"], (double?)seal["widthMillimeters"]));
        Assert.Equal("seal-single", await CodeAsync(client, HttpMethod.Post, "/api/v1/seals", new { enterpriseId = id, name = "公章二", type = "official" }, HttpStatusCode.Conflict));
        Assert.Equal("seal-name", await CodeAsync(client, HttpMethod.Post, "/api/v1/seals", new { enterpriseId = id, name = "公章一", type = "contract" }, HttpStatusCode.Conflict));
        using (HttpResponseMessage svg = await server.SendAsync(HttpMethod.Get, $"/api/v1/seals/{sealId}/image", client))
        {
            Assert.StartsWith("<svg", await svg.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal("image/svg+xml", svg.Content.Headers.ContentType!.MediaType);
        }

        byte[] pdf = await (await server.SendAsync(HttpMethod.Get, $"/api/v1/seals/{sealId}/image?format=pdf", client)).Content.ReadAsByteArrayAsync();
        Assert.Contains("Pages:           1", Tool.Run("pdfinfo", folder.Write("seal.pdf", pdf)).Output, StringComparison.Ordinal);
        await PostAsync(client, $"/api/v1/seals/{sealId}/uses", new { personId, documentSha256 = new string('a', 64), purpose = "合同一" }, HttpStatusCode.Created);

        JsonNode ended = await PostAsync(server.OfficerToken, $"{Enterprise}/{id}/end", new { reason = "工商注销" });
        Assert.Equal((2, 1, "ended"), ((int)ended["revoked"]!, (int)ended["sealsCancelled"]!, (string?)ended["enterprise"]!["state"]));
        foreach (JsonNode each in (JsonNode[])[certificate, own])
        {
            JsonNode status = await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Get, $"/api/v1/certificates/{each["serialNumber"]}", server.AuditorToken));
            Assert.Equal("revoked", (string?)status["status"]);
        }

        Assert.Equal("state", await CodeAsync(client, HttpMethod.Post, $"/api/v1/seals/{sealId}/uses", new { personId, documentSha256 = new string('a', 64), purpose = "合同二" }, HttpStatusCode.Conflict));
        string[] acts = [.. (await ReadAuditAsync()).Where(record => (string?)record["subject"] == id || (string?)record["subject"] == sealId).Select(static record => (string)record["action"]!)];
        Assert.Equal(["application.submitted", "application.authorized", "seal.created", "seal.used", "seal.cancelled", "application.ended"], acts);
    }

    [Fact]
    public async Task Answers_are_masked_unmasking_needs_an_officer_and_a_reason_and_is_recorded()
    {
        string client = await server.CreateTokenAsync("client");
        (JsonNode person, string number) = await ApplyAsync(client);
        string id = (string)person["id"]!;
        string address = $"{Person}/{id}";
        foreach (string token in (string[])[client, server.OfficerToken, server.AuditorToken])
        {
            string text = await (await server.SendAsync(HttpMethod.Get, address, token)).Content.ReadAsStringAsync();
            Assert.DoesNotContain(number, text, StringComparison.Ordinal);
            Assert.Contains("张*", text, StringComparison.Ordinal);
        }

        Assert.Equal("forbidden", await CodeAsync(client, HttpMethod.Get, address + "?unmask=x", null, HttpStatusCode.Forbidden));
        Assert.Equal("forbidden", await CodeAsync(server.AuditorToken, HttpMethod.Get, address + "?unmask=x", null, HttpStatusCode.Forbidden));
        JsonNode unmasked = await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Get, address + "?unmask=" + Uri.EscapeDataString("法院调取"), server.OfficerToken));
        Assert.Equal((number, "张三"), ((string?)unmasked["documentNumber"], (string?)unmasked["name"]));
        JsonNode leaf = Assert.Single(await ReadAuditAsync(), record => (string?)record["action"] == "application.unmasked" && (string?)record["subject"] == id);
        Assert.Equal("法院调取", (string?)leaf["reason"]);
        Assert.DoesNotContain(await ReadAuditAsync(), record => record.ToJsonString().Contains(number, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_sees_its_own_applications_and_another_nothing()
    {
        string client = await server.CreateTokenAsync("client", "client of " + Guid.NewGuid().ToString("N"));
        string other = await server.CreateTokenAsync("client", "client of " + Guid.NewGuid().ToString("N"));
        string id = (string)(await ApplyAsync(client)).Person["id"]!;
        Assert.Equal("no-such-application", await CodeAsync(other, HttpMethod.Get, $"{Person}/{id}", null, HttpStatusCode.NotFound));
        Assert.Equal("no-such-application", await CodeAsync(other, HttpMethod.Post, $"{Person}/{id}/certificate", new { csr = "x" }, HttpStatusCode.NotFound));
        Assert.Equal("no-such-application", await CodeAsync(other, HttpMethod.Post, Enterprise, new { name = "甲公司", creditCode = Numbers.CreditCode(), legalRepresentative = "王五", superAdministratorId = id }, HttpStatusCode.NotFound));
        Assert.Empty((await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Get, Person, other)))["items"]!.AsArray());
        Assert.Single((await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Get, Person + "?state=approved", client)))["items"]!.AsArray());
        Assert.Equal("forbidden", await CodeAsync(client, HttpMethod.Post, $"{Person}/{id}/end", new { reason = "x" }, HttpStatusCode.Forbidden));
        Assert.Equal("unauthenticated", await CodeAsync(null, HttpMethod.Get, $"{Person}/{id}", null, HttpStatusCode.Unauthorized));
        Assert.Equal("forbidden", await CodeAsync(server.AuditorToken, HttpMethod.Post, $"{Person}/{id}/withdraw", new { reason = "x" }, HttpStatusCode.Forbidden));
    }

    [Fact]
    public async Task A_client_reads_its_applications_page_by_page_whatever_others_hand_in()
    {
        string client = await server.CreateTokenAsync("client", "client of " + Guid.NewGuid().ToString("N"));
        HashSet<string> own = [];
        for (int i = 0; i < 5; i++)
        {
            own.Add((string)(await ApplyAsync(client)).Person["id"]!);
            await ApplyAsync(server.OfficerToken);
        }

        List<string> read = [];
        List<int> sizes = [];
        string? next = null;
        do
        {
            JsonNode page = await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Get, $"{Person}?state=approved&limit=2{(next is null ? "" : "&after=" + next)}", client));
            read.AddRange(page["items"]!.AsArray().Select(static each => (string)each!["id"]!));
            sizes.Add(page["items"]!.AsArray().Count);
            next = (string?)page["next"];
        }
        while (next is not null);

        Assert.Equal([2, 2, 1], sizes);
        Assert.Equal(own.Order(StringComparer.Ordinal), read);
        Assert.Empty((await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Get, $"{Person}?state=rejected", client)))["items"]!.AsArray());
        Assert.Empty((await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Get, $"{Person}?after={new string('f', 33)}", client)))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_page_of_callbacks_follows_the_one_with_the_longest_name_a_receiver_may_have()
    {
        string last = new string('0', 32) + "-" + new string('a', 40);
        await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Get, $"/api/v1/callbacks?after={last}", server.AuditorToken));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("limit=-2147483648", "limit")]
    [InlineData("limit=many", "bad-request")]
    [InlineData("after=", "after")]
    [InlineData("after=%00", "nul")]
    [InlineData("after=%27%20OR%201%3D1--", "after")]
    [InlineData("after=..%2F..%2Fetc", "after")]
    [InlineData("after=%E5%BC%A0", "after")]
    [InlineData("after=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "after")]
    [InlineData("state=everything", "state")]
    public async Task Hostile_pages_are_refused(string query, string code)
    {
        using HttpResponseMessage refused = await server.SendAsync(HttpMethod.Get, $"{Enterprise}?{query}", server.OfficerToken);
        Assert.InRange((int)refused.StatusCode, 400, 422);
        Assert.Equal(code, (string?)(await RunningServer.ReadAsync(refused, refused.StatusCode))["code"]);
    }

    [Fact]
    public async Task An_institution_downloads_its_letter_signs_it_uploads_it_and_a_reviewer_approves()
    {
        using var folder = new TemporaryFolder();
        string client = await server.CreateTokenAsync("client");
        string administrator = (string)(await ApplyAsync(client)).Person["id"]!;
        string code = Numbers.CreditCode();
        string id = (string)(await PostAsync(client, Enterprise, new { name = "深圳授权科技有限公司", creditCode = code, legalRepresentative = "赵六", superAdministratorId = administrator }, HttpStatusCode.Created))["id"]!;
        byte[] letter = await (await server.SendAsync(HttpMethod.Get, $"{Enterprise}/{id}/letter", client)).Content.ReadAsByteArrayAsync();
        Assert.Contains(code, Tool.Run("pdftotext", folder.Write("letter.pdf", letter), "-").Output, StringComparison.Ordinal);
        Assert.Equal("letter-unsigned", (string?)(await UploadAsync(client, $"{Enterprise}/{id}/letter", letter, HttpStatusCode.UnprocessableEntity))["code"]);

        byte[] signed = await SignAsync(letter, await IssueAsync(folder, "深圳授权科技有限公司", code));
        JsonNode uploaded = await UploadAsync(client, $"{Enterprise}/{id}/letter", signed);
        Assert.Equal("underReview", (string?)uploaded["state"]);
        Assert.Equal("documents", await CodeAsync(server.OfficerToken, HttpMethod.Post, $"{Enterprise}/{id}/decision", new { approved = true, reason = "公章清晰" }, HttpStatusCode.UnprocessableEntity));
        JsonNode licence = await UploadAsync(client, $"{Enterprise}/{id}/evidence?kind=businessLicence", letter, HttpStatusCode.Created);
        Assert.Equal("evidence-type", (string?)(await UploadAsync(client, $"{Enterprise}/{id}/evidence?kind=other", Encoding.ASCII.GetBytes("<script>"), HttpStatusCode.UnprocessableEntity))["code"]);
        JsonNode approved = await PostAsync(server.OfficerToken, $"{Enterprise}/{id}/decision", new { approved = true, reason = "公章清晰" });
        Assert.Equal(("approved", "authorityLetter"), ((string?)approved["state"], (string?)approved["authorization"]));

        Assert.Equal(2, (await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Get, $"{Enterprise}/{id}/evidence", client))).AsArray().Count);
        using HttpResponseMessage file = await server.SendAsync(HttpMethod.Get, $"{Enterprise}/{id}/evidence/{licence["id"]}?unmask=review", server.OfficerToken);
        Assert.Equal(letter, await file.Content.ReadAsByteArrayAsync());
        Assert.Equal("forbidden", await CodeAsync(client, HttpMethod.Get, $"{Enterprise}/{id}/evidence/{licence["id"]}?unmask=review", null, HttpStatusCode.Forbidden));
    }

    [Fact]
    public async Task The_bank_verifies_and_a_change_of_name_revokes_and_cancels()
    {
        using var folder = new TemporaryFolder();
        string client = await server.CreateTokenAsync("client");
        string administrator = (string)(await ApplyAsync(client)).Person["id"]!;
        string id = (string)(await PostAsync(client, Enterprise, new { name = "深圳银行科技有限公司", creditCode = Numbers.CreditCode(), legalRepresentative = "John", superAdministratorId = administrator, isLegalRepresentativeForeign = true }, HttpStatusCode.Created))["id"]!;
        JsonNode bank = await PostAsync(client, $"{Enterprise}/{id}/bank", new { kind = "payment", holder = "深圳银行科技有限公司", number = "6222020000001234567", bank = "示例银行" });
        Assert.Equal(("pending", null, true, "***************4567"), ((string?)bank["state"], (decimal?)bank["amount"], (bool)bank["isOffline"]!, (string?)bank["number"]));
        JsonNode unmasked = await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Get, $"{Enterprise}/{id}?unmask=demonstration", server.OfficerToken));
        decimal amount = (decimal)unmasked["bank"]!["amount"]!;
        Assert.Equal("bank-amount", await CodeAsync(client, HttpMethod.Post, $"{Enterprise}/{id}/bank/answer", new { amount = amount + 0.01m }, HttpStatusCode.UnprocessableEntity));
        Assert.Equal("approved", (string?)(await PostAsync(client, $"{Enterprise}/{id}/bank/answer", new { amount }))["state"]);

        await PostAsync(client, $"{Enterprise}/{id}/certificate", new { csr = RunningServer.CreateCsr(folder) }, HttpStatusCode.Created);
        await PostAsync(client, "/api/v1/seals", new { enterpriseId = id, name = "合同章", type = "contract" }, HttpStatusCode.Created);
        JsonNode asked = await PostAsync(client, $"{Enterprise}/{id}/change", new { kind = "name", newValue = "深圳改名科技有限公司", reason = "改制", requestedBy = "办公室 0755-12345678" });
        Assert.Equal("深圳改名科技有限公司", (string?)asked["pendingChange"]!["newValue"]);
        JsonNode changed = await PostAsync(server.OfficerToken, $"{Enterprise}/{id}/change/decision", new { approved = true, reason = "属实", requestedAt = (string?)asked["pendingChange"]!["requestedAt"] });
        Assert.Equal((1, 1, "深圳改名科技有限公司"), ((int)changed["revoked"]!, (int)changed["sealsCancelled"]!, (string?)changed["enterprise"]!["name"]));
        Assert.Equal("change-too-soon", await CodeAsync(client, HttpMethod.Post, $"{Enterprise}/{id}/change", new { kind = "name", newValue = "又一公司", reason = "改制", requestedBy = "办公室" }, HttpStatusCode.UnprocessableEntity));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_that_replaced_the_one_a_reviewer_looked_at_is_not_decided_on(bool approved)
    {
        string client = await server.CreateTokenAsync("client");
        (JsonNode administrator, string number) = await ApplyAsync(client);
        string id = (string)(await PostAsync(client, Enterprise, new { name = "深圳更替科技有限公司", creditCode = Numbers.CreditCode(), legalRepresentative = "王五", superAdministratorId = (string)administrator["id"]! }, HttpStatusCode.Created))["id"]!;
        await PostAsync(client, $"{Enterprise}/{id}/legal-representative", new { name = "王五", documentKind = "residentIdentityCard", documentNumber = number });
        JsonNode seen = await PostAsync(client, $"{Enterprise}/{id}/change", new { kind = "name", newValue = "深圳所见科技有限公司", reason = "改制", requestedBy = "办公室" });
        (await server.SendAsync(HttpMethod.Delete, $"{Enterprise}/{id}/change", client)).EnsureSuccessStatusCode();
        JsonNode other = await PostAsync(client, $"{Enterprise}/{id}/change", new { kind = "name", newValue = "深圳未见科技有限公司", reason = "改制", requestedBy = "办公室" });

        object decision = new { approved, reason = "属实", requestedAt = (string?)seen["pendingChange"]!["requestedAt"] };
        Assert.Equal("change-replaced", await CodeAsync(server.OfficerToken, HttpMethod.Post, $"{Enterprise}/{id}/change/decision", decision, HttpStatusCode.Conflict));
        JsonNode after = await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Get, $"{Enterprise}/{id}", server.OfficerToken));
        Assert.Equal(((string?)other["name"], "深圳未见科技有限公司"), ((string?)after["name"], (string?)after["pendingChange"]!["newValue"]));
    }

    [Fact]
    public async Task A_seal_is_granted_to_a_person_of_the_organisation_one_seal_at_a_time()
    {
        string client = await server.CreateTokenAsync("client");
        (JsonNode first, string number) = await ApplyAsync(client);
        string employee = (string)(await ApplyAsync(client)).Person["id"]!;
        string id = (string)(await PostAsync(client, Enterprise, new { name = "深圳印章科技有限公司", creditCode = Numbers.CreditCode(), legalRepresentative = "王五", superAdministratorId = (string)first["id"]! }, HttpStatusCode.Created))["id"]!;
        await PostAsync(client, $"{Enterprise}/{id}/legal-representative", new { name = "王五", documentKind = "residentIdentityCard", documentNumber = number });
        string official = (string)(await PostAsync(client, "/api/v1/seals", new { enterpriseId = id, name = "公章", type = "official" }, HttpStatusCode.Created))["id"]!;
        string finance = (string)(await PostAsync(client, "/api/v1/seals", new { enterpriseId = id, name = "财务章", type = "finance" }, HttpStatusCode.Created))["id"]!;
        object use = new { personId = employee, documentSha256 = new string('b', 64), purpose = "合同" };
        Assert.Equal("operator", await CodeAsync(client, HttpMethod.Post, $"/api/v1/seals/{official}/grants", new { personId = employee }, HttpStatusCode.Forbidden));
        await PostAsync(client, $"{Enterprise}/{id}/operators", new { personId = employee });
        await PostAsync(client, $"/api/v1/seals/{official}/grants", new { personId = employee });
        await PostAsync(client, $"/api/v1/seals/{official}/uses", use, HttpStatusCode.Created);
        JsonNode refused = await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Post, $"/api/v1/seals/{finance}/uses", client, use), HttpStatusCode.Forbidden);
        Assert.Equal(("seal-holder", "OperationDenied.NoPermissionUseServerSignSeal"), ((string?)refused["code"], (string?)refused["platformCode"]));
        Assert.Equal("seal-design", await CodeAsync(client, HttpMethod.Post, "/api/v1/seals", new { enterpriseId = id, name = "坏章", type = "official", widthMillimeters = 70 }, HttpStatusCode.UnprocessableEntity));

        await PostAsync(client, $"/api/v1/seals/{official}/suspend", new { reason = "盘点" });
        Assert.Equal("seal-state", await CodeAsync(client, HttpMethod.Post, $"/api/v1/seals/{official}/uses", use, HttpStatusCode.UnprocessableEntity));
        await PostAsync(client, $"/api/v1/seals/{official}/resume", new { reason = "盘点结束" });
        await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Delete, $"{Enterprise}/{id}/operators/{employee}", client));
        Assert.Equal("seal-holder", await CodeAsync(client, HttpMethod.Post, $"/api/v1/seals/{official}/uses", use, HttpStatusCode.Forbidden));
        Assert.Single((await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Get, $"/api/v1/seals/{official}/uses", client)))["items"]!.AsArray());
    }

    [Fact]
    public async Task An_uploaded_seal_waits_for_a_reviewer()
    {
        using var folder = new TemporaryFolder();
        string client = await server.CreateTokenAsync("client");
        (JsonNode person, string number) = await ApplyAsync(client);
        string id = (string)(await PostAsync(client, Enterprise, new { name = "深圳图章科技有限公司", creditCode = Numbers.CreditCode(), legalRepresentative = "王五", superAdministratorId = (string)person["id"]! }, HttpStatusCode.Created))["id"]!;
        await PostAsync(client, $"{Enterprise}/{id}/legal-representative", new { name = "王五", documentKind = "residentIdentityCard", documentNumber = number });
        Assert.Equal("seal-image", await CodeAsync(client, HttpMethod.Post, "/api/v1/seals", new { enterpriseId = id, name = "图章", type = "contract", image = Encoding.ASCII.GetBytes("no picture") }, HttpStatusCode.UnprocessableEntity));
        string picture = folder.PathTo("seal.png");
        Assert.Equal(0, Tool.Run("convert", "-size", "100x100", "xc:red", picture).ExitCode);
        JsonNode seal = await PostAsync(client, "/api/v1/seals", new { enterpriseId = id, name = "图章", type = "contract", widthMillimeters = 42, image = File.ReadAllBytes(picture) }, HttpStatusCode.Created);
        Assert.Equal("underReview", (string?)seal["state"]);
        Assert.Equal("forbidden", await CodeAsync(client, HttpMethod.Post, $"/api/v1/seals/{seal["id"]}/decision", new { approved = true, reason = "x" }, HttpStatusCode.Forbidden));
        JsonNode decided = await PostAsync(server.OfficerToken, $"/api/v1/seals/{seal["id"]}/decision", new { approved = false, reason = "图像不清晰" });
        Assert.Equal(("rejected", "图像不清晰"), ((string?)decided["state"], (string?)decided["reason"]));
    }

    [Theory]
    [InlineData("张三\\n2026-01-01 已审核")] // a second line in a log
    [InlineData("张三\\u202E")] // what follows reads backwards
    [InlineData("张三\\u0000")]
    [InlineData("张三\\u2028x")]
    public async Task A_name_is_one_line(string name)
    {
        string body = $$"""{"name":"{{name}}","documentKind":"residentIdentityCard","documentNumber":"{{Numbers.ResidentId()}}","consents":[{"documentId":"a","version":"1"}]}""";
        var request = new HttpRequestMessage(HttpMethod.Post, Person) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.OfficerToken);
        using HttpResponseMessage refused = await server.Client.SendAsync(request);
        Assert.InRange((int)refused.StatusCode, 400, 422);
    }

    [Theory]
    [InlineData("{}", 400)]
    [InlineData("{\"name\":\"张三\",\"documentKind\":\"residentIdentityCard\",\"documentNumber\":\"110105194912310021\",\"consents\":[]}", 422)]
    [InlineData("{\"name\":\"张三\",\"documentKind\":\"residentIdentityCard\",\"documentNumber\":\"11010519491231002X\",\"consents\":[]}", 422)]
    [InlineData("{\"name\":\"张三\",\"documentKind\":\"residentIdentityCard\",\"documentNumber\":\"11010519491231002X\",\"consents\":[],\"state\":\"approved\"}", 400)]
    [InlineData("{\"Name\":\"张三\",\"DocumentKind\":\"passport\",\"DocumentNumber\":\"E12345678\",\"Consents\":[{\"DocumentId\":\"a\",\"Version\":\"1\"}]}", 422)] // capital letters are read (F201); the birth date is missing
    public async Task Bad_applications_are_refused_with_a_code(string body, int status)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Person) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.OfficerToken);
        JsonNode problem = await RunningServer.ReadAsync(await server.Client.SendAsync(request), (HttpStatusCode)status);
        Assert.NotNull(problem["code"]);
    }

    [Fact]
    public async Task The_description_has_applications_and_seals()
    {
        JsonNode description = await RunningServer.ReadAsync(await server.Client.GetAsync("/openapi/v1.json"));
        foreach (string path in (string[])["/applications/persons", "/applications/enterprises/{id}/letter", "/applications/enterprises/{id}/change/decision", "/seals/{id}/grants/{personId}", "/callbacks/{id}/retry"])
        {
            Assert.NotNull(description["paths"]!["/api/v1" + path]);
        }

        Assert.NotNull(description["components"]!["schemas"]!["EnterpriseDocument"]);
        JsonNode list = description["paths"]!["/api/v1/applications/persons"]!["get"]!;
        Assert.Equal(["state", "overdue", "limit", "after"], list["parameters"]!.AsArray().Select(static each => (string)each!["name"]!));
        Assert.NotNull(description["components"]!["schemas"]!["PageDocumentOfPersonDocument"]!["properties"]!["next"]);
    }

    private async Task<(JsonNode Person, string Number)> ApplyAsync(string token)
    {
        string number = Numbers.ResidentId();
        object body = new { name = "张三", documentKind = "residentIdentityCard", documentNumber = number, mobile = Numbers.Mobile(), consents = new[] { new { documentId = "数字证书申请及使用协议", version = "3" } } };
        return (await PostAsync(token, Person, body, HttpStatusCode.Created), number);
    }

    private async Task<JsonNode> PostAsync(string token, string path, object body, HttpStatusCode expected = HttpStatusCode.OK) =>
        await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Post, path, token, body), expected);

    private async Task<string?> CodeAsync(string? token, HttpMethod method, string path, object? body, HttpStatusCode expected) =>
        (string?)(await RunningServer.ReadAsync(await server.SendAsync(method, path, token, body), expected))["code"];

    private async Task<JsonNode> UploadAsync(string token, string path, byte[] file, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(file) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await RunningServer.ReadAsync(await server.Client.SendAsync(request), expected);
    }

    private async Task<SigningCredential> IssueAsync(TemporaryFolder folder, string name, string code)
    {
        JsonNode issued = await PostAsync(
            server.OfficerToken, "/api/v1/certificates", new { profile = "enterprise-seal", csr = RunningServer.CreateCsr(folder, "letter"), subject = new { kind = "enterprise", name, creditCode = code } }, HttpStatusCode.Created);
        Certificate certificate = Certificate.LoadMany(Encoding.UTF8.GetBytes((string)issued["certificate"]!))[0];
        IEnumerable<Certificate> chain = issued["chain"]!.AsArray().Select(static each => Certificate.LoadMany(Encoding.UTF8.GetBytes((string)each!))[0]);
        return new SigningCredential(certificate, chain, LocalSigningKey.FromPem(File.ReadAllText(folder.PathTo("letter.key")), ""));
    }

    private static async Task<byte[]> SignAsync(byte[] letter, SigningCredential credential)
    {
        using var input = new MemoryStream(letter);
        using var output = new MemoryStream();
        await new PdfSigner(credential).SignAsync(input, output, new SignatureOptions
        {
            Seal = Seal.Draw(SealDesign.Official("深圳授权科技有限公司")).Place(SealPlacement.AtKeyword(AuthorityLetter.SealKeyword)),
        });
        return output.ToArray();
    }

    private async Task<IReadOnlyList<JsonNode>> ReadAuditAsync()
    {
        var records = new List<JsonNode>();
        while (true)
        {
            JsonArray page = (await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Get, $"/api/v1/audit/records?start={records.Count}&count=1000", server.AuditorToken))).AsArray();
            records.AddRange(page.Select(static record => record!["record"]!));
            if (page.Count < 1000)
            {
                return records;
            }
        }
    }
}
