using ESign.Pki.Certificates;

namespace ESign.Pki.Issuance;

/// <summary>The bridge between an authority's old and new key.</summary>
/// <remarks>RFC 4210 §4.4.</remarks>
/// <param name="NewWithOld">The new key certified with the old one: for those who trust the old certificate.</param>
/// <param name="OldWithNew">The old key certified with the new one: for those who trust the new certificate.</param>
public sealed record LinkCertificates(Certificate NewWithOld, Certificate OldWithNew);
