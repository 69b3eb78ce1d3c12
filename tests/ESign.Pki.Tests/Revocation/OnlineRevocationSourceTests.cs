using System.Net;
using System.Security.Cryptography.X509Certificates;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;
using ESign.Pki.Tests.Validation;

namespace ESign.Pki.Tests.Revocation;

/// <summary>Fetching where the certificate points: OCSP by POST, else CRLs, bounded in size; failures are no evidence.</summary>
public sealed class OnlineRevocationSourceTests : IDisposable
{
    private static readonly X509Extension s_crlPoint = CertificateRevocationListBuilder.BuildCrlDistributionPointExtension(["http://crl.example/root.crl", "ldap://ignored.example/"], critical: false);
    private static readonly X509Extension s_ocspPoint = new X509AuthorityInformationAccessExtension(["http://ocsp.example/"], ["http://ca.example/root.cer"], critical: false);

    private readonly TestAuthority _root = TestAuthority.Root();

    [Fact]
    public async Task Asks_the_responder_and_returns_its_answer()
    {
        Certificate leaf = _root.Leaf("CN=Leaf", s_ocspPoint, s_crlPoint);
        OcspRequest? asked = null;
        using var client = new HttpClient(new Answering(async message =>
        {
            Assert.Equal(("POST", "http://ocsp.example/", "application/ocsp-request"), (message.Method.Method, message.RequestUri!.ToString(), message.Content!.Headers.ContentType!.MediaType));
            asked = OcspRequest.Decode(await message.Content.ReadAsByteArrayAsync());
            return Ok(Answer(leaf).RawData.ToArray());
        }));

        RevocationEvidence evidence = await new OnlineRevocationSource(client).FindAsync(leaf, _root.Certificate);

        Assert.Single(evidence.OcspResponses);
        Assert.Empty(evidence.Crls);
        Assert.Equal(32, asked!.Nonce!.Value.Length);
        Assert.True(Assert.Single(asked.Certificates).Names(leaf, _root.Certificate));
    }

    [Fact]
    public async Task Falls_back_to_the_list_when_the_responder_fails()
    {
        Certificate leaf = _root.Leaf("CN=Leaf", s_ocspPoint, s_crlPoint);
        using var client = new HttpClient(new Answering(message => Task.FromResult(
            message.RequestUri!.Host == "crl.example" ? Ok(_root.Crl().RawData.ToArray()) : new HttpResponseMessage(HttpStatusCode.ServiceUnavailable))));

        RevocationEvidence evidence = await new OnlineRevocationSource(client).FindAsync(leaf, _root.Certificate);

        Assert.Empty(evidence.OcspResponses);
        Assert.Single(evidence.Crls);
    }

    [Fact]
    public async Task A_list_beyond_the_limit_or_a_broken_connection_is_no_evidence()
    {
        Certificate leaf = _root.Leaf("CN=Leaf", s_crlPoint);
        using var large = new HttpClient(new Answering(_ => Task.FromResult(Ok(new byte[5000]))));
        using var broken = new HttpClient(new Answering(_ => throw new HttpRequestException("refused")));

        Assert.Empty((await new OnlineRevocationSource(large, new OnlineRevocationOptions { MaximumCrlSize = 4096 }).FindAsync(leaf, _root.Certificate)).Crls);
        Assert.Empty((await new OnlineRevocationSource(broken).FindAsync(leaf, _root.Certificate)).Crls);
    }

    [Fact] // a certificate may name the machines behind the wall
    public async Task Asks_only_where_it_is_permitted()
    {
        var asked = new List<string>();
        using var client = new HttpClient(new Answering(message =>
        {
            asked.Add(message.RequestUri!.Host);
            return Task.FromResult(Ok(_root.Crl().RawData.ToArray()));
        }));
        var source = new OnlineRevocationSource(client, new OnlineRevocationOptions { FetchesIssuers = true, Permits = static address => address.Host is "crl.example" });
        Certificate leaf = _root.Leaf("CN=Leaf", s_ocspPoint, s_crlPoint);

        Assert.Single((await source.FindAsync(leaf, _root.Certificate, TestContext.Current.CancellationToken)).Crls);
        Assert.Empty(await ((IIssuerSource)source).FindIssuersAsync(leaf, TestContext.Current.CancellationToken));
        Assert.Equal(["crl.example"], asked);
    }

    [Fact] // RFC 5280 §5.2.6: a complete list says where the changes since are; the value is that of distribution points
    public async Task Fetches_the_changes_a_list_points_to()
    {
        byte[] freshest = CertificateRevocationListBuilder.BuildCrlDistributionPointExtension(["http://crl.example/delta.crl"]).RawData;
        var asked = new List<string>();
        using var client = new HttpClient(new Answering(message =>
        {
            asked.Add(message.RequestUri!.AbsolutePath);
            return Task.FromResult(Ok((asked.Count == 1
                ? _root.Crl(null, null, null, ("2.5.29.46", false, freshest))
                : _root.Crl(null, null, null, ("2.5.29.20", false, [2, 1, 6]), ("2.5.29.27", true, [2, 1, 5]))).RawData.ToArray()));
        }));

        RevocationEvidence evidence = await new OnlineRevocationSource(client).FindAsync(_root.Leaf("CN=Leaf", s_crlPoint), _root.Certificate, TestContext.Current.CancellationToken);

        Assert.Equal(["/root.crl", "/delta.crl"], asked);
        Assert.Equal([false, true], evidence.Crls.Select(static crl => crl.IsDelta));
    }

    public void Dispose() => _root.Dispose();

    private OcspResponse Answer(Certificate leaf) => TestAuthority.Ocsp(
        _root.Certificate, _root.SignBytes, new OcspSingleResponse(CertificateId.Create(_root.Certificate, leaf.SerialNumber), OcspCertificateStatus.Good, TestAuthority.Now.AddHours(-2)));

    private static HttpResponseMessage Ok(byte[] content) => new(HttpStatusCode.OK) { Content = new ByteArrayContent(content) };

    private sealed class Answering(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request);
    }
}
