using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Storage;
using Npgsql;

// Issues certificates into a store until it is killed: `issuer sqlite <file> <count>` or `issuer postgres <connection string> <count>`.
// After each acknowledgement it prints "serial certificate-in-base64"; the test kills it and compares.
ICertificateRepository repository = args[0] == "postgres"
    ? await SqlCertificateRepository.OpenPostgresAsync(NpgsqlDataSource.Create(args[1]))
    : SqlCertificateRepository.OpenSqlite(args[1]);
var options = new CertificateAuthorityOptions { Repository = repository };
using LocalSigningKey key = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
using LocalSigningKey subjectKey = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
CertificateAuthority root = await CertificateAuthority.CreateRootAsync(CertificateSubject.Service("崩溃测试根CA"), key, options);
var request = new IssuanceRequest
{
    Subject = CertificateSubject.Enterprise("深圳示例科技有限公司", UnifiedSocialCreditCode.Parse("91350100M000100Y43")),
    SubjectPublicKeyInfo = subjectKey.SubjectPublicKeyInfo,
};
await Parallel.ForAsync(0, int.Parse(args[2]), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (_, cancellationToken) =>
{
    IssuedCertificate issued = await root.IssueAsync(CertificateProfile.EnterpriseSeal, request, cancellationToken);
    string line = $"{issued.SerialNumber} {Convert.ToBase64String(issued.Certificate.RawData.Span)}";
    lock (key)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
});
