using System.Security.Cryptography;
using ESign.Pki.Keys;

namespace ESign.AspNetCore.Audit;

/// <summary>The key that signs the log's checkpoints.</summary>
internal sealed class AuditKey(ISigningKey key) : IDisposable
{
    public ISigningKey Key { get; } = key;

    /// <summary>The public key in PEM.</summary>
    public string ToPem() => PemEncoding.WriteString("PUBLIC KEY", Key.SubjectPublicKeyInfo.Span) + "\n";

    public void Dispose() => (Key as IDisposable)?.Dispose();
}
