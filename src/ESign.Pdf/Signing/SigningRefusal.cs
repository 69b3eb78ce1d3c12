namespace ESign.Pdf.Signing;

/// <summary>Why a document is not signed. The names are stable and appear in JSON answers.</summary>
public enum SigningRefusal
{
    /// <summary>An earlier certification signature allows no further signature, or no new field.</summary>
    Certification,

    /// <summary>An earlier signature locks the field.</summary>
    FieldLocked,

    /// <summary>The field named is already signed.</summary>
    AlreadySigned,

    /// <summary>There is no signature field of the name given, or the field is not a signature field.</summary>
    FieldNotFound,

    /// <summary>The encryption permissions of the document forbid it.</summary>
    Permissions,

    /// <summary>A certification must be the first signature of a document.</summary>
    CertificationNotFirst,

    /// <summary>The seed value dictionary of the field asks for something else.</summary>
    SeedValue,

    /// <summary>The cross-reference is broken; repairing it would break the signatures that are there.</summary>
    DamagedAndSigned,

    /// <summary>The place overlaps an existing signature.</summary>
    Overlap,

    /// <summary>The name would collide with another field, or is not a possible field name.</summary>
    FieldName,

    /// <summary>The prepared document is not the one that was prepared, or was completed already.</summary>
    PreparedDocumentChanged,

    /// <summary>The signature value does not verify with the certificate.</summary>
    WrongSignatureValue,

    /// <summary>The certificate may not sign: outside its validity, its key usage forbids it, or it is revoked.</summary>
    Certificate,

    /// <summary>The form leaves so much to be drawn by the viewer that signing cannot draw it first.</summary>
    FieldsNotDrawn,
}
