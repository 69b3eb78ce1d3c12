namespace ESign.Registration.Seals;

/// <summary>The kinds of seals an organisation keeps.</summary>
internal enum SealType
{
    /// <summary>公章; one an organisation.</summary>
    Official,

    /// <summary>合同专用章.</summary>
    Contract,

    /// <summary>财务专用章.</summary>
    Finance,

    /// <summary>人力资源专用章.</summary>
    Personnel,

    /// <summary>发票专用章.</summary>
    Invoice,

    /// <summary>法定代表人章; one an organisation.</summary>
    LegalPerson,

    /// <summary>其他.</summary>
    Other,
}
