namespace ESign.Pki.Names;

/// <summary>The kinds of identity documents a person can be verified with.</summary>
public enum IdentityDocumentKind
{
    /// <summary>居民身份证, GB 11643.</summary>
    ResidentIdentityCard,

    /// <summary>港澳台居民居住证: eighteen digits with region 810000, 820000 or 830000.</summary>
    ResidencePermit,

    /// <summary>港澳居民来往内地通行证.</summary>
    HongKongMacaoTravelPermit,

    /// <summary>台湾居民来往大陆通行证.</summary>
    TaiwanTravelPermit,

    /// <summary>护照, ICAO Doc 9303.</summary>
    Passport,
}
