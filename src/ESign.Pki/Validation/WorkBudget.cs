namespace ESign.Pki.Validation;

/// <summary>What one judgement may spend, so that hostile certificates cannot make it endless.</summary>
/// <remarks>
/// The defaults let every honest path of the conformance suites through with a wide margin, and end the hostile ones in
/// well under two seconds. An exhausted budget is a finding, not an exception.
/// </remarks>
internal sealed record WorkBudget
{
    /// <summary>
    /// Signature verifications, each as many times as it costs milliseconds, once at least: about 16,000 P-256 or 15,000 RSA-4096 ones
    /// take a second, but only 13 with an RSA key of 3072 bits whose exponent is as long and a digest the platform does not verify,
    /// and about 50 with Ed448.
    /// </summary>
    public int SignatureChecks { get; init; } = 2_500;

    /// <summary>Complete candidate paths judged.</summary>
    public int Paths { get; init; } = 100;

    /// <summary>Pairs of a name, or a part of the subject, and a constraint; a million (2²⁰) is what OpenSSL settled on too.</summary>
    public int NameComparisons { get; init; } = 1 << 20;

    /// <summary>The longest path, anchor and target included; real ones have up to 6 certificates.</summary>
    public int PathLength { get; init; } = 20;

    /// <summary>Steps of the search from certificate to issuer.</summary>
    public int SearchSteps { get; init; } = 50_000;

    /// <summary>Revocation objects (CRLs and OCSP answers) examined.</summary>
    public int RevocationObjects { get; init; } = 20_000;

    internal Spending Start() => new(this);

    /// <summary>What is left of a budget during one judgement.</summary>
    internal sealed class Spending(WorkBudget budget)
    {
        private int _signatureChecks = budget.SignatureChecks;
        private int _paths = budget.Paths;
        private int _nameComparisons = budget.NameComparisons;
        private int _searchSteps = budget.SearchSteps;
        private int _revocationObjects = budget.RevocationObjects;

        public int MaximumPathLength { get; } = budget.PathLength;

        /// <summary>Whether something was refused for want of budget.</summary>
        public bool IsExhausted { get; private set; }

        public bool TrySignatureCheck(int cost) => Spend(ref _signatureChecks, cost);

        public bool TryPath() => Spend(ref _paths, 1);

        public bool TrySearchStep() => Spend(ref _searchSteps, 1);

        public bool TryRevocationObject() => Spend(ref _revocationObjects, 1);

        public bool TryNameComparisons(long count) => Spend(ref _nameComparisons, count);

        private bool Spend(ref int left, long count)
        {
            if (left < count)
            {
                IsExhausted = true;
                return false;
            }

            left -= (int)count;
            return true;
        }
    }
}
