using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ESign.Testing;
using Npgsql;

namespace ESign.Storage.Tests;

/// <summary>Debian's PostgreSQL in a temporary folder on a free loopback port, run as user postgres (it refuses root), stopped by its own pg_ctl.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private string? _folder;
    private string _binaries = "";

    public NpgsqlDataSource? Source { get; private set; }

    public string? MissingReason { get; private set; }

    public async ValueTask InitializeAsync()
    {
        string? initdb = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetFiles("/usr/lib/postgresql", "initdb", SearchOption.AllDirectories).Order(StringComparer.Ordinal).LastOrDefault()
            : null;
        if (initdb is null)
        {
            MissingReason = "postgresql is not installed";
            return;
        }

        _binaries = Path.GetDirectoryName(initdb)!;
        _folder = Directory.CreateTempSubdirectory("esign-pg-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            Run("chown", "postgres", _folder);
        }

        int port = FreePort();
        string data = Path.Combine(_folder, "data");
        RunAsServer("initdb", "-D", data, "-U", "esign", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-locale");
        RunAsServer("pg_ctl", "-D", data, "-w", "-l", Path.Combine(_folder, "log"), "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder}", "start");
        Source = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={port};Username=esign;Database=postgres");
        await using NpgsqlConnection connection = await Source.OpenConnectionAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Source is not null)
        {
            await Source.DisposeAsync();
            RunAsServer("pg_ctl", "-D", Path.Combine(_folder!, "data"), "-m", "immediate", "-w", "stop");
        }

        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void RunAsServer(string program, params string[] arguments)
    {
        string path = Path.Combine(_binaries, program);
        if (Environment.IsPrivilegedProcess)
        {
            Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
        }
        else
        {
            Run(path, arguments);
        }
    }

    // Not through Tool: pg_ctl leaves a server behind that would hold redirected pipes open.
    private void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", program, .. arguments]) { WorkingDirectory = _folder })!;
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(120)), program);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
