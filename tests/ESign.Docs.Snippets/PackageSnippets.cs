using ESign.AspNetCore;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pdf.Verification;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Pki.Timestamping;
using ESign.Storage;
using ESign.Tsa;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ESign.Docs.Snippets;

/// <summary>The programs in the packages' own readmes.</summary>
public class PackageSnippets
{
    [Fact]
    public async Task Pdf()
    {
        using Workplace here = await Workplace.CreateAsync();
        const string password = Workplace.Password;

        #region package-pdf
        SigningCredential credential = SigningCredential.LoadPkcs12("company.p12", password);
        Seal seal = Seal.Draw(SealDesign.Official("深圳示例科技有限公司", "4403000000001"));
        await new PdfSigner(credential).SignAsync("contract.pdf", "signed.pdf", new SignatureOptions
        {
            Seal = seal.Place(SealPlacement.At(page: -1, x: 380, y: 520)),
        });
        VerificationResult result = await new PdfVerifier().VerifyAsync("signed.pdf");
        #endregion

        Assert.True(Assert.Single(result.Signatures).SignatureIntact);
    }

    [Fact]
    public async Task Pki()
    {
        #region package-pki
        using var rootKey = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
        CertificateAuthority ca = await CertificateAuthority.CreateRootAsync(CertificateSubject.Service("Example Root CA", "Example"), rootKey);

        using var key = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
        IssuedCertificate issued = await ca.IssueAsync(CertificateProfile.EnterpriseSeal, new IssuanceRequest
        {
            Subject = CertificateSubject.Enterprise("深圳示例科技有限公司", UnifiedSocialCreditCode.Parse("91350100M000100Y43")),
            SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
        });
        SigningCredential credential = issued.WithKey(key);
        #endregion

        Assert.Equal("深圳示例科技有限公司", credential.Certificate.Subject.Organization);
    }

    [Fact]
    public async Task Tsa()
    {
        var authorities = await ESign.Testing.TestPki.SharedAsync();
        using var key = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
        SigningCredential credential = (await authorities.Issuing.IssueAsync(CertificateProfile.TimestampAuthority, new IssuanceRequest
        {
            Subject = CertificateSubject.Service("TSA", "Example"),
            SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
        })).WithKey(key);
        var witness = System.Security.Cryptography.Pkcs.Rfc3161TimestampRequest.CreateFromHash(new byte[32], System.Security.Cryptography.HashAlgorithmName.SHA256);
        byte[] request = witness.Encode();

        #region package-tsa
        var authority = new TimestampAuthority(credential, new TimestampAuthorityOptions { Policies = [new TimestampPolicy("2.25.178693465734123")] });
        byte[] response = await authority.RespondAsync(request);        // both are DER: TimeStampReq in, TimeStampResp out
        #endregion

        Assert.NotNull(witness.ProcessResponse(response, out _));
    }

    [Fact]
    public async Task Storage()
    {
        using Workplace here = await Workplace.CreateAsync();

        #region package-storage
        SqlCertificateRepository certificates = SqlCertificateRepository.OpenSqlite("esign.db");
        var options = new CertificateAuthorityOptions { Repository = certificates };
        #endregion

        Assert.True(File.Exists("esign.db"));
        Assert.Same(certificates, options.Repository);
    }

    [Fact]
    public async Task AspNetCore()
    {
        CertificateAuthority authority = (await ESign.Testing.TestPki.CreateAsync()).Issuing;
        WebApplicationBuilder builder = WebApplication.CreateBuilder();

        #region package-aspnetcore
        builder.Services.AddESign().AddCertificateAuthority(authority);
        WebApplication app = builder.Build();
        app.UseESign();
        app.MapCertificateAuthority("/ca");
        #endregion

        Assert.Same(TimeProvider.System, app.Services.GetRequiredService<TimeProvider>());
        await app.DisposeAsync();
    }
}
