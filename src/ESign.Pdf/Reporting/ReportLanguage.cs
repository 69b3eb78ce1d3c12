namespace ESign.Pdf.Reporting;

/// <summary>The language of a report's sentences. Messages are written in both; a report shows one, or both.</summary>
internal enum ReportLanguage
{
    /// <summary>Chinese and English, one after the other.</summary>
    Both,

    /// <summary>Chinese.</summary>
    Chinese,

    /// <summary>English.</summary>
    English,
}
