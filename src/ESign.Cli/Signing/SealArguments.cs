using System.CommandLine;
using System.Globalization;
using ESign.Pdf.Fonts;
using ESign.Pdf.Seals;
using ESign.Pki.Certificates;

namespace ESign.Cli.Signing;

/// <summary>What a signature looks like: <c>--seal DESIGN|IMAGE</c>, its text by default that of the certificate.</summary>
internal sealed class SealArguments
{
    private const string OrganizationIdentifier = "2.5.4.97";

    private static string Listed => string.Join(", ", Designs);

    private readonly Option<string?> _seal = new("--seal") { CompletionSources = { Designs }, Description = $"印章样式（{Listed}）或 PNG、JPEG 图片；默认取证书的单位或姓名 / what is shown: {Listed}, or a PNG or JPEG file; by default the seal of the certificate's organisation or the name of its person" };
    private readonly Option<string?> _name = new("--seal-name") { Description = "印章文字，默认取自证书 / the seal's text; by default the certificate's O or CN" };
    private readonly Option<string?> _code = new("--seal-code") { Description = "印章编码或统一社会信用代码，默认取自证书 / the seal's code; a credit code is by default the certificate's" };
    private readonly Option<bool> _transparent = new("--white-to-transparent") { Description = "图片白底变透明 / make white in the image transparent" };
    private readonly Option<double?> _opacity = new("--seal-opacity") { Description = "透明度，0.2 到 1 / the opacity, 0.2 to 1 (the default)" };
    private readonly Option<int?> _ageing = new("--seal-ageing") { Description = "做旧程度，1 到 12 / how worn the seal is, 1 to 12" };

    /// <summary>What can be drawn.</summary>
    public static string[] Designs => ["official", "contract", "finance", "personnel", "invoice", "legal-person", "personal", "signature", "text", "date", "qr"];

    public IEnumerable<Option> Options => [_seal, _name, _code, _transparent, _opacity, _ageing];

    /// <summary>The seal asked for, or a fitting one.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="certificate">The signer's certificate; none in a preview without a credential.</param>
    /// <param name="now">The time of signing, for date seals.</param>
    public Seal Read(ParseResult parsed, Certificate? certificate, DateTimeOffset now)
    {
        if (parsed.GetValue(_seal) is not { Length: > 0 } choice)
        {
            return ByDefault(parsed, certificate);
        }

        string name = parsed.GetValue(_name) ?? certificate?.Subject.Organization ?? certificate?.Subject.CommonName ?? "预览 Preview";
        string person = parsed.GetValue(_name) ?? certificate?.Subject.CommonName ?? name;
        string? code = parsed.GetValue(_code);
        string Credit() => code ?? CreditCode(certificate) ?? throw new ArgumentException($"缺少 {_code.Name}：证书里没有统一社会信用代码 / {_code.Name} is needed: the certificate names no credit code.");
        return choice switch
        {
            "official" => Draw(parsed, SealDesign.Official(name, code)),
            "contract" => Draw(parsed, SealDesign.Contract(name, code)),
            "finance" => Draw(parsed, SealDesign.Finance(name, code)),
            "personnel" => Draw(parsed, SealDesign.Personnel(name, code)),
            "invoice" => Draw(parsed, SealDesign.Invoice(name, Credit())),
            "legal-person" => Draw(parsed, SealDesign.LegalPerson(person, Credit())),
            "personal" => Draw(parsed, SealDesign.PersonalName(person)),
            "signature" => Draw(parsed, SealDesign.WrittenName(person)),
            "text" => Draw(parsed, SealDesign.SignatureText(person, now.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture))),
            "date" => Draw(parsed, SealDesign.Date(DateOnly.FromDateTime(now.DateTime))),
            "qr" => Draw(parsed, SealDesign.QrCode(parsed.GetValue(_name) ?? throw new ArgumentException($"缺少 {_name.Name}：二维码的内容 / {_name.Name} is needed: the content of the QR code."))),
            _ => FromImage(parsed, choice, name),
        };
    }

    private Seal Draw(ParseResult parsed, SealDesign design)
    {
        SealDesign inked = design with { Opacity = parsed.GetValue(_opacity) ?? design.Opacity };
        return Seal.Draw(parsed.GetValue(_ageing) is { } level ? inked.Aged(seed: 1, level) : inked);
    }

    private Seal FromImage(ParseResult parsed, string path, string name)
    {
        if (!File.Exists(path))
        {
            throw new CliException(CliExit.NoInput, $"既不是印章样式也不是图片文件：{path} / neither a design nor an image file: {path}", $"印章样式有 {Listed} / designs are {Listed}");
        }

        return Seal.FromImage(CliContext.ReadInput(path), new SealImageOptions { WhiteToTransparent = parsed.GetValue(_transparent), Opacity = parsed.GetValue(_opacity) ?? 1, AlternateText = name });
    }

    /// <summary>An organisation's seal, else a person's name; a plain line where neither can be drawn.</summary>
    private Seal ByDefault(ParseResult parsed, Certificate? certificate)
    {
        string? organization = certificate is null ? "预览 Preview" : certificate.Subject.Organization;
        string person = parsed.GetValue(_name) ?? certificate?.Subject.CommonName ?? organization ?? "";
        List<Func<SealDesign>> candidates = [() => SealDesign.WrittenName(person), () => SealDesign.SignatureText("电子签名 Signed electronically")];
        if (organization is not null && (certificate is null || string.Equals(organization, certificate.Subject.CommonName, StringComparison.Ordinal)))
        {
            candidates.Insert(0, () => SealDesign.Official(parsed.GetValue(_name) ?? organization, parsed.GetValue(_code)));
        }

        foreach (Func<SealDesign> candidate in candidates[..^1])
        {
            try
            {
                return Draw(parsed, candidate());
            }
            catch (Exception exception) when (exception is MissingGlyphException or ArgumentException && parsed.GetValue(_name) is null)
            {
                // The certificate's name is too long for a seal, or in a script the font does not have: a simpler one will do.
            }
        }

        return Draw(parsed, candidates[^1]());
    }

    /// <summary>The credit code in an organisation identifier: NTRCN-… (ETSI EN 319 412-1 §5.1.4).</summary>
    private static string? CreditCode(Certificate? certificate) =>
        certificate?.Subject.GetValue(OrganizationIdentifier) is { } identifier && identifier.StartsWith("NTRCN-", StringComparison.Ordinal) ? identifier["NTRCN-".Length..] : null;
}
