namespace ESign.Registration;

/// <summary>What applicants read when a provider refuses: the wording people know from Chinese signing platforms, English beside it.</summary>
public static class ProviderMessages
{
    /// <summary>Carriers bring their data up to date once a month, so that a number bound lately may not be known yet.</summary>
    public const string CarrierMismatch =
        "验证未通过，该手机号在运营商（电信、联通或移动）绑定的身份证与当前提交者的身份证不一致（运营商每月更新：移动、联通10至20日，电信15日至次月5日） / "
        + "The carrier knows the number as another person's (carriers update monthly)";

    /// <summary>Why a face check failed.</summary>
    /// <param name="failure">The provider's reason.</param>
    /// <returns>The message.</returns>
    public static string Of(FaceFailure failure) => failure switch
    {
        FaceFailure.Covered => "脸部遮挡 / The face is covered",
        FaceFailure.NotAlike => "本人与照片差距过大 / The person does not look like the photograph",
        FaceFailure.WrongNameOrNumber => "姓名或身份证填写错误 / Name or identity number is wrong",
        FaceFailure.NotInPicture => "脸没有完全出现在屏幕中 / The face is not wholly in the picture",
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, "未知的原因 / Unknown reason"),
    };

    /// <summary>What the register contradicts.</summary>
    /// <param name="mismatch">The register's reason.</param>
    /// <returns>The message.</returns>
    public static string Of(RegistryMismatch mismatch) => mismatch switch
    {
        RegistryMismatch.UnknownCode =>
            "统一社会信用代码未收录；新注册或近期变更的企业，工商数据更新约需7-14个工作日，可提交收录申请 / The register does not know the credit code; new and changed organisations appear after 7 to 14 working days, or a reviewer lists them",
        RegistryMismatch.OtherName => "请输入正确的企业名称/个体工商户名称 / The credit code belongs to an organisation of another name",
        RegistryMismatch.OtherLegalRepresentative => "您不是该企业的法定代表人，无权进行此操作。请联系企业的法人进行处理。 / You are not the organisation's legal representative",
        RegistryMismatch.Dissolved => "企业已注销 / The organisation was dissolved",
        _ => throw new ArgumentOutOfRangeException(nameof(mismatch), mismatch, "未知的原因 / Unknown reason"),
    };
}
