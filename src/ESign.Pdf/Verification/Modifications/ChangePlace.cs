namespace ESign.Pdf.Verification.Modifications;

/// <summary>In which part of a document something changed.</summary>
internal enum ChangePlace
{
    /// <summary>An entry of the trailer.</summary>
    Trailer,

    /// <summary>An entry of the catalog.</summary>
    Catalog,

    /// <summary>An entry of the interactive form's dictionary.</summary>
    Form,

    /// <summary>An entry of a field or of its widget.</summary>
    Field,

    /// <summary>A field that was not there.</summary>
    FieldAdded,

    /// <summary>A field that is no longer there.</summary>
    FieldRemoved,

    /// <summary>An entry of a page; inherited ones too.</summary>
    Page,

    /// <summary>Which pages there are, and their order.</summary>
    PageTree,

    /// <summary>An annotation that was not on its page.</summary>
    AnnotationAdded,

    /// <summary>An annotation that is no longer on its page.</summary>
    AnnotationRemoved,

    /// <summary>An entry of an annotation that belongs to no field.</summary>
    Annotation,

    /// <summary>The order in which a page's annotations are drawn.</summary>
    AnnotationOrder,

    /// <summary>The file itself: cross-reference, trailing bytes, freed objects.</summary>
    File,
}
