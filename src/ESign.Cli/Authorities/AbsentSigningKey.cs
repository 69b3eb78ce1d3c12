using ESign.Pki.Certificates;
using ESign.Pki.Keys;

namespace ESign.Cli.Authorities;

/// <summary>Stands in for a key that stays closed: revoking and listing change and read records, and sign nothing.</summary>
internal sealed class AbsentSigningKey(Certificate certificate) : ISigningKey
{
    public SignatureAlgorithm Algorithm => SignatureAlgorithm.FromPublicKey(certificate.SubjectPublicKeyInfo) ?? throw Closed();

    public ReadOnlyMemory<byte> SubjectPublicKeyInfo => certificate.SubjectPublicKeyInfo;

    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default) => throw Closed();

    private static InvalidOperationException Closed() => new("私钥未打开 / The key was not opened.");
}
