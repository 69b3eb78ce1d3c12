using System.CommandLine;
using ESign.Pdf.Signing;
using ESign.Pki.Certificates;

namespace ESign.Cli.Signing;

/// <summary>What a signature says, shows and locks, and where: the options that <c>sign</c> and <c>prepare</c> share.</summary>
internal sealed class SignatureArguments
{
    private readonly Option<string?> _pdfPassword = new("--pdf-password") { Description = "打开 PDF 的密码 / the password that opens the PDF" };
    private readonly Option<int?> _certify = new("--certify") { Arity = ArgumentArity.ZeroOrOne, CompletionSources = { "1", "2", "3" }, Description = "认证签名，此后允许：1 不得更改，2 填写与签名（默认），3 另可批注 / certifies the document; later changes: 1 none, 2 filling in and signing (the default), 3 annotations too" };
    private readonly Option<string?> _lock = new("--lock") { CompletionSources = { "all" }, Description = "锁定域，此后不得更改：all、域名列表（逗号分隔）或 all-but:域名列表 / fields that may not change afterwards: all, names separated by commas, or all-but: and such names" };
    private readonly Option<string?> _name = new("--field-name") { Description = "新签名域的名称 / the name of the new signature field" };
    private readonly Option<string?> _reason = new("--reason") { Description = "签署原因 / why it is signed" };
    private readonly Option<string?> _location = new("--location") { Description = "签署地点 / where it is signed" };
    private readonly Option<string?> _contact = new("--contact") { Description = "联系方式 / how to reach the signer" };
    private readonly SealArguments _seal = new();
    private readonly PlaceArguments _place = new();

    public IEnumerable<Option> Options => [_pdfPassword, .. _seal.Options, .. _place.Options, _certify, _lock, _name, _reason, _location, _contact];

    /// <summary>What the options ask for; the level is not among them.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="input">The document.</param>
    /// <param name="certificate">The signer's certificate, where it is known.</param>
    /// <param name="now">The time of signing, for date seals.</param>
    public SignatureOptions Read(ParseResult parsed, string input, Certificate? certificate, DateTimeOffset now)
    {
        int? certify = parsed.GetResult(_certify) is { Implicit: false, Tokens.Count: 0 } ? (int)CertificationLevel.FormFilling : parsed.GetValue(_certify);
        if (certify is not (null or 1 or 2 or 3))
        {
            throw new ArgumentException($"{_certify.Name} 只能是 1、2 或 3 / {_certify.Name} is 1, 2 or 3.");
        }

        var options = new SignatureOptions
        {
            Certification = (CertificationLevel?)certify,
            Lock = Lock(parsed.GetValue(_lock)),
            Reason = parsed.GetValue(_reason),
            Location = parsed.GetValue(_location),
            ContactInfo = parsed.GetValue(_contact),
            Password = parsed.GetValue(_pdfPassword),
        };
        SignatureOptions placed = _place.Apply(parsed, options, input, () => _seal.Read(parsed, certificate, now));
        return placed with { FieldName = placed.FieldName ?? parsed.GetValue(_name) };
    }

    private static FieldLock? Lock(string? text)
    {
        const string AllBut = "all-but:";
        return text switch
        {
            null => null,
            "all" => FieldLock.All,
            _ when text.StartsWith(AllBut, StringComparison.Ordinal) => FieldLock.Exclude(Names(text[AllBut.Length..])),
            _ => FieldLock.Include(Names(text)),
        };
    }

    private static string[] Names(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } names
        ? names
        : throw new ArgumentException("--lock 没有列出任何域 / --lock names no field.");
}
