using System.Globalization;
using System.Text.Json;

namespace ESign.Pdf.Reporting;

/// <summary>The words of the reports in one language: one file per language beside this one, the same keys in each.</summary>
internal sealed class ReportTexts
{
    private static readonly Lazy<ReportTexts> s_chinese = new(() => Load("zh-CN"));
    private static readonly Lazy<ReportTexts> s_english = new(() => Load("en"));

    private readonly Dictionary<string, string> _texts;

    private ReportTexts(string language, Dictionary<string, string> texts)
    {
        Language = language;
        _texts = texts;
    }

    public static ReportTexts Chinese => s_chinese.Value;

    public static ReportTexts English => s_english.Value;

    /// <summary>The language as BCP 47 writes it.</summary>
    public string Language { get; }

    public bool IsChinese => ReferenceEquals(this, Chinese);

    public IReadOnlyCollection<string> Keys => _texts.Keys;

    public string this[string key] => _texts[key];

    /// <summary>Chinese for every Chinese culture, English for all others.</summary>
    public static ReportTexts For(CultureInfo culture) => culture.TwoLetterISOLanguageName == "zh" ? Chinese : English;

    public string Format(string key, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.InvariantCulture, _texts[key], values);

    /// <summary>The text for a name that may come from outside; the name itself where there is none.</summary>
    public string OrName(string prefix, string name) => _texts.GetValueOrDefault(prefix + name, name);

    public string? Find(string key) => _texts.GetValueOrDefault(key);

    public string YesOrNo(bool value) => _texts[value ? "yes" : "no"];

    private static ReportTexts Load(string language)
    {
        using Stream stream = typeof(ReportTexts).Assembly.GetManifestResourceStream($"ESign.Pdf.Reporting.Texts.{language}.json")
            ?? throw new InvalidOperationException($"the assembly lacks the report texts of {language}");
        using JsonDocument document = JsonDocument.Parse(stream);
        return new ReportTexts(language, document.RootElement.EnumerateObject().ToDictionary(text => text.Name, text => text.Value.GetString()!, StringComparer.Ordinal));
    }
}
