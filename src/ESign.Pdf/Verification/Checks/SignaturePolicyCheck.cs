using System.Formats.Asn1;
using ESign.Pki.Asn1;
using ESign.Pki.Keys;
using ESign.Pki.Validation;

namespace ESign.Pdf.Verification.Checks;

/// <summary>Whether the policy that the signer names is one of those at hand.</summary>
/// <remarks>
/// ETSI EN 319 102-1 §5.2.4; ETSI EN 319 122-1 §5.2.9.1. Policies are texts for people: that it is the same text is all that a
/// program can say. With no policy at hand the name is reported.
/// </remarks>
internal sealed class SignaturePolicyCheck() : VerificationCheck(CheckRule.SignaturePolicy, "ETSI EN 319 102-1 §5.2.4; ETSI EN 319 122-1 §5.2.9.1")
{
    public override CheckResult? Evaluate(SignatureDossier dossier)
    {
        if (dossier.Facts.Signer?.FindSignedAttribute(Oids.SignaturePolicyIdentifier) is not { } attribute)
        {
            return null;
        }

        try
        {
            return attribute.Values is [var value] ? Judge(value, dossier.Policy) : Unusable("属性值应恰有一个 / it must have exactly one value");
        }
        catch (Asn1FormatException exception)
        {
            return Unusable(exception.Message);
        }
    }

    // SignaturePolicy ::= CHOICE { signaturePolicyId SignaturePolicyId, signaturePolicyImplied NULL }
    // SignaturePolicyId ::= SEQUENCE { sigPolicyId OBJECT IDENTIFIER, sigPolicyHash SEQUENCE { hashAlgorithm, hashValue OCTET STRING } OPTIONAL, … }
    private CheckResult? Judge(ReadOnlyMemory<byte> value, VerificationPolicy policy)
    {
        if (new DerReader(value, AsnEncodingRules.BER).NextIs(Asn1Tag.Null))
        {
            return Warning("签名者默示了签名策略，未处理 / the signer implies a signature policy, which was not processed");
        }

        DerReader identifier = DerReader.OpenSequence(value, AsnEncodingRules.BER);
        string oid = identifier.ReadObjectIdentifier();
        if (policy.SignaturePolicies.Count == 0)
        {
            return Warning($"签名依据签名策略 {oid}，未提供策略文件，未处理 / the signature was made under the policy {oid}; its text is not at hand and was not processed");
        }

        DerReader hash = identifier.ReadSequence();
        DigestAlgorithm? algorithm = DigestAlgorithm.FromOid(hash.ReadSequence().ReadObjectIdentifier());
        ReadOnlyMemory<byte> expected = hash.ReadOctetString();
        return algorithm is not null && policy.SignaturePolicies.Any(text => algorithm.Compute(text.Span).AsSpan().SequenceEqual(expected.Span))
            ? Passed($"签名策略 {oid} 与所提供的策略文件一致 / the signature policy {oid} is the one at hand")
            : Indeterminate(SubIndication.SignaturePolicyNotAvailable, $"签名策略 {oid} 不在所提供的策略文件中 / the signature policy {oid} is none of those at hand");
    }

    private CheckResult Unusable(string reason) =>
        Indeterminate(SubIndication.PolicyProcessingError, $"签名策略属性无法处理：{reason} / the signature policy attribute cannot be processed: {reason}");
}
