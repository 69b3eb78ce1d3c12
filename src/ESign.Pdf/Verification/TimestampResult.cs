using ESign.Pki.Certificates;
using ESign.Pki.Timestamping;
using ESign.Pki.Validation;

namespace ESign.Pdf.Verification;

/// <summary>A timestamp and what became of it.</summary>
public sealed record TimestampResult
{
    /// <summary>What it stamps.</summary>
    internal TimestampKind Kind { get; init; }

    /// <summary>The time it states, or <see langword="null"/> when the token cannot be read.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The token itself, with its serial number and accuracy; <see langword="null"/> when it cannot be read.</summary>
    public TimestampToken? Token { get; init; }

    /// <summary>Whether it proves its time.</summary>
    public required Indication Indication { get; init; }

    /// <summary>Why not.</summary>
    public required SubIndication SubIndication { get; init; }

    /// <summary>Whether it stamps what it should.</summary>
    public bool ImprintIntact { get; init; }

    /// <summary>Whether the authority's signature value is right.</summary>
    public bool SignatureIntact { get; init; }

    /// <summary>Whether a trust anchor for timestamps vouches for the authority.</summary>
    public bool Trusted { get; init; }

    /// <summary>The name of the imprint's digest algorithm, or its object identifier.</summary>
    public string? DigestAlgorithm { get; init; }

    /// <summary>The authority's certificate, when it is at hand.</summary>
    public Certificate? Certificate { get; init; }

    /// <summary>What was found, in Chinese and English.</summary>
    public required string Message { get; init; }
}
