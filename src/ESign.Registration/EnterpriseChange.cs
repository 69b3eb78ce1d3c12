namespace ESign.Registration;

/// <summary>A change a verified organisation asks for.</summary>
public sealed record EnterpriseChange
{
    /// <summary>What changes.</summary>
    public required EnterpriseChangeKind Kind { get; init; }

    /// <summary>The new name or legal representative; for a super administrator that person's name.</summary>
    public required string NewValue { get; init; }

    /// <summary>The new super administrator, verified as a person.</summary>
    public PersonApplication? SuperAdministrator { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Who asks: name, and how to reach that person.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Whether a reviewer granted it and certificates that name what was are being revoked: until that is done nothing is certified, and it cannot be taken back.</summary>
    public bool IsGranted { get; internal init; }

    /// <summary>What the register said to the new name or legal representative.</summary>
    public VerificationRecord? Registry { get; init; }
}
