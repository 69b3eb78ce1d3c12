using System.Globalization;
using ESign.Pki.Certificates;

namespace ESign.Pdf.Reporting;

/// <summary>What a signing report says beyond the verification it rests on.</summary>
public sealed record SigningReportOptions
{
    /// <summary>The language: Chinese for every Chinese culture (the default is zh-CN), English for all others.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.GetCultureInfo("zh-CN");

    /// <summary>The file itself, for its name, digests and the places of signatures; without it the report has no digests.</summary>
    public ReportedDocument? Document { get; init; }

    /// <summary>What the platform recorded; without it the report rests on the PDF alone and says so.</summary>
    public SigningEvidence? Evidence { get; init; }

    /// <summary>
    /// Shows names, numbers and addresses of persons in full, and carries the original evidence and the certificates. By
    /// default they are masked and left out.
    /// </summary>
    public bool IsCourtEdition { get; init; }

    /// <summary>The report's number; by default made of the date and the serial.</summary>
    public string? Number { get; init; }

    /// <summary>The serial by which the report can be looked up, 11 digits; by default derived from the file and the time.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>Who asked for the report.</summary>
    public string? Applicant { get; init; }

    /// <summary>Who issues it.</summary>
    public string? Issuer { get; init; }

    /// <summary>When it is issued; by default the present.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>Where it can be checked; shown as a QR code too.</summary>
    public Uri? VerificationUrl { get; init; }

    /// <summary>
    /// Trust anchors that the issuer declares to belong to licensed certification authorities. All others are called what
    /// they are: chosen by whoever asked for the report.
    /// </summary>
    public IReadOnlyList<Certificate> LicensedAnchors { get; init; } = [];

    /// <summary>The offset from UTC in which times are shown; by default +8 hours in Chinese and none in English.</summary>
    public TimeSpan? UtcOffset { get; init; }

    /// <summary>Tells the present where <see cref="IssuedAt"/> is not given.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
