using System.Security.Cryptography;
using ESign.Pdf;
using ESign.Pdf.Fonts;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pki.Asn1;
using ESign.Pki.Revocation;
using ESign.Pki.Timestamping;

namespace ESign.Cli.Signing;

/// <summary>Turns what signing and extending throw into exit codes and hints.</summary>
internal static class SigningErrors
{
    /// <summary>Runs a command; an error becomes a <see cref="CliException"/>.</summary>
    public static async Task<int> CatchAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (Exception exception) when (exception is not CliException && Describe(exception) is var (exitCode, hint))
        {
            throw new CliException(exitCode, exception.Message, hint, exception);
        }
    }

    private static (int ExitCode, string Hint)? Describe(Exception exception) => exception switch
    {
        PdfFormatException format => (CliExit.DataError, PdfInput.HintFor(format.Code)),
        SealPlacementException placement => (CliExit.PlacementRefused, HintFor(placement.Code)),
        SigningRefusedException refused => (ExitFor(refused.Code), HintFor(refused.Code)),
        SealImageException image => (CliExit.DataError, "请给不超过 5 MB 的 PNG 或 JPEG / give a PNG or JPEG of at most 5 MB"),
        MissingGlyphException => (CliExit.Usage, "请用 --seal-name 换文字，或用 --seal 给图片 / give another text with --seal-name, or an image with --seal"),
        TimestampUnavailableException => (CliExit.Unavailable, "请重试、另给 --tsa，或加 --allow-lower-level / try again, name another --tsa, or add --allow-lower-level"),
        RevocationUnavailableException => (CliExit.Unavailable, "请用 --crl、--ocsp 给出吊销信息，用 --cert 给出缺少的证书，用 --online 获取，或加 --allow-lower-level / give the issuers' CRLs or OCSP answers with --crl and --ocsp and missing certificates with --cert, fetch them with --online, or add --allow-lower-level"),
        Asn1FormatException => (CliExit.DataError, "请给出该选项所要求种类的文件 / give a file of the kind the option asks for"),
        CryptographicException => (CliExit.NoPermission, "请检查口令文件（首行为口令）与 PKCS#12 文件 / check the password file (its first line is the password) and the PKCS#12 file"),
        IOException or UnauthorizedAccessException => (CliExit.CannotCreate, "请检查输出文件夹与权限 / check the folder of the output and its permissions"),
        ArgumentException => (CliExit.Usage, "请看该命令的 --help / see the command's --help"),
        _ => null,
    };

    private static int ExitFor(SigningRefusal refusal) => refusal switch
    {
        SigningRefusal.DamagedAndSigned or SigningRefusal.FieldsNotDrawn => CliExit.DataError,
        SigningRefusal.FieldNotFound or SigningRefusal.Overlap => CliExit.PlacementRefused,
        SigningRefusal.FieldName => CliExit.Usage,
        _ => CliExit.NoPermission,
    };

    private static string HintFor(SigningRefusal refusal) => refusal switch
    {
        SigningRefusal.DamagedAndSigned => "请索取未损坏的副本；在此修复会破坏已有签名 / ask for an undamaged copy; repairing it here would break the signatures it has",
        SigningRefusal.FieldNotFound or SigningRefusal.FieldName => "请给出文件中的签名域，或用 --at、--keyword 指定位置 / name a signature field of the document, or place the seal with --at or --keyword",
        SigningRefusal.AlreadySigned => "请签另一个域，或用 --at、--keyword 另定位置 / sign another field, or place a new seal with --at or --keyword",
        SigningRefusal.Permissions => "请用 --pdf-password 给出所有者密码 / give the owner password with --pdf-password",
        SigningRefusal.Certification or SigningRefusal.FieldLocked => "请首签方提供留有您签名域的副本，再用 --field 签署 / ask whoever signed first for a copy with a field for you, and sign that with --field",
        SigningRefusal.CertificationNotFirst => "请去掉 --certify / leave out --certify",
        SigningRefusal.SeedValue => "请按签名域的要求签署，或换一个域 / sign as the field demands, or another field",
        SigningRefusal.WrongSignatureValue => "请用证书的私钥签署 `esign prepare --to-sign` 写出的字节 / sign the bytes that `esign prepare --to-sign` wrote, with the certificate's own key",
        SigningRefusal.PreparedDocumentChanged => "请用 `esign prepare` 重新准备 / prepare the document again: `esign prepare`",
        SigningRefusal.FieldsNotDrawn => "请用阅读器打开并另存，或扁平化表单，再签署 / open it in a viewer and save it, or flatten the form, and sign that",
        SigningRefusal.Certificate => "请使用当前有效、未吊销且可用于签名的证书 / use a certificate that is valid now, not revoked, and may sign",
        _ => "请看 `esign sign --help` / see `esign sign --help`",
    };

    private static string HintFor(SealPlacementError error) => error switch
    {
        SealPlacementError.KeywordNotFound => "请检查文字；`esign locate` 显示能找到什么，图片中的文字不在搜索之列 / check the spelling; `esign locate` shows what is found, pictures of text are not searched",
        SealPlacementError.FieldNotFound => "请用 --at、--keyword 指定位置，或给出文件中的域 / place the seal with --at or --keyword, or name a field of the document",
        SealPlacementError.NoSuchPage or SealPlacementError.NoPagesSelected => "请给出存在的页：从 1 起，或从末页 -1 起 / give a page the document has, from 1, or from -1 at the end",
        SealPlacementError.TooFewPages => "只有一页的文件不能加盖骑缝章：请去掉 --cross-page / a document of one page takes no cross-page seal: leave out --cross-page",
        SealPlacementError.Overlap => "请另选位置；--preview 显示落点 / choose another place; --preview shows where controls land",
        _ => "坐标应在可见页面之内，左上角为 0,0 / give coordinates inside the displayed page: its top-left corner is 0,0",
    };
}
