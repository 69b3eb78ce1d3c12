// Certificates: a root and an issuing authority, an organisation, a person whose key was made elsewhere, a revocation and the CRL that says so.
//   dotnet run --project samples/IssueCertificates
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Pki.Revocation;

const string password = "demonstration";
var options = new CertificateAuthorityOptions
{
    Publication = new PublicationPoints { CrlUris = ["http://ca.example/issuing.crl"], OcspUris = ["http://ca.example/ocsp"] },
};
using LocalSigningKey rootKey = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP384Sha384);
using LocalSigningKey issuingKey = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
CertificateAuthority root = await CertificateAuthority.CreateRootAsync(CertificateSubject.Service("Demo Root CA", "ESign samples"), rootKey);
CertificateAuthority issuing = await root.CreateIssuingCaAsync(CertificateSubject.Service("Demo Issuing CA", "ESign samples"), issuingKey, options);
File.WriteAllText("root.pem", root.Certificate.ToPem() + "\n");
File.WriteAllText("issuing.pem", issuing.Certificate.ToPem() + "\n");

// An organisation: the code is parsed, its check character included, or refused with the reason (GB 32100).
using LocalSigningKey companyKey = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
IssuedCertificate company = await issuing.IssueAsync(CertificateProfile.EnterpriseSeal, new IssuanceRequest
{
    Subject = CertificateSubject.Enterprise("深圳示例科技有限公司", UnifiedSocialCreditCode.Parse("91350100M000100Y43")),
    SubjectPublicKeyInfo = companyKey.SubjectPublicKeyInfo,
    EvidenceReference = "application 2026-0001",
});
company.WithKey(companyKey).SavePkcs12("company.p12", password);
File.WriteAllText("company.pem", company.Certificate.ToPem() + "\n");
Print(company);

// A person whose key was made elsewhere: only the key is taken from the request, the subject is what was verified.
if (args is [string requestFile])
{
    CertificateSubject verified = CertificateSubject.Person("张三", ResidentIdNumber.Parse("11010519491231002X"));
    IssuedCertificate person = await issuing.IssueAsync(CertificateProfile.Person, IssuanceRequest.FromCsr(File.ReadAllText(requestFile), verified));
    File.WriteAllText("person.pem", person.Certificate.ToPem() + "\n");
    Print(person);
}

// A revocation, and the list that says so.
RevocationOutcome outcome = await issuing.RevokeAsync(company.SerialNumber, RevocationReason.KeyCompromise);
PublishedCrl crl = await new CrlPublisher(issuing).PublishAsync();
File.WriteAllBytes("issuing.crl", crl.RawData.ToArray());
Console.WriteLine($"{company.SerialNumber}: {outcome}; CRL {crl.Number}, {crl.EntryCount} entry, next {crl.NextUpdate:u}");

static void Print(IssuedCertificate issued) =>
    Console.WriteLine($"{issued.SerialNumber}  {issued.Certificate.Subject}  → {issued.Certificate.NotAfter:yyyy-MM-dd}");
