using ESign.Pki.Keys;

namespace ESign.AspNetCore.Audit;

/// <summary>The key that signs the log's checkpoints.</summary>
internal sealed class AuditKey(ISigningKey key) : IDisposable
{
    public ISigningKey Key { get; } = key;

    public void Dispose() => (Key as IDisposable)?.Dispose();
}
