using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace ESign.AspNetCore.RemoteSigning;

/// <summary>Signature activation data: allows exactly the hashes it was made for, once, for five minutes, to the caller it was given to.</summary>
/// <remarks>CSC API v2 §11.6 (credentials/authorize), SCAL2: the authorisation is linked to the data to be signed.</remarks>
internal sealed class SignatureAuthorizations(TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Authorization> _open = new(StringComparer.Ordinal);

    public string Create(string token, string credential, string digestOid, IReadOnlyList<byte[]> hashes)
    {
        DateTimeOffset now = time.GetUtcNow();
        foreach ((string key, Authorization old) in _open)
        {
            if (now >= old.EndsAt)
            {
                _open.TryRemove(key, out _);
            }
        }

        string data = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        _open[KeyOf(data)] = new Authorization(token, credential, digestOid, [.. hashes.Select(Convert.ToHexString)], now + Life);
        return data;
    }

    /// <summary>Takes the data, which then is used up whatever comes of it.</summary>
    public bool TryTake(string? data, string token, string credential, string digestOid, IReadOnlyList<byte[]> hashes) =>
        data is not null
        && _open.TryRemove(KeyOf(data), out Authorization? authorization)
        && time.GetUtcNow() < authorization.EndsAt
        && string.Equals(authorization.Token, token, StringComparison.Ordinal)
        && string.Equals(authorization.Credential, credential, StringComparison.Ordinal)
        && string.Equals(authorization.DigestOid, digestOid, StringComparison.Ordinal)
        && authorization.Hashes.SetEquals(hashes.Select(Convert.ToHexString));

    private static string KeyOf(string data) => Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(data)));

    private sealed record Authorization(string Token, string Credential, string DigestOid, HashSet<string> Hashes, DateTimeOffset EndsAt);
}
