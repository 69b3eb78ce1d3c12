using System.Security.Cryptography;
using System.Text;
using ESign.Registration.Protection;
using ESign.Registration.Records;

namespace ESign.AspNetCore.Applications;

/// <summary>The data keys of a service: their file, made at the first start, and the proof that they are the store's.</summary>
public static class DataKeys
{
    internal const string Kind = "data-keys";
    internal const string Id = "check";

    private static readonly byte[] Known = Encoding.ASCII.GetBytes("ESign data keys");

    /// <summary>Loads the keys, or makes them where there is neither a file nor anything sealed.</summary>
    /// <param name="path">The file; its folder is made.</param>
    /// <param name="store">The store whose contents they seal.</param>
    /// <param name="rotate">
    /// Whether to add a key to the file. The service seals with it, and seals anew what is there, once every server that runs on the store knows it.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The keys; disposed by the caller.</returns>
    /// <exception cref="InvalidOperationException">The file is missing although the store holds sealed records, belongs to another store, or is readable to others.</exception>
    public static async Task<DataKeyRing> OpenAsync(string path, IRecordStore store, bool rotate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        StoredRecord? check = await store.FindAsync(Kind, Id, cancellationToken).ConfigureAwait(false);
        if (!File.Exists(path))
        {
            if (check is not null)
            {
                throw new InvalidOperationException($"数据库已有加密记录，但缺少数据密钥文件：{path}（DataKeys:File） / The database holds sealed records, and the file of its data keys is missing: {path} (DataKeys:File)");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using DataKeyRing made = DataKeyRing.Create();
            made.Save(path);
        }

        DataKeyRing keys = DataKeyRing.Load(path);
        check = await CheckAsync(store, check, keys, path, cancellationToken).ConfigureAwait(false);
        keys.Use(DataKeyRing.KeyIdOf(check.Content.Span)!);
        if (rotate && check.State.Length == 0) // else the last rotation is not over yet
        {
            string id = keys.AddKey();
            keys.Save(path);
            await store.ReplaceAsync(check with { State = DataKeyRotation.Announced + id }, cancellationToken).ConfigureAwait(false);
        }

        return keys;
    }

    /// <summary>The record that proves the keys to be the store's, and says by its key which one seals.</summary>
    internal static StoredRecord CreateCheck(DataKeyRing keys, string keyId) => new() { Kind = Kind, Id = Id, Content = keys.Seal(Known, DataKeyRing.ContextOf(Kind, Id), keyId) };

    private static async Task<StoredRecord> CheckAsync(IRecordStore store, StoredRecord? check, DataKeyRing keys, string path, CancellationToken cancellationToken)
    {
        if (check is null)
        {
            await store.AddAsync(CreateCheck(keys, keys.CurrentKeyId), cancellationToken).ConfigureAwait(false);
            check = (await store.FindAsync(Kind, Id, cancellationToken).ConfigureAwait(false))!; // another server may have been first
        }

        try
        {
            keys.Open(check.Content.Span, DataKeyRing.ContextOf(Kind, Id));
            return check;
        }
        catch (CryptographicException exception)
        {
            throw new InvalidOperationException($"数据密钥与数据库不符：{path}（DataKeys:File），共用一个数据库的服务器须使用同一文件 / The data keys are not those of this database: {path} (DataKeys:File); every server on one database needs the same file", exception);
        }
    }
}
