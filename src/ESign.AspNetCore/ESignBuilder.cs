using ESign.AspNetCore.Accounts;
using ESign.AspNetCore.Api;
using ESign.AspNetCore.Audit;
using ESign.AspNetCore.Applications;
using ESign.AspNetCore.Authorities;
using ESign.AspNetCore.Callbacks;
using ESign.AspNetCore.Operations;
using ESign.AspNetCore.RemoteSigning;
using ESign.AspNetCore.Timestamps;
using ESign.Pki.Issuance;
using ESign.Pki.Transparency;
using ESign.Registration;
using ESign.Registration.Access;
using ESign.Registration.Protection;
using ESign.Registration.Records;
using ESign.Tsa;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ESign.AspNetCore;

/// <summary>Adds the parts of the service one by one (<see cref="ESignServiceCollectionExtensions.AddESign"/>).</summary>
public sealed class ESignBuilder
{
    internal ESignBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services the parts are added to.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds certificate authorities.</summary>
    /// <param name="section">The settings (<see cref="CertificateAuthoritySettings"/>).</param>
    /// <returns>This builder.</returns>
    public ESignBuilder AddCertificateAuthority(IConfiguration section)
    {
        CertificateAuthoritySettings settings = Read<CertificateAuthoritySettings>(section, "CertificateAuthority");
        Services.AddSingleton(settings);
        Services.AddSingleton(provider => Audited(IssuerDirectory.Load(settings, provider.GetRequiredService<ICertificateRepository>(), provider.GetRequiredService<TimeProvider>()), provider));
        return this;
    }

    /// <summary>Adds one certificate authority that exists already, under the name <c>ca</c>.</summary>
    /// <param name="authority">The authority; its key is disposed with the service.</param>
    /// <returns>This builder.</returns>
    public ESignBuilder AddCertificateAuthority(CertificateAuthority authority)
    {
        ArgumentNullException.ThrowIfNull(authority);
        var settings = new CertificateAuthoritySettings { PublicUrl = "" };
        Services.AddSingleton(settings);
        Services.AddSingleton(provider => Audited(new IssuerDirectory([new HostedIssuer("ca", authority, settings)]), provider));
        return this;
    }

    /// <summary>Adds a timestamp authority with its clock guard.</summary>
    /// <param name="section">The settings (<see cref="TimestampAuthoritySettings"/>).</param>
    /// <returns>This builder.</returns>
    public ESignBuilder AddTimestampAuthority(IConfiguration section)
    {
        TimestampAuthoritySettings settings = Read<TimestampAuthoritySettings>(section, "TimestampAuthority");
        Services.AddSingleton(provider => TimestampAuthorityFactory.CreateGuard(settings, provider.GetRequiredService<TimeProvider>()));
        Services.AddSingleton(provider => TimestampAuthorityFactory.Create(settings, provider.GetRequiredService<ClockGuard>(), provider.GetRequiredService<TimeProvider>()));
        Services.AddHostedService<ClockRefresh>();
        return this;
    }

    /// <summary>Adds a timestamp authority that exists already.</summary>
    /// <param name="authority">The authority; it should be made with the same guard.</param>
    /// <param name="guard">What vouches for its clock; it is refreshed every minute from the start of the application.</param>
    /// <returns>This builder.</returns>
    public ESignBuilder AddTimestampAuthority(TimestampAuthority authority, ClockGuard guard)
    {
        ArgumentNullException.ThrowIfNull(authority);
        ArgumentNullException.ThrowIfNull(guard);
        Services.AddSingleton(authority);
        Services.AddSingleton(guard);
        Services.AddHostedService<ClockRefresh>();
        return this;
    }

    /// <summary>Signs the audit log's checkpoints with a key that lasts, under a name of the operator's own.</summary>
    /// <param name="section">The settings (<see cref="AuditLogSettings"/>).</param>
    /// <returns>This builder.</returns>
    public ESignBuilder AddAuditLog(IConfiguration section)
    {
        AuditLogSettings settings = section.Get<AuditLogSettings>() ?? new AuditLogSettings();
        Services.AddSingleton(settings);
        if (settings.Key is { } key)
        {
            Services.AddSingleton(_ => new AuditKey(CredentialFiles.LoadKey(settings.Folder, key, settings.PasswordFile)));
        }

        return this;
    }

    /// <summary>Limits requests.</summary>
    /// <param name="section">The settings (<see cref="RequestLimitSettings"/>).</param>
    /// <returns>This builder.</returns>
    public ESignBuilder LimitRequests(IConfiguration section) => Set<RequestLimitSettings>(section);

    /// <summary>Says whom to trust when documents are verified, and how large they may be.</summary>
    /// <param name="section">The settings (<see cref="VerificationSettings"/>).</param>
    /// <returns>This builder.</returns>
    public ESignBuilder ConfigureVerification(IConfiguration section) => Set<VerificationSettings>(section);

    /// <summary>Holds keys with which their owners sign by hash. Register an <see cref="IOneTimeCodeSender"/> too: without one nobody can authorise.</summary>
    /// <param name="credentials">The keys; disposed by the caller.</param>
    /// <returns>This builder.</returns>
    public ESignBuilder AddRemoteSigning(params IEnumerable<RemoteCredential> credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        RemoteCredential[] held = [.. credentials];
        Services.AddSingleton(_ => new RemoteCredentials(held));
        Services.AddSingleton<OneTimeCodes>();
        Services.AddSingleton<SignatureAuthorizations>();
        return this;
    }

    /// <summary>Holds the keys that settings name; otherwise as the other overload.</summary>
    /// <param name="section">The settings: <c>Credentials</c> (<see cref="RemoteSigningSettings"/>), <c>Folder</c>, and how codes go out: <c>CodeGateway:Url</c> with <c>CodeGateway:TokenFile</c>, or, for trying out, <c>CodeFile</c>.</param>
    /// <returns>This builder.</returns>
    public ESignBuilder AddRemoteSigning(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        string? folder = section["Folder"];
        if (section["CodeGateway:Url"] is { } gateway)
        {
            Uri address = Uri.TryCreate(gateway, UriKind.Absolute, out Uri? parsed) && (parsed.Scheme == Uri.UriSchemeHttps || parsed.IsLoopback)
                ? parsed
                : throw new InvalidOperationException($"验证码网关应为 https 地址：{gateway} / The gateway for codes needs an https address: {gateway}");
            string? token = section["CodeGateway:TokenFile"] is { } file ? CredentialFiles.ReadPassword(CredentialFiles.PathOf(folder, file)) : null;
            Services.AddHttpClient(CodeGateway.ClientName, static client => client.Timeout = TimeSpan.FromSeconds(10));
            Services.AddSingleton<IOneTimeCodeSender>(provider => new CodeGateway(provider.GetRequiredService<IHttpClientFactory>(), address, token));
        }
        else if (section["CodeFile"] is { } codes)
        {
            Services.AddSingleton<IOneTimeCodeSender>(provider => new CodeFile(CredentialFiles.PathOf(folder, codes), provider.GetRequiredService<TimeProvider>()));
        }

        return AddRemoteSigning((section.GetSection("Credentials").Get<RemoteSigningSettings[]>() ?? []).Select(settings =>
            new RemoteCredential(settings.Id, CredentialFiles.Load(folder, settings.Certificate, settings.Key, settings.PasswordFile), settings.Owner, settings.Recipient)));
    }

    /// <summary>Keeps what has to last in stores that last; in memory unless called.</summary>
    /// <param name="certificates">Certificates.</param>
    /// <param name="log">The audit log.</param>
    /// <param name="tokens">Access tokens.</param>
    /// <returns>This builder.</returns>
    public ESignBuilder UseStores(ICertificateRepository certificates, ITransparencyLog log, IAccessTokenStore tokens)
    {
        Services.AddSingleton(certificates);
        Services.AddSingleton(log);
        Services.AddSingleton(tokens);
        return this;
    }

    /// <summary>Keeps applications, seals and what else is sealed in a store that lasts; in memory unless called.</summary>
    /// <param name="records">The store.</param>
    /// <param name="keys">The keys its contents are sealed with; disposed with the service.</param>
    /// <returns>This builder.</returns>
    public ESignBuilder UseRecords(IRecordStore records, DataKeyRing keys)
    {
        Services.AddSingleton(records);
        Services.AddSingleton(_ => keys);
        return this;
    }

    /// <summary>Says how applications are taken.</summary>
    /// <param name="section">The settings: <c>Platform</c>, <c>ResidentAge</c>, <c>OtherAge</c>, <c>AllowsPassports</c>, <c>RequiresDocuments</c>, <c>ReviewDays</c>, <c>RecheckGraceDays</c>.</param>
    /// <returns>This builder.</returns>
    public ESignBuilder ConfigureRegistration(IConfiguration section) => Set<ApplicationSettings>(section);

    /// <summary>Asks providers about applications; unless called nobody is asked, and every application goes to a reviewer.</summary>
    /// <param name="providers">The providers.</param>
    /// <returns>This builder.</returns>
    public ESignBuilder UseProviders(RegistrationProviders providers)
    {
        ArgumentNullException.ThrowIfNull(providers);
        Services.AddSingleton(providers);
        return this;
    }

    /// <summary>Says how operators log in.</summary>
    /// <param name="section">The settings: <c>Issuer</c> (the service's name in authenticator applications), <c>Session</c> (how long one lasts; an hour).</param>
    /// <returns>This builder.</returns>
    public ESignBuilder ConfigureAccounts(IConfiguration section) => Set<AccountSettings>(section);

    /// <summary>Tells others what happens.</summary>
    /// <param name="section">The settings: <c>Endpoints</c> (<c>Name</c>, <c>Url</c>, <c>TokenFile</c>, <c>KeyFile</c>, <c>Format</c>, <c>Types</c>), <c>AllowedHosts</c>, <c>AllowPrivateAddresses</c>, <c>MaximumPending</c>, <c>Timeout</c>, <c>Schedule</c>, <c>Folder</c>.</param>
    /// <returns>This builder.</returns>
    public ESignBuilder AddCallbacks(IConfiguration section) => Set<CallbackSettings>(section);

    private ESignBuilder Set<T>(IConfiguration section)
        where T : class, new()
    {
        Services.AddSingleton(section.Get<T>() ?? new T());
        return this;
    }

    private static T Read<T>(IConfiguration section, string name) =>
        section.Get<T>() ?? throw new InvalidOperationException($"配置缺少{name} / The settings {name} are missing");

    private static IssuerDirectory Audited(IssuerDirectory issuers, IServiceProvider provider)
    {
        AuditLog audit = provider.GetRequiredService<AuditLog>();
        foreach (HostedIssuer issuer in issuers.All)
        {
            issuer.ResponderIssued = (hosted, issued) => audit.RecordAsync(IssuanceAudit.Issued("service", requestId: null, hosted, CertificateProfile.OcspResponder.Name, issued));
        }

        return issuers;
    }
}
