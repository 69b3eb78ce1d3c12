using ESign.Pki.Issuance;

namespace ESign.Storage.Tests;

public sealed class InMemoryCertificateRepositoryTests : CertificateRepositoryContract
{
    private readonly InMemoryCertificateRepository _repository = new();

    protected override ValueTask<ICertificateRepository> OpenAsync() => ValueTask.FromResult<ICertificateRepository>(_repository);
}
