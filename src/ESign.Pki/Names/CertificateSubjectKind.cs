namespace ESign.Pki.Names;

/// <summary>What a certificate's subject is.</summary>
internal enum CertificateSubjectKind
{
    /// <summary>A person in their own name.</summary>
    Person,

    /// <summary>An organisation.</summary>
    Enterprise,

    /// <summary>A person acting for an organisation.</summary>
    EnterpriseOperator,

    /// <summary>An authority or service: CA, timestamp authority, OCSP responder.</summary>
    Service,
}
