using System.Reflection;
using System.Runtime.InteropServices;

namespace ESign.Storage;

/// <summary>Loads SQLite: the system's library where present, else the one that comes with the package.</summary>
internal static class SqliteLibrary
{
    private const string BundledName = "e_sqlite3";
    private const string SystemName = "libsqlite3.so.0";

    private static readonly Lazy<bool> Loaded = new(() =>
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, Resolve);
        SQLitePCL.Batteries_V2.Init();
        return true;
    });

    public static void Load() => _ = Loaded.Value;

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        string.Equals(name, BundledName, StringComparison.Ordinal) && NativeLibrary.TryLoad(SystemName, out nint handle) ? handle : 0;
}
