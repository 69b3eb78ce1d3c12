namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>All rules, in the order in which they are asked: attacks that look like something allowed, what is allowed, the names of what is not.</summary>
internal static class RuleBook
{
    private static readonly ModificationRule[] Rules =
    [
        new SignatureChangedRule(),
        new SignatureAppearanceRule(),
        new SignatureCopiedRule(),
        new SignatureSignsNothingRule(),
        new HiddenObjectShownRule(),
        new SharedAppearanceRule(),
        new AppearanceResourceRule(),
        new ValueNotShownRule(),
        new ButtonStateRule(),
        new FieldOverContentRule(),
        new SealWithoutSignatureRule(),
        new AnnotationOverContentRule(),

        new LongTermDataRule(),
        new LongTermDataRewrittenRule(),
        new DocumentTimestampRule(),
        new ExtensionsRule(),
        new MetadataRule(),
        new DocumentInformationRule(),
        new FileIdentifierRule(),
        new PrivateTrailerRule(),
        new PrivatePageTreeRule(),
        new VersionRule(),
        new MarkInfoRule(),
        new UsageRightsRule(),
        new FormSettingsRule(),
        new NeedAppearancesRule(),
        new FieldFilledRule(),
        new SignatureFilledRule(),
        new SignatureFieldAddedRule(),
        new TabOrderRule(),
        new StructureTreeRule(),
        new AnnotationRule(),

        new SignatureRemovedRule(),
        new FieldRemovedRule(),
        new FieldAddedRule(),
        new WidgetMovedRule(),
        new FieldDefinitionRule(),
        new WidgetAddedRule(),
        new WidgetRemovedRule(),
        new AnnotationRefusedRule(),
        new AnnotationOrderRule(),
        new PageTreeRule(),
        new PageContentRule(),
        new PageResourcesRule(),
        new PageEntryRule(),
        new FormEntryRule(),
        new EncryptionRule(),
        new CatalogEntryRule(),
        new FreedObjectRule(),
        new RedirectedObjectRule(),
        new ObjectInGapRule(),
        new UnlistedObjectRule(),
        new BrokenReferenceRule(),
        new AmbiguousObjectRule(),
        new TrailingBytesRule(),
        new UnexplainedRule(),
    ];

    /// <summary>The first rule that explains a change; the last of them explains everything and allows nothing.</summary>
    public static ModificationRule Find(Change change, RevisionStep step) => Array.Find(Rules, rule => rule.Explains(change, step))!;
}
