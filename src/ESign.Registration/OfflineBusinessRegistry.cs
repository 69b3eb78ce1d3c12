using System.Collections.Concurrent;
using ESign.Pki.Names;

namespace ESign.Registration;

/// <summary>For tests and demonstrations: a register that is a list, answers as a real one does, and says in every record that nobody was asked.</summary>
/// <param name="clock">The clock.</param>
internal sealed class OfflineBusinessRegistry(TimeProvider clock) : IBusinessRegistry
{
    private readonly ConcurrentDictionary<UnifiedSocialCreditCode, (string Name, string LegalRepresentative)> _entries = new();

    /// <summary>Enters an organisation, or changes its entry.</summary>
    /// <param name="name">Its full name.</param>
    /// <param name="code">Its credit code.</param>
    /// <param name="legalRepresentative">Its legal representative.</param>
    public void Enter(string name, UnifiedSocialCreditCode code, string legalRepresentative) => _entries[code] = (name, legalRepresentative);

    /// <summary>Strikes an organisation off.</summary>
    /// <param name="code">Its credit code.</param>
    public void Strike(UnifiedSocialCreditCode code) => _entries[code] = ("", "");

    /// <inheritdoc/>
    public ValueTask<VerificationRecord> VerifyAsync(string name, UnifiedSocialCreditCode code, string legalRepresentative, CancellationToken cancellationToken = default)
    {
        RegistryMismatch? mismatch = !_entries.TryGetValue(code, out (string Name, string LegalRepresentative) entry) ? RegistryMismatch.UnknownCode
            : entry.Name.Length == 0 ? RegistryMismatch.Dissolved
            : !string.Equals(entry.Name, name, StringComparison.Ordinal) ? RegistryMismatch.OtherName
            : !string.Equals(entry.LegalRepresentative, legalRepresentative, StringComparison.Ordinal) ? RegistryMismatch.OtherLegalRepresentative
            : null;
        string detail = mismatch is { } reason ? ProviderMessages.Of(reason) : "离线名单一致 / as in the offline list";
        return ValueTask.FromResult(new VerificationRecord("registry", "offline register", IsOffline: true, Succeeded: mismatch is null, clock.GetUtcNow(), detail));
    }
}
