using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ESign.Pki.Keys;
using ESign.Registration.Records;

namespace ESign.Registration.Protection;

/// <summary>The keys that seal what a store keeps (AES-256-GCM), and the key of the hashes it is found by (HMAC-SHA-256).</summary>
/// <remarks>
/// <para>Sealed: version (1) ‖ length of key id ‖ key id ‖ nonce (12) ‖ tag (16) ‖ ciphertext; everything before the nonce and the caller's
/// context are authenticated too, so that content moved to another record does not open. Nonces are random: a key seals up to 2³² records
/// (NIST SP 800-38D §8.3).</para>
/// <para>Thread-safe. One key seals, the newest unless servers that share a store agreed otherwise; every key opens. The key of the hashes stays: a
/// new one would lose every record.</para>
/// </remarks>
public sealed class DataKeyRing : IDisposable
{
    private const byte FormatVersion = 1;
    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int MaximumKeys = 1000;
    private const string IndexName = "index";

    private readonly byte[] _index;
    private readonly Lock _changing = new();
    private volatile (string Id, byte[] Key)[] _keys;
    private volatile string _current;
    private volatile bool _isDisposed;

    private DataKeyRing(byte[] index, (string Id, byte[] Key)[] keys)
    {
        _index = index;
        _keys = keys;
        _current = keys[^1].Id;
    }

    /// <summary>The key that seals now.</summary>
    public string CurrentKeyId => _current;

    /// <summary>The file it was loaded from; <see langword="null"/> when it lives in this process alone.</summary>
    internal string? File { get; private init; }

    /// <summary>Every key, oldest first.</summary>
    internal IReadOnlyList<string> KeyIds => [.. _keys.Select(static key => key.Id)];

    /// <summary>Makes a ring with one key, for this process alone unless saved.</summary>
    /// <returns>The ring.</returns>
    public static DataKeyRing Create() => new(RandomNumberGenerator.GetBytes(KeySize), [("1", RandomNumberGenerator.GetBytes(KeySize))]);

    /// <summary>Loads a ring from its file.</summary>
    /// <param name="path">The file: a line a key, its id and 32 octets in base64; <c>index</c> is the key of the hashes; the last key seals.</param>
    /// <returns>The ring.</returns>
    /// <exception cref="InvalidOperationException">It is not such a file, or others than its owner may read it.</exception>
    public static DataKeyRing Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (System.IO.File.GetUnixFileMode(path) & Others) != 0)
        {
            throw new InvalidOperationException($"数据密钥文件只能由其所有者读写（chmod 600）：{path} / The file of the data keys must be its owner's alone (chmod 600): {path}");
        }

        (string Id, byte[] Key)[] lines = [.. System.IO.File.ReadLines(path).Where(static line => line.Length > 0 && line[0] != '#').Take(MaximumKeys).Select(line => ParseLine(line, path))];
        byte[]? index = Array.Find(lines, static line => line.Id == IndexName).Key;
        (string Id, byte[] Key)[] keys = [.. lines.Where(static line => line.Id != IndexName)];
        return index is not null && keys.Length > 0 && keys.DistinctBy(static key => key.Id, StringComparer.Ordinal).Count() == keys.Length
            ? new DataKeyRing(index, keys) { File = Path.GetFullPath(path) }
            : throw Malformed(path);
    }

    /// <summary>Writes the ring to a file only its owner may read.</summary>
    /// <param name="path">The file; replaced as a whole.</param>
    public void Save(string path)
    {
        var text = new StringBuilder("# ESign data keys; without them nothing sealed can be read again. Keep a copy apart from the database's.\n");
        text.Append(IndexName).Append(' ').Append(Convert.ToBase64String(_index)).Append('\n');
        foreach ((string id, byte[] key) in _keys)
        {
            text.Append(id).Append(' ').Append(Convert.ToBase64String(key)).Append('\n');
        }

        byte[] bytes = Encoding.ASCII.GetBytes(text.ToString());
        PrivateFile.Write(path, bytes);
        CryptographicOperations.ZeroMemory(bytes);
    }

    /// <summary>Adds a key and seals with it from now on. Save the ring before anything is sealed.</summary>
    /// <returns>The new key's id.</returns>
    public string Rotate()
    {
        string id = AddKey();
        Use(id);
        return id;
    }

    /// <summary>Adds a key that opens, and does not seal yet.</summary>
    /// <returns>Its id: one that no other server chooses at the same time.</returns>
    internal string AddKey()
    {
        lock (_changing)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"{_keys.Length + 1}x{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}");
            _keys = [.. _keys, (id, RandomNumberGenerator.GetBytes(KeySize))];
            return id;
        }
    }

    /// <summary>Seals with a key of the ring from now on.</summary>
    internal void Use(string id) => _current = FindKey(id) is null ? throw new ArgumentException($"There is no data key {id}.", nameof(id)) : id;

    /// <summary>Takes over the keys of another ring that this one has not.</summary>
    /// <returns>Whether this one had keys the other has not.</returns>
    /// <exception cref="InvalidOperationException">The other is of another store.</exception>
    internal bool Adopt(DataKeyRing other)
    {
        lock (_changing)
        {
            bool isOfAnother = !CryptographicOperations.FixedTimeEquals(_index, other._index)
                || other._keys.Any(key => FindKey(key.Id) is { } own && !CryptographicOperations.FixedTimeEquals(own, key.Key));
            if (isOfAnother)
            {
                throw new InvalidOperationException($"数据密钥文件属于另一数据库：{other.File} / The file of data keys is another store's: {other.File}");
            }

            _keys = [.. _keys, .. other._keys.Where(key => FindKey(key.Id) is null).Select(static key => (key.Id, (byte[])key.Key.Clone()))];
            return _keys.Length > other._keys.Length;
        }
    }

    /// <summary>Wipes the keys.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        CryptographicOperations.ZeroMemory(_index);
        foreach ((_, byte[] key) in _keys)
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>A keyed hash to find a value by: equal values have equal hashes, and without the key nobody can try values out.</summary>
    /// <param name="name">What the value is, for example <c>document</c>: equal values of other names have other hashes.</param>
    /// <param name="value">The value.</param>
    /// <returns>The name, a colon and 32 lower-case hexadecimal digits.</returns>
    internal string Hash(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        byte[] mac = HMACSHA256.HashData(_index, Encoding.UTF8.GetBytes($"esign-record-key-v1\0{name}\0{value}"));
        return $"{name}:{Convert.ToHexStringLower(mac.AsSpan(0, 16))}";
    }

    /// <summary>Seals.</summary>
    /// <param name="plain">What to seal.</param>
    /// <param name="context">Where it belongs, for example <c>enterprise/E-1</c>: it opens nowhere else.</param>
    /// <returns>The sealed bytes.</returns>
    internal byte[] Seal(ReadOnlySpan<byte> plain, string context) => Seal(plain, context, _current);

    /// <summary>Seals with a certain key.</summary>
    internal byte[] Seal(ReadOnlySpan<byte> plain, string context, string keyId)
    {
        byte[] key = FindKey(keyId) ?? throw new ArgumentException($"There is no data key {keyId}.", nameof(keyId));
        byte[] id = Encoding.ASCII.GetBytes(keyId);
        int head = 2 + id.Length;
        byte[] output = new byte[head + NonceSize + TagSize + plain.Length];
        output[0] = FormatVersion;
        output[1] = (byte)id.Length;
        id.CopyTo(output, 2);
        Span<byte> nonce = output.AsSpan(head, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagSize);
        cipher.Encrypt(nonce, plain, output.AsSpan(head + NonceSize + TagSize), output.AsSpan(head + NonceSize, TagSize), Associated(output.AsSpan(0, head), context));
        return output;
    }

    /// <summary>Opens what <see cref="Seal(ReadOnlySpan{byte}, string)"/> made.</summary>
    /// <param name="sealedBytes">The sealed bytes.</param>
    /// <param name="context">The context they were sealed for.</param>
    /// <returns>The content.</returns>
    /// <exception cref="CryptographicException">Altered, moved from elsewhere, or sealed with a key that is not in the ring.</exception>
    internal byte[] Open(ReadOnlySpan<byte> sealedBytes, string context)
    {
        string? id = KeyIdOf(sealedBytes);
        int head = 2 + (id?.Length ?? 0);
        if (id is null || sealedBytes.Length < head + NonceSize + TagSize || FindKey(id) is not { } key)
        {
            throw new CryptographicException($"数据密钥不符（{id ?? "unreadable"}） / The record was sealed with a data key that is not here ({id ?? "unreadable"}).");
        }

        byte[] plain = new byte[sealedBytes.Length - head - NonceSize - TagSize];
        using var cipher = new AesGcm(key, TagSize);
        cipher.Decrypt(sealedBytes.Slice(head, NonceSize), sealedBytes[(head + NonceSize + TagSize)..], sealedBytes.Slice(head + NonceSize, TagSize), plain, Associated(sealedBytes[..head], context));
        return plain;
    }

    /// <summary>Seals with the key that seals now what others sealed.</summary>
    /// <param name="store">The store.</param>
    /// <param name="cancellationToken">Cancels the call; what was done stays.</param>
    /// <returns>How many records were sealed anew.</returns>
    /// <exception cref="CryptographicException">A record was not sealed with a key of this ring.</exception>
    public async Task<int> ResealAsync(IRecordStore store, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        int count = 0;
        await foreach (StoredRecord record in store.ListAsync(new RecordQuery(), cancellationToken).ConfigureAwait(false))
        {
            if (string.Equals(KeyIdOf(record.Content.Span), CurrentKeyId, StringComparison.Ordinal))
            {
                continue;
            }

            string context = ContextOf(record.Kind, record.Id);
            byte[] plain = Open(record.Content.Span, context);
            RecordOutcome outcome = await store.ReplaceAsync(record with { Content = Seal(plain, context) }, cancellationToken).ConfigureAwait(false);
            CryptographicOperations.ZeroMemory(plain);
            count += outcome == RecordOutcome.Done ? 1 : 0; // else somebody wrote it meanwhile, with the key of now
        }

        return count;
    }

    /// <summary>What a record is sealed for.</summary>
    internal static string ContextOf(string kind, string id) => $"{kind}/{id}";

    /// <summary>The id of the key something was sealed with; <see langword="null"/> when it is not sealed so.</summary>
    internal static string? KeyIdOf(ReadOnlySpan<byte> sealedBytes) =>
        sealedBytes is [FormatVersion, var length, ..] && sealedBytes.Length >= 2 + length && Ascii.IsValid(sealedBytes.Slice(2, length)) ? Encoding.ASCII.GetString(sealedBytes.Slice(2, length)) : null;

    // A wiped key would seal all the same, for everybody to open.
    private byte[]? FindKey(string id)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return Array.Find(_keys, key => string.Equals(key.Id, id, StringComparison.Ordinal)).Key;
    }

    private static byte[] Associated(ReadOnlySpan<byte> head, string context) => [.. head, .. Encoding.UTF8.GetBytes(context)];

    private static (string Id, byte[] Key) ParseLine(string line, string path)
    {
        byte[] key = new byte[KeySize];
        string[] parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool isKey = parts.Length == 2 && parts[0].Length is > 0 and <= 32 && parts[0].All(char.IsAsciiLetterOrDigit)
            && Base64.IsValid(parts[1], out int size) && size == KeySize && Convert.TryFromBase64String(parts[1], key, out _);
        return isKey ? (parts[0], key) : throw Malformed(path);
    }

    private static InvalidOperationException Malformed(string path) => new($"数据密钥文件格式错误：{path} / This is not a file of data keys: {path}");
}
