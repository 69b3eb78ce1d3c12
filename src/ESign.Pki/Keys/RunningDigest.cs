using System.Security.Cryptography;

namespace ESign.Pki.Keys;

/// <summary>A digest fed piece by piece. <see cref="Clone"/> lets signatures over a common prefix hash it once.</summary>
internal abstract class RunningDigest : IDisposable
{
    private RunningDigest(DigestAlgorithm algorithm) => Algorithm = algorithm;

    public DigestAlgorithm Algorithm { get; }

    public static RunningDigest Create(DigestAlgorithm algorithm) => algorithm.Native is { } name
        ? new NativeDigest(algorithm, IncrementalHash.CreateHash(name))
        : new Managed(algorithm, algorithm.StartManaged());

    public abstract void Append(ReadOnlySpan<byte> data);

    /// <summary>The state so far, to be continued in another direction.</summary>
    public abstract RunningDigest Clone();

    /// <summary>The digest of everything appended so far; the running state goes on.</summary>
    public abstract byte[] GetCurrentDigest();

    public virtual void Dispose()
    {
    }

    private sealed class NativeDigest(DigestAlgorithm algorithm, IncrementalHash hash) : RunningDigest(algorithm)
    {
        public override void Append(ReadOnlySpan<byte> data) => hash.AppendData(data);

        public override RunningDigest Clone() => new NativeDigest(Algorithm, hash.Clone());

        public override byte[] GetCurrentDigest() => hash.GetCurrentHash();

        public override void Dispose() => hash.Dispose();
    }

    private sealed class Managed(DigestAlgorithm algorithm, ManagedDigest state) : RunningDigest(algorithm)
    {
        public override void Append(ReadOnlySpan<byte> data) => state.Append(data);

        public override RunningDigest Clone() => new Managed(Algorithm, state.Clone());

        public override byte[] GetCurrentDigest()
        {
            byte[] digest = new byte[Algorithm.SizeInBytes];
            state.Clone().Finish(digest);
            return digest;
        }
    }
}
