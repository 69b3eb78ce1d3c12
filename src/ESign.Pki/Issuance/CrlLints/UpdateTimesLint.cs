namespace ESign.Pki.Issuance.CrlLints;

/// <summary>Both dates, in their order and encoding.</summary>
internal sealed class UpdateTimesLint : ICrlLint
{
    public string Rule => "crl-update-times";

    public string Citation => "RFC 5280 §5.1.2.4, §5.1.2.5";

    public string? Evaluate(CrlLintSubject subject) =>
        subject.HasWrongTimeEncoding ? "2050年之前应为UTCTime，之后为GeneralizedTime / a date before 2050 is not UTCTime, or a later one is"
            : subject.ThisUpdate > subject.Intent.Now ? "thisUpdate在未来 / thisUpdate lies in the future"
            : subject.NextUpdate is not { } next ? "缺少nextUpdate / nextUpdate is missing"
            : next <= subject.ThisUpdate ? "nextUpdate不晚于thisUpdate / nextUpdate is not later than thisUpdate"
            : null;
}
