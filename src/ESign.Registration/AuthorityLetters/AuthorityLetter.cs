using ESign.Pdf.Composition;
using ESign.Pdf.Fonts;
using ESign.Pki.Names;

namespace ESign.Registration.AuthorityLetters;

/// <summary>The letter by which an organisation names its super administrator (超管授权书), filled in from the application.</summary>
/// <remarks>
/// The same application always gives the same bytes, so that nothing has to be kept: what comes back is compared with the letter
/// made anew. Names and numbers stand in full, as the letter requires; it is personal data and belongs to applicant and reviewer alone.
/// </remarks>
public sealed class AuthorityLetter
{
    /// <summary>The words in the marked area; place the seal on them, for example with <c>SealPlacement.AtKeyword</c>.</summary>
    public const string SealKeyword = "机构公章加盖处";

    /// <summary>The lines the marked area is high; a 42 mm seal fits.</summary>
    private const int MarkedLines = 8;

    private readonly EnterpriseApplication _application;
    private readonly string _platform;
    private readonly IdentityDocument? _legalRepresentative;
    private readonly MobileNumber _mobile;

    /// <summary>Makes the letter of an application.</summary>
    /// <param name="application">The application.</param>
    /// <param name="platform">To whom the letter is written: the operator of the service.</param>
    /// <param name="legalRepresentative">The document of the person who runs an individual business; needed for those, and shown for those alone.</param>
    /// <exception cref="RegistrationException">The super administrator has no mobile number (<c>letter-mobile</c>), or the document of an individual business's owner is missing (<c>letter-owner</c>).</exception>
    public AuthorityLetter(EnterpriseApplication application, string platform, IdentityDocument? legalRepresentative = null)
    {
        ArgumentNullException.ThrowIfNull(application);
        ArgumentException.ThrowIfNullOrWhiteSpace(platform);
        _application = application;
        _platform = platform;
        _mobile = application.SuperAdministrator.Mobile
            ?? throw new RegistrationException("letter-mobile", "授权书须写明超管手机号码 / The letter states the super administrator's mobile number, and the application has none");
        if (application.Code.IsIndividualBusiness)
        {
            _legalRepresentative = legalRepresentative
                ?? throw new RegistrationException("letter-owner", "个体工商户的授权书须写明经营者证件号码 / The letter of an individual business states its owner's document");
        }
    }

    /// <summary>The application the letter belongs to.</summary>
    public EnterpriseApplication Application => _application;

    /// <summary>Writes the letter as PDF (PDF/A-3b, text extractable).</summary>
    /// <returns>The file; the same every time.</returns>
    /// <exception cref="RegistrationException">A name has a character the font lacks (<c>letter-character</c>): the letter cannot be made by machine.</exception>
    public byte[] ToPdf()
    {
        var document = new ComposedDocument(
            new DocumentInfo { Title = "超级管理员授权书", Author = _platform, Subject = _application.Id },
            new PageStyle { HeaderLeft = "超级管理员授权书", HeaderRight = $"申请编号 {_application.Id}" });
        document.Add([.. MarkedText.Parse(Opening)]);
        document.Add(Table.KeyValues(Facts().Select(static fact => (fact.Name, (TableCell)fact.Value)), style: new TableStyle { KeepTogether = true }));
        document.Add([.. MarkedText.Parse(Terms)]);
        document.Add(new Table([1], [[MarkedArea()]], style: new TableStyle { KeepTogether = true, LineHeight = 1.8 }));
        try
        {
            return document.ToBytes();
        }
        catch (MissingGlyphException exception)
        {
            throw new RegistrationException("letter-character", $"授权书含有字库没有的字符，须人工办理：{exception.Message} / A name has a character the font lacks, so a person has to make the letter: {exception.Message}");
        }
    }

    private string Opening => $"""
        # 超级管理员授权书
        > 致：{_platform}
        本机构现授权下列人员为本机构在贵方电子签名服务中的超级管理员，代表本机构办理实名认证、申请和管理数字证书及电子印章，并管理本机构的成员和合同。
        """;

    private static string Terms => """
        本机构确认：
        (1) 上列信息真实、准确、完整，打印后未作任何改动；
        (2) 超级管理员在授权范围内的操作均视为本机构的行为，其法律后果由本机构承担；
        (3) 变更或者撤销授权的，本机构将及时通知贵方；通知到达之前已经完成的操作仍然有效。
        **签署要求**
        (1) 纸质签署：在下框内加盖清晰的红色机构公章，公章须能辨认机构名称、五角星和公章编号；合同专用章、人力资源专用章等其他印章无效。
        (2) 电子签署：在下框内以本机构数字证书签署本文件并上传签署后的PDF，不得拍照、打印或者另存。
        (3) 签署日期须完整书写为“20××年×月×日”，且在上传日之前一个月以内；电子签署以签名时间为准。
        """;

    private IEnumerable<(string Name, string Value)> Facts()
    {
        PersonApplication administrator = _application.SuperAdministrator;
        yield return ("机构名称", _application.Name);
        yield return ("统一社会信用代码", _application.Code.Value);
        yield return ("法定代表人/负责人姓名", _application.LegalRepresentative);
        if (_legalRepresentative is not null)
        {
            yield return ("法定代表人证件类型", NameOf(_legalRepresentative.Kind));
            yield return ("法定代表人证件号码", _legalRepresentative.Value);
        }

        yield return ("超管姓名", administrator.Name);
        yield return ("超管证件类型", NameOf(administrator.Document.Kind));
        yield return ("超管证件号码", administrator.Document.Value);
        yield return ("超管手机号码", _mobile.Value);
    }

    private static TableCell MarkedArea() => new()
    {
        Spans =
        [
            new TextSpan(new string('\n', MarkedLines / 2) + SealKeyword + new string('\n', MarkedLines / 2)),
            new TextSpan("签署日期：20      年      月      日"),
        ],
        Alignment = TextAlignment.Center,
    };

    private static string NameOf(IdentityDocumentKind kind) => kind switch
    {
        IdentityDocumentKind.ResidentIdentityCard => "居民身份证",
        IdentityDocumentKind.ResidencePermit => "港澳台居民居住证",
        IdentityDocumentKind.HongKongMacaoTravelPermit => "港澳居民来往内地通行证",
        IdentityDocumentKind.TaiwanTravelPermit => "台湾居民来往大陆通行证",
        IdentityDocumentKind.Passport => "护照",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "未知的证件类型 / Unknown kind of identity document"),
    };
}
