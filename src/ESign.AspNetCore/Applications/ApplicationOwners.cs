using ESign.Registration;
using Microsoft.Extensions.Hosting;

namespace ESign.AspNetCore.Applications;

/// <summary>Before the service listens: applications kept by a program that knew no owners are made to be found by theirs.</summary>
internal sealed class ApplicationOwners(RegistrationDesk desk) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken) => await desk.AddMissingOwnersAsync(cancellationToken).ConfigureAwait(false);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
