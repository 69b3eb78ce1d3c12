using System.Collections.Concurrent;
using ESign.Pki.Names;

namespace ESign.Registration.Tests;

/// <summary>A business register that is a list and answers as a real one does.</summary>
internal sealed class BusinessList(TimeProvider clock) : IBusinessRegistry
{
    private readonly ConcurrentDictionary<UnifiedSocialCreditCode, (string Name, string LegalRepresentative)> _entries = new();

    /// <summary>Enters an organisation, or changes its entry.</summary>
    public void Enter(string name, UnifiedSocialCreditCode code, string legalRepresentative) => _entries[code] = (name, legalRepresentative);

    /// <summary>Strikes an organisation off.</summary>
    public void Strike(UnifiedSocialCreditCode code) => _entries[code] = ("", "");

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
