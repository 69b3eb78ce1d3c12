using System.Net;
using System.Security.Cryptography.X509Certificates;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;
using ESign.Pki.Validation;

namespace ESign.Pki.Tests.Validation;

/// <summary>RFC 5280 §4.2.2.1: intermediates that are not at hand are fetched where certificates say they are, within bounds, when that is allowed.</summary>
public sealed class FetchedIssuerTests : IDisposable
{
    private readonly TestAuthority _root = TestAuthority.Root();
    private readonly List<string> _fetched = [];
    private readonly Dictionary<string, byte[]> _served = new(StringComparer.Ordinal);

    [Theory] // a certificate, PEM for lenient servers, or certs-only CMS
    [InlineData("der")]
    [InlineData("pem")]
    [InlineData("p7c")]
    public async Task Missing_intermediates_are_fetched_one_after_the_other(string form)
    {
        using TestAuthority first = _root.Intermediate("CN=First");
        using TestAuthority second = first.Intermediate("CN=Second", Issuers("http://ca.example/first"));
        _served["http://ca.example/first"] = Encode(first.Certificate, form);
        _served["http://ca.example/second"] = Encode(second.Certificate, form);
        Certificate leaf = second.Leaf("CN=Leaf", Issuers("ldap://ca.example/no", "http://ca.example/second"));

        PathVerdict verdict = await JudgeAsync(leaf);
        Assert.True(verdict.IsValid, verdict.Finding?.ToString());
        Assert.Equal([leaf, second.Certificate, first.Certificate, _root.Certificate], verdict.Path);
        Assert.Equal(["http://ca.example/second", "http://ca.example/first"], _fetched);
    }

    [Fact]
    public async Task Nothing_is_fetched_unless_asked_for_nor_for_a_path_that_is_complete()
    {
        using TestAuthority ca = _root.Intermediate("CN=CA");
        _served["http://ca.example/ca"] = Encode(ca.Certificate, "der");
        Certificate leaf = ca.Leaf("CN=Leaf", Issuers("http://ca.example/ca"));

        Assert.Equal(PathErrorCode.NoPath, (await JudgeAsync(leaf, allowed: false)).Finding?.Code);
        Assert.True((await JudgeAsync(leaf, certificates: [ca.Certificate])).IsValid);
        Assert.Empty(_fetched);
    }

    [Fact]
    public async Task Certificates_that_point_at_each_other_end_the_search()
    {
        using TestAuthority elsewhere = TestAuthority.Root();
        using TestAuthority a = elsewhere.Intermediate("CN=A", Issuers("http://ca.example/b"));
        using TestAuthority b = a.Intermediate("CN=B", Issuers("http://ca.example/a"));
        _served["http://ca.example/a"] = Encode(a.Certificate, "der");
        _served["http://ca.example/b"] = Encode(b.Certificate, "der");

        Assert.False((await JudgeAsync(b.Leaf("CN=Leaf", Issuers("http://ca.example/b")))).IsValid);
        Assert.Equal(["http://ca.example/b", "http://ca.example/a"], _fetched);
    }

    [Fact]
    public async Task A_longer_chain_than_anybody_makes_is_not_followed_to_its_end()
    {
        var chain = new List<TestAuthority>();
        for (int i = 0; i < 12; i++)
        {
            string name = $"http://ca.example/{i}";
            chain.Add(i == 0 ? _root.Intermediate("CN=0") : chain[^1].Intermediate($"CN={i}", Issuers($"http://ca.example/{i - 1}")));
            _served[name] = Encode(chain[^1].Certificate, "der");
        }

        PathVerdict verdict = await JudgeAsync(chain[^1].Leaf("CN=Leaf", Issuers("http://ca.example/11")));
        chain.ForEach(static authority => authority.Dispose());
        Assert.False(verdict.IsValid);
        Assert.Equal(8, _fetched.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300 << 10)]
    [InlineData(100)]
    public async Task What_is_no_certificate_is_no_issuer(int size)
    {
        using TestAuthority ca = _root.Intermediate("CN=CA");
        _served["http://ca.example/ca"] = new byte[size];
        Assert.Equal(PathErrorCode.NoPath, (await JudgeAsync(ca.Leaf("CN=Leaf", Issuers("http://ca.example/ca", "http://ca.example/absent")))).Finding?.Code);
    }

    public void Dispose() => _root.Dispose();

    private async Task<PathVerdict> JudgeAsync(Certificate target, bool allowed = true, Certificate[]? certificates = null)
    {
        using var client = new HttpClient(new Serving(this));
        return await new PathValidator(new TrustAnchors([_root.Certificate])).ValidateAsync(new PathRequest
        {
            Target = target,
            Time = TestAuthority.Now,
            Certificates = certificates ?? [],
            RevocationSources = [new OnlineRevocationSource(client, new OnlineRevocationOptions { FetchesIssuers = allowed })],
            UnknownRevocation = UnknownRevocation.Off,
        });
    }

    private static X509Extension Issuers(params string[] addresses) => new X509AuthorityInformationAccessExtension(null, addresses, critical: false);

    private static byte[] Encode(Certificate certificate, string form) => form switch
    {
        "p7c" => new X509Certificate2Collection(certificate.ToX509Certificate2()).Export(X509ContentType.Pkcs7)!,
        "pem" => System.Text.Encoding.ASCII.GetBytes(certificate.ToPem()),
        _ => certificate.RawData.ToArray(),
    };

    private sealed class Serving(FetchedIssuerTests test) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string address = request.RequestUri!.ToString();
            test._fetched.Add(address);
            return Task.FromResult(test._served.TryGetValue(address, out byte[]? content)
                ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(content) }
                : new HttpResponseMessage(HttpStatusCode.NotFound));
        }
    }
}
