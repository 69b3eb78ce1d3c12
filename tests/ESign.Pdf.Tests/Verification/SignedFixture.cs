using ESign.Pdf.LongTerm;
using ESign.Pdf.Signing;
using ESign.Pdf.Tests.Signing;
using ESign.Pdf.Verification;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;
using ESign.Pki.Validation;
using ESign.Testing;

namespace ESign.Pdf.Tests.Verification;

/// <summary>Documents signed by a hierarchy whose clock the test moves.</summary>
internal sealed class SignedFixture
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private SignedFixture(TestPki pki, MovableClock clock)
    {
        Pki = pki;
        Clock = clock;
        Evidence = new AuthorityEvidence(pki);
    }

    public TestPki Pki { get; }

    public MovableClock Clock { get; }

    public IRevocationSource Evidence { get; set; }

    public static async Task<SignedFixture> CreateAsync(Pki.Keys.SignatureAlgorithm? algorithm = null)
    {
        var clock = new MovableClock(Start);
        TestPki pki = await TestPki.CreateAsync(algorithm, clock);
        clock.Now = Start.AddDays(1);
        return new SignedFixture(pki, clock);
    }

    public Task<byte[]> SignAsync(PadesLevel? level = null, SignatureOptions? options = null, SigningCredential? credential = null) =>
        SignAsync(TestDocuments.TwoPages(), level, options, credential);

    public async Task<byte[]> SignAsync(byte[] document, PadesLevel? level = null, SignatureOptions? options = null, SigningCredential? credential = null)
    {
        var output = new MemoryStream();
        await new PdfSigner(credential ?? Pki.Enterprise, Clock).SignAsync(
            new MemoryStream(document), output, (options ?? new SignatureOptions()) with { Level = level ?? PadesLevel.B }, TestContext.Current.CancellationToken);
        return output.ToArray();
    }

    public PadesLevel T => PadesLevel.T(Pki.Timestamps);

    public PadesLevel LT => PadesLevel.LT(Pki.Timestamps, Evidence);

    public PadesLevel LTA => PadesLevel.LTA(Pki.Timestamps, Evidence);

    public static async Task<byte[]> ExtendAsync(byte[] document, PadesLevel level)
    {
        var output = new MemoryStream();
        await new PdfExtender(level).ExtendAsync(new MemoryStream(document), output, password: null, TestContext.Current.CancellationToken);
        return output.ToArray();
    }

    /// <summary>Trusts the fixture's root; asks its authorities for revocation unless told otherwise.</summary>
    public VerificationPolicy Policy(bool online = true, params Certificate[] moreAnchors) => new()
    {
        TrustAnchors = new TrustAnchors([Pki.Root.Certificate, .. moreAnchors]),
        RevocationSource = online ? Evidence : null,
        Clock = Clock,
    };

    public Task<VerificationResult> VerifyAsync(byte[] document, VerificationPolicy? policy = null) =>
        new PdfVerifier(policy ?? Policy()).VerifyAsync(new MemoryStream(document), TestContext.Current.CancellationToken);

    public async Task<SignatureVerdict> VerifyFirstAsync(byte[] document, VerificationPolicy? policy = null) => (await VerifyAsync(document, policy)).Signatures[0];
}
