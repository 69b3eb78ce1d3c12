using ESign.AspNetCore;
using ESign.AspNetCore.Applications;
using ESign.AspNetCore.Development;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Transparency;
using ESign.Registration;
using ESign.Registration.Access;
using ESign.Registration.Protection;
using ESign.Registration.Records;
using ESign.Storage;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Npgsql;

return await ESignServer.RunAsync(args, Console.Out, Console.Error);

/// <summary>The hosted service: certificate authorities, timestamps, status, enrolment, API. Settings: appsettings.json, environment, arguments.</summary>
public static class ESignServer
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Starts the service and waits for its end.</summary>
    /// <returns>0; 78 (sysexits EX_CONFIG) when the settings are refused.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        try
        {
            await using WebApplication app = await CreateAsync(args, output);
            await app.RunAsync();
            return 0;
        }
        catch (InvalidOperationException exception)
        {
            await error.WriteLineAsync("esign: " + exception.Message);
            await error.WriteLineAsync("hint: see docs/deploy");
            return 78;
        }
    }

    /// <summary>Prepares the service; the first start makes a development authority and an administrator's token and says so.</summary>
    /// <exception cref="InvalidOperationException">The settings are incomplete or unsafe.</exception>
    public static async Task<WebApplication> CreateAsync(string[] args, TextWriter output)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        ConfigurationManager settings = builder.Configuration;
        string data = Path.GetFullPath(settings["ESIGN_DATA"] is { Length: > 0 } given ? given : Path.Combine(AppContext.BaseDirectory, "data"));
        PrivateFile.CreateFolder(data);
        string[] urls = (settings["urls"] ?? DefaultUrl).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        bool isBehindProxy = settings.GetValue<bool>("BehindProxy");
        string publicUrl = settings["CertificateAuthority:PublicUrl"] ?? urls[0];
        TimeProvider time = TimeProvider.System;
        (ICertificateRepository certificates, ITransparencyLog log, IAccessTokenStore tokens, IRecordStore records) = await OpenStoresAsync(builder, data);

        if (!settings.GetSection("CertificateAuthority:Issuers").Exists())
        {
            IReadOnlyList<string> made = await new DevelopmentAuthority(data, publicUrl, certificates, log, time).EnsureAsync();
            settings.AddJsonFile(Path.Combine(data, DevelopmentAuthority.SettingsFile), optional: false);
            Announce(output, data, urls, made);
        }

        settings.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["CertificateAuthority:PublicUrl"] = publicUrl,
            ["CertificateAuthority:Folder"] = settings["CertificateAuthority:Folder"] ?? data,
            ["TimestampAuthority:Folder"] = settings["TimestampAuthority:Folder"] ?? data,
            ["Verification:Folder"] = settings["Verification:Folder"] ?? data,
            ["RemoteSigning:Folder"] = settings["RemoteSigning:Folder"] ?? data,
            ["Callbacks:Folder"] = settings["Callbacks:Folder"] ?? data,
            ["AuditLog:Folder"] = settings["AuditLog:Folder"] ?? data,
            ["AuditLog:PublicKeyFile"] = settings["AuditLog:PublicKeyFile"] ?? Path.Combine(data, "audit-public.pem"),
        });
        RefuseUnsafe(ProductionChecklist.Read(settings, urls, publicUrl));
        if (await AdministratorToken.EnsureAsync(tokens, log, time, settings.GetValue<bool>("RecoverAdministrator")) is { } token)
        {
            await output.WriteLineAsync($"管理员令牌（仅显示一次） / administrator token (shown once): {token}");
        }

        bool isDevelopment = settings.GetValue<bool>("CertificateAuthority:IsDevelopment"); // then demonstrations verify themselves
        DataKeyRing keys = await DataKeys.OpenAsync(Path.GetFullPath(settings["DataKeys:File"] ?? Path.Combine("keys", "data-keys"), data), records, settings.GetValue<bool>("DataKeys:Rotate"));
        Configure(builder, urls, isBehindProxy);
        ESignBuilder esign = builder.Services.AddESign()
            .UseStores(certificates, log, tokens)
            .UseRecords(records, keys)
            .UseProviders(isDevelopment ? RegistrationProviders.Offline(time) : RegistrationProviders.None(time))
            .ConfigureRegistration(settings.GetSection("Registration"))
            .ConfigureAccounts(settings.GetSection("Accounts"))
            .AddCallbacks(settings.GetSection("Callbacks"))
            .AddAuditLog(settings.GetSection("AuditLog"))
            .AddCertificateAuthority(settings.GetSection("CertificateAuthority"))
            .ConfigureVerification(settings.GetSection("Verification"))
            .AddRemoteSigning(settings.GetSection("RemoteSigning"))
            .LimitRequests(settings.GetSection("Limits"));
        bool hasTimestamps = settings.GetSection("TimestampAuthority:Certificate").Exists();
        if (hasTimestamps)
        {
            esign.AddTimestampAuthority(settings.GetSection("TimestampAuthority"));
        }

        WebApplication app = builder.Build();
        Map(app, isBehindProxy, hasTimestamps);
        return app;
    }

    private static void Map(WebApplication app, bool isBehindProxy, bool hasTimestamps)
    {
        if (isBehindProxy)
        {
            if (app.Configuration["ClientCertificateHeader"] is { Length: > 0 } header)
            {
                app.UseForwardedClientCertificate(header, Proxies(app.Configuration));
            }

            app.UseForwardedHeaders();
        }

        app.UseESign();
        app.UseRouting();
        app.MapCertificateAuthority("/ca");
        app.MapEnrolment();
        app.MapESignApi();
        app.MapAuditLog();
        app.MapRemoteSigning();
        app.MapESignOperations();
        app.MapPages(typeof(ESignServer).Assembly);
        if (hasTimestamps)
        {
            app.MapTimestampAuthority("/tsa");
        }
    }

    private static async Task<(ICertificateRepository Certificates, ITransparencyLog Log, IAccessTokenStore Tokens, IRecordStore Records)> OpenStoresAsync(WebApplicationBuilder builder, string data)
    {
        if (builder.Configuration.GetConnectionString("PostgreSql") is { } connection)
        {
            NpgsqlDataSource source = NpgsqlDataSource.Create(connection);
            builder.Services.AddSingleton(_ => source); // disposed with the services
            return (await SqlCertificateRepository.OpenPostgresAsync(source), await SqlTransparencyLog.OpenPostgresAsync(source), await SqlAccessTokenStore.OpenPostgresAsync(source), await SqlRecordStore.OpenPostgresAsync(source));
        }

        string file = Path.Combine(data, "esign.db");
        return (SqlCertificateRepository.OpenSqlite(file), SqlTransparencyLog.OpenSqlite(file), SqlAccessTokenStore.OpenSqlite(file), SqlRecordStore.OpenSqlite(file));
    }

    private static IEnumerable<System.Net.IPAddress> Proxies(IConfiguration settings) =>
        (settings.GetSection("Proxies").Get<string[]>() ?? []).Select(System.Net.IPAddress.Parse);

    private static void Announce(TextWriter output, string data, string[] urls, IReadOnlyList<string> made)
    {
        output.WriteLine("*** 开发用CA，请勿信任 / DEVELOPMENT certificate authority: do not trust it ***");
        foreach (string line in made)
        {
            output.WriteLine("    已创建 / made  " + line);
        }

        output.WriteLine($"    数据 / data     {data}");
        output.WriteLine($"    地址 / address  {string.Join(" ", urls)}");
    }

    private static void RefuseUnsafe(ProductionChecklist checklist)
    {
        if (checklist.FindFaults() is { Count: > 0 } faults)
        {
            throw new InvalidOperationException("设置不安全，拒绝启动 / The settings are not safe; the service does not start:\n  - " + string.Join("\n  - ", faults));
        }
    }

    private static void Configure(WebApplicationBuilder builder, string[] urls, bool isBehindProxy)
    {
        builder.WebHost.UseUrls(urls);
        bool useClientCertificates = builder.Configuration.GetValue("ClientCertificates", defaultValue: true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1 << 20;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(1);
            kestrel.Limits.MaxConcurrentConnections = 4096;
            if (useClientCertificates)
            {
                // Asked for, not demanded. Who holds one is judged by ESign itself, against what it issued.
                kestrel.ConfigureHttpsDefaults(static https =>
                {
                    https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                    https.AllowAnyClientCertificate();
                });
            }
        });
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            // Only what a proxy on this machine says, or one that the settings name, is believed.
            options.ForwardedHeaders = isBehindProxy ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
            foreach (System.Net.IPAddress proxy in Proxies(builder.Configuration))
            {
                options.KnownProxies.Add(proxy);
            }
        });
        builder.Logging.ClearProviders();
        builder.Logging.AddJsonConsole(static console =>
        {
            console.IncludeScopes = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });
        builder.Logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
