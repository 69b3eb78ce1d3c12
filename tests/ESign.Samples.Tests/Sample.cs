using ESign.Testing;

namespace ESign.Samples.Tests;

/// <summary>Runs a built sample in a folder of its own, as a reader would.</summary>
internal static class Sample
{
    /// <summary>The built program of a sample, of the configuration these tests have.</summary>
    public static string Assembly(string name)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name; // bin/Debug/net10.0
        return Repository.PathTo("samples", name, "bin", configuration, "net10.0", name + ".dll");
    }

    /// <summary>Runs a sample to its end; it must succeed.</summary>
    /// <returns>What it printed.</returns>
    public static string Run(string name, TemporaryFolder folder, IReadOnlyDictionary<string, string>? environment = null, params string[] arguments)
    {
        Tool run = Tool.Run("dotnet", [Assembly(name), .. arguments], folder.Path, timeoutSeconds: 120, environment);
        Assert.True(run.ExitCode == 0, $"{name} ended with {run.ExitCode}:\n{run.Output}\n{run.Error}");
        return run.Output;
    }

    /// <summary>Runs a witness in the folder; it must succeed.</summary>
    /// <returns>All it printed.</returns>
    public static string Witness(string program, TemporaryFolder folder, params string[] arguments)
    {
        Tool run = Tool.Run(program, arguments, folder.Path);
        Assert.True(run.ExitCode == 0, $"{program}: {run.Output}\n{run.Error}");
        return run.Output + run.Error;
    }
}
