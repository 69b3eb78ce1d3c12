using System.Security.Cryptography;
using System.Text;
using ESign.Registration.Protection;
using ESign.Registration.Records;

namespace ESign.AspNetCore.Applications;

/// <summary>The data keys of a service: their file, made at the first start, and the proof that they are the store's.</summary>
public static class DataKeys
{
    private const string Kind = "data-keys";
    private const string Id = "check";

    private static readonly byte[] Known = Encoding.ASCII.GetBytes("ESign data keys");

    /// <summary>Loads the keys, or makes them where there is neither a file nor anything sealed.</summary>
    /// <param name="path">The file; its folder is made.</param>
    /// <param name="store">The store whose contents they seal.</param>
    /// <param name="rotate">Whether to add a key that seals from now on, and seals anew what is there. No other server may run meanwhile.</param>
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
                throw new InvalidOperationException($"数据库已有加密记录，但缺少数据密钥文件 / The database holds sealed records, and the file of its data keys is missing: {path} (DataKeys:File)");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using DataKeyRing made = DataKeyRing.Create();
            made.Save(path);
        }

        DataKeyRing keys = DataKeyRing.Load(path);
        await CheckAsync(store, check, keys, path, cancellationToken).ConfigureAwait(false);
        if (rotate)
        {
            keys.Rotate();
            keys.Save(path);
            await keys.ResealAsync(store, cancellationToken).ConfigureAwait(false);
        }

        return keys;
    }

    private static async Task CheckAsync(IRecordStore store, StoredRecord? check, DataKeyRing keys, string path, CancellationToken cancellationToken)
    {
        if (check is null)
        {
            await store.AddAsync(new StoredRecord { Kind = Kind, Id = Id, Content = keys.Seal(Known, $"{Kind}/{Id}") }, cancellationToken).ConfigureAwait(false);
            check = await store.FindAsync(Kind, Id, cancellationToken).ConfigureAwait(false); // another server may have been first
        }

        try
        {
            keys.Open(check!.Content.Span, $"{Kind}/{Id}");
        }
        catch (CryptographicException exception)
        {
            throw new InvalidOperationException($"数据密钥与数据库不符 / The data keys are not those of this database: {path} (DataKeys:File); every server on one database needs the same file", exception);
        }
    }
}
