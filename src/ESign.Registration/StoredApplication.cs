namespace ESign.Registration;

/// <summary>An application as it is kept: with the version an update must name.</summary>
/// <typeparam name="T"><see cref="PersonApplication"/> or <see cref="EnterpriseApplication"/>.</typeparam>
/// <param name="Application">The application.</param>
/// <param name="Version">1 when added; one more with every update.</param>
public sealed record StoredApplication<T>(T Application, long Version)
    where T : class;
