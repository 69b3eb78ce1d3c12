using ESign.Pki.Asn1;
using ESign.Pki.Revocation;
using ESign.Testing;

namespace ESign.Conformance.Revocation;

/// <summary>The pyca/cryptography samples: what each file holds is in its name.</summary>
public sealed class OcspParsingTests
{
    /// <summary>No type, no bytes, a status RFC 6960 does not know: these are refused; everything else reads.</summary>
    private static readonly string[] s_refused = ["resp-response-type-unknown-oid.der", "resp-successful-no-response-bytes.der", "resp-unknown-response-status.der"];

    [Fact]
    public async Task Every_sample_reads_or_is_refused() => (await RunAsync()).AssertOnlyDocumentedExceptions();

    internal static Task<SuiteResult> RunAsync()
    {
        int count = 0;
        var disagreements = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.GetFiles(SharedData.Require("conformance", "revocation", "ocsp-pyca"), "*.der"))
        {
            string name = Path.GetFileName(path);
            byte[] bytes = File.ReadAllBytes(path);
            bool isRequest = name.StartsWith("req-", StringComparison.Ordinal) || name.EndsWith("-req.der", StringComparison.Ordinal);
            Exception? exception = Record.Exception(() => isRequest ? (object)OcspRequest.Decode(bytes) : OcspResponse.Decode(bytes));
            count++;
            if (s_refused.Contains(name) ? exception is not Asn1FormatException : exception is not null)
            {
                disagreements[name] = exception?.Message ?? "was read";
            }
        }

        return Task.FromResult(new SuiteResult("OCSP pyca", count, disagreements, new Dictionary<string, string>(StringComparer.Ordinal)));
    }

    [Fact]
    public void Contents_are_as_named()
    {
        Assert.Single(Request("req-sha1.der").Certificates);
        Assert.Equal(2, Request("req-multi-sha1.der").Certificates.Count);
        Assert.NotNull(Request("req-ext-nonce.der").Nonce);
        Assert.Equal(OcspResponseStatus.Unauthorized, Response("resp-unauthorized.der").Status);
        OcspSingleResponse revoked = Assert.Single(Response("resp-revoked-reason.der").Responses);
        Assert.Equal(OcspCertificateStatus.Revoked, revoked.Status);
        Assert.NotNull(revoked.Reason);
        Assert.Null(Assert.Single(Response("resp-revoked-no-next-update.der").Responses).NextUpdate);
        Assert.NotNull(Response("resp-responder-key-hash.der").ResponderKeyHash);
        Assert.Null(Response("resp-responder-key-hash.der").ResponderName);
        Assert.NotEmpty(Assert.Single(Response("resp-single-extension-reason.der").Responses).Extensions);
    }

    private static OcspRequest Request(string name) => OcspRequest.Decode(File.ReadAllBytes(SharedData.Require("conformance", "revocation", "ocsp-pyca", name)));

    private static OcspResponse Response(string name) => OcspResponse.Decode(File.ReadAllBytes(SharedData.Require("conformance", "revocation", "ocsp-pyca", name)));
}
