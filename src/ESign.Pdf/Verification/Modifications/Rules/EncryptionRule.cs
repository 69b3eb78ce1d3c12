namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>What decrypts the signed revision must decrypt the later ones.</summary>
internal sealed class EncryptionRule()
    : ModificationRule("encryption-changed", "ISO 32000-2 §7.6", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.Trailer, Key: "Encrypt" };

    public override string Describe(Change change) => "文档加密被更改 / The encryption of the document was changed";
}
