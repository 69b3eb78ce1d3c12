namespace ESign.Pdf.Signing;

/// <summary>What a certification signature lets others do afterwards: the value of <c>/P</c> in its DocMDP transform.</summary>
/// <remarks>ISO 32000-2 §12.8.2.2, table 257.</remarks>
public enum CertificationLevel
{
    /// <summary>Nothing but long-term validation data. Some readers reject even that: prefer <see cref="FormFilling"/>.</summary>
    NoChanges = 1,

    /// <summary>Filling in forms and signing.</summary>
    FormFilling = 2,

    /// <summary>Filling in forms, signing, and annotations.</summary>
    Annotations = 3,
}
