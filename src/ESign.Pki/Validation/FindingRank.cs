using ESign.Pki.Certificates;

namespace ESign.Pki.Validation;

/// <summary>Which of several reasons helps most, and what ETSI EN 319 102-1 calls it.</summary>
internal static class FindingRank
{
    /// <summary>The further a path got before it failed, the more its reason tells.</summary>
    public static int Of(PathErrorCode code) => code switch
    {
        PathErrorCode.Revoked => 100,
        PathErrorCode.OnHold => 95,
        PathErrorCode.RevocationUnknown => 90,
        PathErrorCode.PeerName => 85,
        PathErrorCode.Purpose => 80,
        PathErrorCode.Policy => 75,
        PathErrorCode.UnknownCriticalExtension => 70,
        PathErrorCode.NameConstraints => 65,
        PathErrorCode.KeyUsage => 60,
        PathErrorCode.PathTooLong => 55,
        PathErrorCode.NotAnAuthority => 50,
        PathErrorCode.Profile => 48,
        PathErrorCode.MalformedExtension => 46,
        PathErrorCode.Expired => 44,
        PathErrorCode.NotYetValid => 42,
        PathErrorCode.WeakAlgorithm => 40,
        PathErrorCode.UnsupportedAlgorithm => 30,
        PathErrorCode.AlgorithmMismatch => 25,
        PathErrorCode.BadSignature => 20,
        PathErrorCode.WorkLimit => 10,
        _ => 0,
    };

    /// <summary>ETSI EN 319 102-1 §5.2.6 (X.509 validation): the indication without any proof of existence.</summary>
    public static (Indication Indication, SubIndication Sub) Classify(PathFinding finding, Certificate target, IReadOnlyList<CertificateStatus> statuses)
    {
        bool concernsTarget = finding.Certificate is null || finding.Certificate.Equals(target);
        return (Indication.Indeterminate, finding.Code switch
        {
            PathErrorCode.NoPath or PathErrorCode.BadSignature => SubIndication.NoCertificateChainFound,
            PathErrorCode.Revoked => concernsTarget ? SubIndication.RevokedNoPoe : SubIndication.RevokedCaNoPoe,
            PathErrorCode.OnHold => SubIndication.TryLater,
            PathErrorCode.RevocationUnknown => statuses.Any(status => status.EvidenceWasOutOfBounds) ? SubIndication.RevocationOutOfBoundsNoPoe
                : statuses.Any(status => status.EvidenceWasStale) ? SubIndication.TryLater
                : SubIndication.CertificateChainGeneralFailure,
            PathErrorCode.Expired when concernsTarget && statuses.Any(status => status.Status == RevocationStatus.Good) => SubIndication.OutOfBoundsNotRevoked,
            PathErrorCode.Expired or PathErrorCode.NotYetValid => concernsTarget ? SubIndication.OutOfBoundsNoPoe : SubIndication.NoCertificateChainFound,
            PathErrorCode.WeakAlgorithm => SubIndication.CryptoConstraintsFailureNoPoe,
            PathErrorCode.UnsupportedAlgorithm => SubIndication.CryptoConstraintsFailure,
            PathErrorCode.KeyUsage or PathErrorCode.Purpose or PathErrorCode.Policy => SubIndication.ChainConstraintsFailure,
            _ => SubIndication.CertificateChainGeneralFailure,
        });
    }
}
