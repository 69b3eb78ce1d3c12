namespace ESign.Pdf.Verification.Checks;

/// <summary>All checks, in the order in which their failures decide: first whether there is anything to judge, then integrity, then trust.</summary>
internal static class CheckList
{
    public static IReadOnlyList<VerificationCheck> All { get; } =
    [
        new FormatCheck(),
        new ContentsCheck(),
        new DigestCheck(),
        new SignatureValueCheck(),
        new SignatureDictionaryCheck(),
        new PaddingCheck(),
        new CoverageCheck(),
        new ModificationsCheck(),
        new RemovedCheck(),
        new SigningCertificateCheck(),
        new SignedAttributesCheck(),
        new SignaturePolicyCheck(),
        new ElectronicSealCheck(),
        new AlgorithmsCheck(),
        new KeyUsageCheck(),
        new TimestampsCheck(),
        new TimestampOrderCheck(),
        new ClaimedTimeCheck(),
        new CertificatePathCheck(),
        new RevocationCheck(),
        new LongTermDataCheck(),
    ];
}
