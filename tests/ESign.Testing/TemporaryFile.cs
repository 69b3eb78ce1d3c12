namespace ESign.Testing;

/// <summary>A file for a witness to look at; gone when disposed.</summary>
public sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(ReadOnlySpan<byte> content, string extension = ".pdf")
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "esign-" + Guid.NewGuid().ToString("N") + extension);
        File.WriteAllBytes(Path, content);
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}
