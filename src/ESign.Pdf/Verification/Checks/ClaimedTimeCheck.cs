namespace ESign.Pdf.Verification.Checks;

/// <summary>Whether the time the signer claims is possible. Nobody vouches for it, so it only warns.</summary>
internal sealed class ClaimedTimeCheck() : VerificationCheck(CheckRule.ClaimedTime, "ISO 32000-2 §12.8.1 table 255")
{
    /// <summary>Clocks of signers are this wrong without malice.</summary>
    private static readonly TimeSpan s_tolerance = TimeSpan.FromHours(24);

    public override CheckResult? Evaluate(SignatureDossier dossier)
    {
        if (dossier.ClaimedTime is not { } claimed || dossier.Signature.IsDocumentTimestamp)
        {
            return null;
        }

        if (claimed > dossier.BelievedAt + s_tolerance)
        {
            return Warning(Text($"声称的签名时间 {claimed:u} 晚于可证明的时间 / the claimed time {claimed:u} is later than the signature is proven to have existed"));
        }

        return dossier.Facts.Certificate is { } certificate && (claimed < certificate.NotBefore || claimed > certificate.NotAfter)
            ? Warning(Text($"声称的签名时间 {claimed:u} 不在证书有效期内 / the claimed time {claimed:u} lies outside the certificate's validity"))
            : Passed(Text($"签名者声称的时间：{claimed:u} / the time the signer claims: {claimed:u}"));
    }
}
