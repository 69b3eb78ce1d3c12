namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>Something of the whole document was changed: its actions, names, optional content, permissions.</summary>
internal sealed class CatalogEntryRule()
    : ModificationRule("catalog-changed", "ISO 32000-2 §12.8.2.2, §7.7.2", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.Catalog };

    public override string Describe(Change change) => $"文档目录项 /{change.Key} 被更改 / The catalog entry /{change.Key} was changed";
}
