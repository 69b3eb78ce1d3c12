using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;

namespace ESign.Pki.Validation;

/// <summary>Checks signatures of one judgement, each pair of signed bytes and key once, out of the budget.</summary>
internal sealed class SignatureLedger(WorkBudget.Spending budget, ReadOnlyMemory<byte>? sm2UserId)
{
    private readonly byte[]? _sm2UserId = sm2UserId is { } id ? id.ToArray() : null;
    private readonly Dictionary<(Certificate Signed, ReadOnlyMemory<byte> Key), SignatureCheck> _known = new(new PairComparer());

    /// <summary>The answer given when the budget does not allow another check.</summary>
    public static SignatureCheck Exhausted { get; } = SignatureCheck.Unsupported("the work budget is exhausted");

    /// <summary>Whether a certificate is signed by another's key.</summary>
    public SignatureCheck Check(Certificate certificate, Certificate issuer)
    {
        (Certificate, ReadOnlyMemory<byte>) pair = (certificate, issuer.SubjectPublicKeyInfo);
        if (!_known.TryGetValue(pair, out SignatureCheck check))
        {
            check = Check(issuer, certificate.SignatureAlgorithm, certificate.TbsCertificate, certificate.SignatureValue);
            _known[pair] = check;
        }

        return check;
    }

    /// <summary>Whether bytes (a CRL, an OCSP answer) are signed by a certificate's key.</summary>
    public SignatureCheck Check(Certificate signer, AlgorithmIdentifier algorithm, ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> signature) =>
        budget.TrySignatureCheck(SignatureVerifier.Cost(signer.SubjectPublicKeyInfo.Span, algorithm))
            ? SignatureVerifier.Check(signer.SubjectPublicKeyInfo.Span, algorithm, data.Span, signature.Span, digest: null, _sm2UserId)
            : Exhausted;

    private sealed class PairComparer : IEqualityComparer<(Certificate Signed, ReadOnlyMemory<byte> Key)>
    {
        public bool Equals((Certificate Signed, ReadOnlyMemory<byte> Key) x, (Certificate Signed, ReadOnlyMemory<byte> Key) y) =>
            x.Signed.Equals(y.Signed) && x.Key.Span.SequenceEqual(y.Key.Span);

        public int GetHashCode((Certificate Signed, ReadOnlyMemory<byte> Key) pair)
        {
            var hash = default(HashCode);
            hash.Add(pair.Signed);
            hash.AddBytes(pair.Key.Span);
            return hash.ToHashCode();
        }
    }
}
