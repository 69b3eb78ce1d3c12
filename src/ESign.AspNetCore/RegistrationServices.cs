using ESign.AspNetCore.Accounts;
using ESign.AspNetCore.Api;
using ESign.AspNetCore.Applications;
using ESign.AspNetCore.Approvals;
using ESign.AspNetCore.Authorities;
using ESign.AspNetCore.Callbacks;
using ESign.Registration;
using ESign.Registration.Operators;
using ESign.Registration.Protection;
using ESign.Registration.Records;
using ESign.Registration.Seals;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ESign.AspNetCore;

/// <summary>Registers what applications, seals, accounts, approvals and callbacks need. Records are in memory, and everything goes to a reviewer, until the builder says otherwise.</summary>
internal static class RegistrationServices
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton(static provider => RegistrationProviders.None(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(static _ => new ApplicationSettings());
        services.AddSingleton(static provider => CreateDesk(provider));
        services.AddSingleton<SealDesk>();
        services.AddSingleton<ApplicationDesk>();
        services.AddSingleton<PersonApi>();
        services.AddSingleton<EnterpriseApi>();
        services.AddSingleton<ApplicationKind<PersonApplication, PersonDocument>>(static provider => provider.GetRequiredService<PersonApi>());
        services.AddSingleton<ApplicationKind<EnterpriseApplication, EnterpriseDocument>>(static provider => provider.GetRequiredService<EnterpriseApi>());
        services.AddSingleton<DataKeyRotation>();
        services.AddHostedService(static provider => provider.GetRequiredService<DataKeyRotation>());
        services.AddHostedService<ApplicationOwners>();
        services.AddSingleton<ActJournal>();
        services.AddSingleton<ProfileRules>();
        services.AddSingleton<ActExecutor>();
        services.AddSingleton<ApprovalApi>();
        services.TryAddSingleton(static _ => new AccountSettings());
        services.AddSingleton(static provider => new OperatorDesk(provider.GetRequiredService<IRecordStore>(), provider.GetRequiredService<DataKeyRing>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Sessions>();
        services.AddSingleton<Administrators>();
        services.TryAddSingleton(static _ => new CallbackSettings());
        services.AddSingleton(static provider => CallbackReceiver.Load(provider.GetRequiredService<CallbackSettings>()));
        services.AddSingleton<CallbackOutbox>();
        services.AddSingleton<CallbackClient>();
        services.AddSingleton<CallbackDelivery>();
        services.AddHostedService(static provider => provider.GetRequiredService<CallbackDelivery>());
        services.AddSingleton<DailyNotifier>();
        services.AddHostedService(static provider => provider.GetRequiredService<DailyNotifier>());
    }

    private static RegistrationDesk CreateDesk(IServiceProvider provider)
    {
        ApplicationSettings settings = provider.GetRequiredService<ApplicationSettings>();
        var rules = new RegistrationRules
        {
            Ages = new AgePolicy { Resident = settings.ResidentAge, Other = settings.OtherAge, AllowsPassports = settings.AllowsPassports },
            RequiresDocuments = settings.RequiresDocuments,
            ReviewDays = settings.ReviewDays,
            RecheckGrace = TimeSpan.FromDays(settings.RecheckGraceDays),
        };
        return new RegistrationDesk(
            provider.GetRequiredService<IRecordStore>(), provider.GetRequiredService<DataKeyRing>(), provider.GetRequiredService<RegistrationProviders>(), provider.GetRequiredService<TimeProvider>(), rules);
    }
}
