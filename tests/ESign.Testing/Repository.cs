namespace ESign.Testing;

/// <summary>Where this checkout lies.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    public static string PathTo(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ESign.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("ESign.sln was not found above " + AppContext.BaseDirectory);
    }
}
