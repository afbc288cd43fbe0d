using System.Runtime.InteropServices;
using SQLitePCL;

namespace Grid.Runtime.Storage;

/// <summary>Binds the managed provider to the system's SQLite, which the distribution keeps patched; nothing native is bundled.</summary>
public static class NativeSqlite
{
    private const string BoundName = "e_sqlite3";
    private static readonly string[] LibraryNames = ["libsqlite3.so.0", "libsqlite3.so", "libsqlite3.dylib"];
    private static readonly Lock Gate = new();
    private static bool _loaded;

    /// <exception cref="StoreUnavailableException">The system has no SQLite library.</exception>
    public static void EnsureLoaded()
    {
        lock (Gate)
        {
            if (_loaded) return;
            var library = LoadLibrary();
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (name, _, _) => name == BoundName ? library : 0);
            raw.SetProvider(new SQLite3Provider_e_sqlite3());
            _loaded = true;
        }
    }

    private static nint LoadLibrary()
    {
        foreach (var name in LibraryNames)
            if (NativeLibrary.TryLoad(name, out var library))
                return library;
        throw new StoreUnavailableException(
            $"SQLite was not found (tried {string.Join(", ", LibraryNames)}). Install it: on Debian and Ubuntu the package is libsqlite3-0 (apt-get install libsqlite3-0).");
    }
}
