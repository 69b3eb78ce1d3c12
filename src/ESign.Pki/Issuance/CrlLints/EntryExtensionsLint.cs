namespace ESign.Pki.Issuance.CrlLints;

/// <summary>Reasons and invalidity dates as they may be.</summary>
internal sealed class EntryExtensionsLint : ICrlLint
{
    public string Rule => "crl-entry-extensions";

    public string Citation => "RFC 5280 §5.3";

    public string? Evaluate(CrlLintSubject subject) => subject.Entries switch
    {
        null => null,
        { StrangeExtension: { } oid } => $"不应有的条目扩展：{oid} / an entry has an extension that is critical or not ours: {oid}",
        { HasUnspecifiedReason: true } => "unspecified应省略 / the reason unspecified is written instead of left out",
        { HasRemoveFromCrl: true } when !subject.IsDelta => "removeFromCRL只能出现在增量列表中 / removeFromCRL in a list that is no delta",
        { } entries when entries.LatestInvalidity > subject.ThisUpdate.AddMinutes(5) => "失效日期晚于thisUpdate / an invalidity date is later than thisUpdate",
        _ => null,
    };
}
