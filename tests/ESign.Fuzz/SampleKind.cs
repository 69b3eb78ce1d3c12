namespace ESign.Fuzz;

/// <summary>Which readers a sample is for.</summary>
public enum SampleKind
{
    /// <summary>Certificates, revocation lists, OCSP answers, CMS, timestamps.</summary>
    Der,

    /// <summary>TrueType, CFF and Type 1 programs.</summary>
    Font,

    /// <summary>ToUnicode and other CMaps.</summary>
    CharacterMap,

    /// <summary>PNG and JPEG files for seals.</summary>
    Picture,
}
