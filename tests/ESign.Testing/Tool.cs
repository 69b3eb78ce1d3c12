using System.Diagnostics;
using System.Text;

namespace ESign.Testing;

/// <summary>Runs a witness: a program ESign's authors did not write (openssl, qpdf, pdfsig, mutool, …).</summary>
public sealed record Tool(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a program and waits; skips the calling test (or fails it in CI) when the program is not installed.</summary>
    public static Tool Run(string program, params string[] arguments) => Run(program, arguments, workingDirectory: null, timeoutSeconds: 60);

    public static Tool Run(string program, IEnumerable<string> arguments, string? workingDirectory, int timeoutSeconds = 60, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Require(program))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(timeoutSeconds)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end within {timeoutSeconds} s");
        }

        return new Tool(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    /// <summary>The full path of a program, or a skip (a failure in CI) with the reason.</summary>
    public static string Require(string program)
    {
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            string candidate = Path.Combine(folder, program);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        Ci.SkipOrFail($"{program} is not installed");
        return program;
    }
}
