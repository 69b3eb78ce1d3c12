using System.Text;
using ESign.AspNetCore.Authorities;
using ESign.AspNetCore.Development;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Testing;
using Microsoft.Extensions.Configuration;

namespace ESign.AspNetCore.Tests;

/// <summary>What the program refuses to start with, line by line, and what it starts with: the program itself, in a process of its own.</summary>
public sealed class ProductionChecklistTests : IAsyncLifetime
{
    private const string GoodPassword = "correct horse battery";

    private readonly TemporaryFolder _folder = new();

    public async ValueTask InitializeAsync()
    {
        using LocalSigningKey key = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
        CertificateAuthority authority = await CertificateAuthority.CreateRootAsync(CertificateSubject.Service("Example CA", "Example"), key);
        File.WriteAllText(_folder.PathTo("ca.pem"), authority.Certificate.ToPem());
        File.WriteAllText(_folder.PathTo("ca.key"), key.ExportEncryptedPem(GoodPassword));
        File.WriteAllText(_folder.PathTo("password"), GoodPassword + "\n");
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("urls", "http://0.0.0.0:0", "令牌不能经明文HTTP传送", "Tokens and enrolment must not go over plain HTTP")]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://*:0", "令牌不能经明文HTTP传送", "Tokens and enrolment must not go over plain HTTP")]
    [InlineData("CertificateAuthority:PublicUrl", "http://localhost", "证书中的地址他人无法访问（http://localhost），请设置 CertificateAuthority:PublicUrl", "Others cannot reach the address certificates name (http://localhost)")]
    [InlineData("CertificateAuthority:Issuers:0:PasswordFile", "short", "私钥没有口令、口令为常见值或短于 12 个字符", "A key has no password, a well-known one, or one shorter than 12 characters")]
    [InlineData("TimestampAuthority:Key", "ca.key", "私钥没有口令、口令为常见值或短于 12 个字符", "A key has no password")]
    [InlineData("AuditLog:Key", "ca.key", "私钥没有口令、口令为常见值或短于 12 个字符", "A key has no password")]
    [InlineData("RemoteSigning:Credentials:0:Key", "ca.key", "私钥没有口令、口令为常见值或短于 12 个字符", "A key has no password")]
    [InlineData("RemoteSigning:CodeFile", "codes.log", "验证码不能写入文件", "One-time codes must not be written to a file")]
    [InlineData("CertificateAuthority:IsDevelopment", "true", "开发用CA只能在本机使用", "Development authorities serve this machine only")]
    [InlineData("CertificateAuthority:Issuers:0:Certificate", "development.pem", "开发用CA只能在本机使用", "Development authorities serve this machine only")]
    [InlineData("TimestampAuthority:Certificate", "development.pem", "开发用CA只能在本机使用", "Development authorities serve this machine only")]
    public async Task One_unsafe_setting_and_the_program_does_not_start(string setting, string value, string chinese, string english)
    {
        File.WriteAllText(_folder.PathTo("short"), "changeit\n");
        if (value == "development.pem")
        {
            using LocalSigningKey key = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
            CertificateAuthority authority = await CertificateAuthority.CreateRootAsync(CertificateSubject.Service("ESign DEVELOPMENT Issuing CA", "x"), key);
            File.WriteAllText(_folder.PathTo(value), authority.Certificate.ToPem());
        }

        (int exit, string output) = await ServerProcess.RunToEndAsync([.. Good("https://0.0.0.0:0"), "--" + setting, value]);
        Assert.True(exit == 78, output);
        Assert.Contains("esign: 设置不安全，拒绝启动 / The settings are not safe; the service does not start:", output, StringComparison.Ordinal);
        Assert.Contains($"  - {chinese} / {english}", output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n'), static line => line.StartsWith("  - ", StringComparison.Ordinal)); // nothing else is wrong
        Assert.Contains("hint:", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_start_on_an_open_address_is_refused_with_every_line_of_the_list()
    {
        (int exit, string output) = await ServerProcess.RunToEndAsync("--urls", "http://0.0.0.0:0", "--ESIGN_DATA", _folder.PathTo("first"));
        Assert.Equal(78, exit);
        Assert.Equal(4, output.Split('\n').Count(static line => line.StartsWith("  - ", StringComparison.Ordinal))); // development, plain HTTP, address, codes in a file
        Assert.DoesNotContain("esign_", output, StringComparison.Ordinal); // no token was made
    }

    [Fact]
    public async Task Safe_settings_on_an_open_address_start()
    {
        string[] tls = ConfiguredServer.CreateTlsSettings(_folder.PathTo("tls.pem"), _folder.PathTo("tls.key"));
        var open = new UriBuilder("https", "0.0.0.0", RunningServer.FreePort()).Uri;
        using ServerProcess server = await ServerProcess.StartAsync(_folder.PathTo("data"), [.. Good("http://127.0.0.1:1"), "--Kestrel:Endpoints:Open:Url", open.ToString(), .. tls]);
        Assert.DoesNotContain("DEVELOPMENT", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Safe_settings_behind_a_proxy_start()
    {
        using ServerProcess server = await ServerProcess.StartAsync(_folder.PathTo("data"), [.. Good("http://127.0.0.1:1"), "--BehindProxy", "true"]);
        Assert.DoesNotContain("DEVELOPMENT", server.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=db;Username=esign;Password=postgres", 1)]
    [InlineData("Host=db;Username=esign;pwd=Postgres", 1)]
    [InlineData("Host=db;Username=esign;Password=mRk8+vJq2L", 0)]
    [InlineData("Host=db;Username=esign", 0)]
    public void A_database_with_a_well_known_password_is_refused(string connection, int faults) =>
        Assert.Equal(faults, Read("ConnectionStrings:PostgreSql", connection).FindFaults().Count);

    [Fact]
    public void A_file_that_is_no_certificate_is_said_to_be_none()
    {
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => Read("CertificateAuthority:Issuers:0:Certificate", _folder.PathTo("password")));
        Assert.Contains(_folder.PathTo("password"), refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("口令 of two lines\r\nnot this", "口令 of two lines")]
    [InlineData("", "")]
    public void A_password_is_the_first_line_of_its_file_with_a_byte_order_mark_or_without(string text, string password)
    {
        File.WriteAllText(_folder.PathTo("marked"), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        File.WriteAllText(_folder.PathTo("unmarked"), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        Assert.Equal((password, password), (CredentialFiles.ReadPassword(_folder.PathTo("marked")), CredentialFiles.ReadPassword(_folder.PathTo("unmarked"))));
    }

    private static ProductionChecklist Read(string setting, string value) => ProductionChecklist.Read(
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>(setting, value)]).Build(), ["https://0.0.0.0:443"], "http://pki.example.cn");

    private string[] Good(string urls) =>
    [
        "--urls", urls,
        "--ESIGN_DATA", _folder.PathTo("data"),
        "--CertificateAuthority:PublicUrl", "http://pki.example.cn",
        "--CertificateAuthority:Folder", _folder.Path,
        "--TimestampAuthority:Folder", _folder.Path,
        "--AuditLog:Folder", _folder.Path,
        "--RemoteSigning:Folder", _folder.Path,
        "--CertificateAuthority:Issuers:0:Name", "issuing",
        "--CertificateAuthority:Issuers:0:Certificate", "ca.pem",
        "--CertificateAuthority:Issuers:0:Key", "ca.key",
        "--CertificateAuthority:Issuers:0:PasswordFile", "password",
    ];
}
