using System.Buffers.Text;
using System.Security.Cryptography;
using ESign.Registration.Protection;
using ESign.Registration.Records;

namespace ESign.AspNetCore.RemoteSigning;

/// <summary>Signature activation data: allows exactly the hashes it was made for, once, for five minutes, to the caller it was given to.</summary>
/// <remarks>
/// CSC API v2 §11.6 (credentials/authorize), SCAL2: the authorisation is linked to the data to be signed. Kept in the service's store under
/// the hash of the data: it may be used on another server, and after a restart; who reads the store cannot use it.
/// </remarks>
internal sealed class SignatureAuthorizations(IRecordStore store, DataKeyRing keys, TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <summary>How many ended authorisations one new one clears away.</summary>
    private const int Cleared = 20;

    private readonly RecordSet<SignatureAuthorization> _records = new(
        store, keys, "signing-authorization", RemoteSigningJson.Default.SignatureAuthorization, static authorization => new RecordFacts(authorization.Id) { DueAt = authorization.EndsAt });

    public async ValueTask<string> CreateAsync(string token, string credential, string digestOid, IReadOnlyList<byte[]> hashes, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        await foreach (Versioned<SignatureAuthorization> ended in _records.ListAsync(dueBy: now, limit: Cleared, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            await _records.RemoveAsync(ended.Value.Id, cancellationToken).ConfigureAwait(false);
        }

        string data = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var authorization = new SignatureAuthorization
        {
            Id = IdOf(data),
            Token = token,
            Credential = credential,
            DigestOid = digestOid,
            Hashes = Sorted(hashes),
            EndsAt = now + Life,
        };
        await _records.AddAsync(authorization, cancellationToken).ConfigureAwait(false);
        return data;
    }

    /// <summary>Takes the data, which then is used up whatever comes of it; of several callers one gets it.</summary>
    public async ValueTask<bool> TryTakeAsync(string? data, string token, string credential, string digestOid, IReadOnlyList<byte[]> hashes, CancellationToken cancellationToken)
    {
        if (data is null
            || await _records.FindAsync(IdOf(data), cancellationToken).ConfigureAwait(false) is not { Value: { } authorization }
            || !await _records.RemoveAsync(authorization.Id, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        return time.GetUtcNow() < authorization.EndsAt
            && string.Equals(authorization.Token, token, StringComparison.Ordinal)
            && string.Equals(authorization.Credential, credential, StringComparison.Ordinal)
            && string.Equals(authorization.DigestOid, digestOid, StringComparison.Ordinal)
            && authorization.Hashes.SequenceEqual(Sorted(hashes), StringComparer.Ordinal);
    }

    private static string[] Sorted(IReadOnlyList<byte[]> hashes) => [.. hashes.Select(Convert.ToHexString).Order(StringComparer.Ordinal)];

    private static string IdOf(string data) => Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(data)));
}

/// <summary>What one authorisation allows.</summary>
internal sealed record SignatureAuthorization
{
    public required string Id { get; init; }

    public required string Token { get; init; }

    public required string Credential { get; init; }

    public required string DigestOid { get; init; }

    /// <summary>In hexadecimal, sorted; one that is to be signed twice is there twice.</summary>
    public IReadOnlyList<string> Hashes { get; init => field = value ?? []; } = [];

    public DateTimeOffset EndsAt { get; init; }
}
