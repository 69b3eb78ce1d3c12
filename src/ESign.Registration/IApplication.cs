namespace ESign.Registration;

/// <summary>What every kind of application has.</summary>
internal interface IApplication
{
    /// <summary>The application's identifier.</summary>
    string Id { get; }

    /// <summary>Where it stands.</summary>
    ApplicationState State { get; }

    /// <summary>While it is under review: until when a reviewer should have decided.</summary>
    DateTimeOffset? ReviewDueAt { get; }

    /// <summary>Who handed it in.</summary>
    string? SubmittedBy { get; }
}
