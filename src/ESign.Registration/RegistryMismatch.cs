namespace ESign.Registration;

/// <summary>What a business register contradicts.</summary>
public enum RegistryMismatch
{
    /// <summary>统一社会信用代码未收录: new, changed lately, or wrong.</summary>
    UnknownCode,

    /// <summary>The code belongs to an organisation of another name.</summary>
    OtherName,

    /// <summary>The organisation has another legal representative.</summary>
    OtherLegalRepresentative,

    /// <summary>The organisation was dissolved.</summary>
    Dissolved,
}
