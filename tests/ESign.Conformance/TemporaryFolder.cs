using System.Globalization;

namespace ESign.Conformance;

/// <summary>A folder for the files of one test, gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("esign-").FullName;
    private int _count;

    /// <summary>Writes a text file and returns its path.</summary>
    public string Write(string text)
    {
        string path = Path.Combine(_path, (_count++).ToString(CultureInfo.InvariantCulture) + ".pem");
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
