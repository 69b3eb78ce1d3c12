namespace ESign.Pki.Validation;

/// <summary>How much of RFC 5280 a path must keep.</summary>
internal enum ProfileStrictness
{
    /// <summary>What section 6 asks of a validator; departures of issuers from sections 4 and 5 that do no harm are let pass.</summary>
    PathValidation,

    /// <summary>Also what sections 4 and 5 ask of issuers: key identifiers, criticality, name syntax, serial numbers, CRL numbers.</summary>
    FullProfile,
}
