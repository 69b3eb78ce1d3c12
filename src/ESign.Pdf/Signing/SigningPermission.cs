using ESign.Pdf.Document;
using ESign.Pdf.Forms;

namespace ESign.Pdf.Signing;

/// <summary>Whether a document may take one more signature; refuses with the reason when not.</summary>
internal static class SigningPermission
{
    /// <exception cref="SigningRefusedException">Something stands against it.</exception>
    public static void Check(PdfDocument document, ExistingProtection protection, SignatureOptions options, string fieldName, SignatureField? existing, bool createsFields)
    {
        RefuseDamage(document, protection);
        RefuseName(document, fieldName, existing);
        RefuseEncryptionPermissions(document, createsFields);
        if (existing is { IsSigned: true })
        {
            throw new SigningRefusedException(SigningRefusal.AlreadySigned, $"签名域“{fieldName}”已经签署 / The signature field \"{fieldName}\" is already signed.");
        }

        if (options.Certification is not null && protection.SignatureCount > 0)
        {
            throw new SigningRefusedException(
                SigningRefusal.CertificationNotFirst,
                $"认证签名必须是第一个签名，文件中已有 {protection.SignatureCount} 个 / A certification must be the first signature; the document has {protection.SignatureCount}.");
        }

        RefuseCertified(protection, createsFields);
        RefuseLocked(protection, fieldName);
    }

    /// <exception cref="SigningRefusedException">An earlier signature locks the field.</exception>
    public static void RefuseLocked(ExistingProtection protection, string field)
    {
        if (protection.LockedBy(field) is { } signature)
        {
            throw new SigningRefusedException(SigningRefusal.FieldLocked, $"域“{field}”已被签名“{signature}”锁定 / The field \"{field}\" is locked by the signature \"{signature}\".");
        }
    }

    /// <summary>Fields that the viewer draws may show anything once they are signed, and hide the seal: signing takes that from the viewer, or refuses.</summary>
    /// <exception cref="SigningRefusedException">The form leaves more to the viewer than is drawn here.</exception>
    public static void RefuseUndrawn(bool isDrawn)
    {
        if (!isDrawn)
        {
            throw new SigningRefusedException(
                SigningRefusal.FieldsNotDrawn,
                $"表单留给阅读器绘制的内容超过 {FieldAppearances.MaxWork} 个字符，请先用阅读器另存（生成外观）再签 / The form leaves more than {FieldAppearances.MaxWork} characters of its fields to be drawn by the viewer (/NeedAppearances): save it with their appearances first.");
        }
    }

    private static void RefuseDamage(PdfDocument document, ExistingProtection protection)
    {
        if (document.WasRepaired && protection.SignatureCount > 0)
        {
            throw new SigningRefusedException(
                SigningRefusal.DamagedAndSigned,
                $"文件的交叉引用已损坏（{document.RepairCause}），修复会破坏已有签名 / The cross-reference is damaged ({document.RepairCause}); repairing it would break the signatures that are there.");
        }
    }

    private static void RefuseName(PdfDocument document, string fieldName, SignatureField? existing)
    {
        if (existing is not null)
        {
            return;
        }

        if (fieldName.Length == 0 || fieldName.Contains('.', StringComparison.Ordinal))
        {
            throw new SigningRefusedException(SigningRefusal.FieldName, $"“{fieldName}”不能作为域名 / \"{fieldName}\" cannot be a field name: it is empty or contains a full stop.");
        }

        if (document.AcroForm.Fields.Any(field => FieldMdp.Covers(fieldName, field.Name)))
        {
            throw new SigningRefusedException(SigningRefusal.FieldNotFound, $"域“{fieldName}”已存在，但不是签名域 / The field \"{fieldName}\" exists but is no signature field.");
        }
    }

    /// <summary>ISO 32000-2 §7.6.4.2 table 22: bits 4 and 6 to create fields, bit 9 or 6 to fill an existing one.</summary>
    private static void RefuseEncryptionPermissions(PdfDocument document, bool createsFields)
    {
        if (document.Security is not { IsOwner: false } security)
        {
            return;
        }

        const DocumentPermissions Create = DocumentPermissions.Modify | DocumentPermissions.Annotate;
        var granted = (DocumentPermissions)security.Parameters.Permissions;
        bool allowed = createsFields
            ? (granted & Create) == Create
            : (granted & (DocumentPermissions.Annotate | DocumentPermissions.FillForms)) != 0;
        if (!allowed)
        {
            throw new SigningRefusedException(SigningRefusal.Permissions, createsFields
                ? "文件的权限设置不允许新增签名域，请用所有者密码 / The permissions of the document do not allow adding signature fields: use the owner password."
                : "文件的权限设置不允许填写签名域，请用所有者密码 / The permissions of the document do not allow filling signature fields: use the owner password.");
        }
    }

    private static void RefuseCertified(ExistingProtection protection, bool createsFields)
    {
        if (protection.Certification is not { } certified)
        {
            return;
        }

        if (certified.Permission == 1)
        {
            throw new SigningRefusedException(
                SigningRefusal.Certification,
                $"签名“{certified.Signature}”认证了本文件且不允许任何更改 / The signature \"{certified.Signature}\" certifies the document and allows no changes (DocMDP P=1).");
        }

        if (createsFields && certified.Permission == 2)
        {
            throw new SigningRefusedException(
                SigningRefusal.Certification,
                $"签名“{certified.Signature}”认证了本文件，只能签署已有的签名域 / The signature \"{certified.Signature}\" certifies the document: only existing signature fields may be signed (DocMDP P=2).");
        }
    }
}
