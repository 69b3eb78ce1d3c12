namespace ESign.Pdf.Verification.Modifications;

/// <summary>How far a document was changed after it was signed; each level includes the ones before it.</summary>
/// <remarks>ISO 32000-2 §12.8.2.2 (table 257), with long-term data apart as its errata have it.</remarks>
internal enum ModificationLevel
{
    /// <summary>Nothing was appended, or nothing that says anything.</summary>
    None,

    /// <summary>Validation data, document timestamps and metadata; allowed even where no changes are.</summary>
    LongTermData,

    /// <summary>Values of fields, and signatures.</summary>
    FormFilling,

    /// <summary>Annotations were added, changed or removed.</summary>
    Annotations,

    /// <summary>Something no rule explains, or an attack; never permitted.</summary>
    Other,
}
