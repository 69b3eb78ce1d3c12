using System.Globalization;

namespace ESign.Pdf.Reporting;

/// <summary>How a validation report is written.</summary>
internal sealed record ValidationReportOptions
{
    /// <summary>The language: Chinese for every Chinese culture (the default is zh-CN), English for all others.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.GetCultureInfo("zh-CN");

    /// <summary>The file itself, for its digests and the places of signatures as a person sees them; without it they are left out.</summary>
    public ReportedDocument? Document { get; init; }

    /// <summary>The offset from UTC in which times are shown; by default +8 hours in Chinese and none in English.</summary>
    public TimeSpan? UtcOffset { get; init; }
}
