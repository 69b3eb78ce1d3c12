using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using ESign.Pki.Revocation;

namespace ESign.Pki.Issuance;

/// <summary>Reads an answer just signed as its asker will, before it leaves the house.</summary>
/// <remarks>RFC 6960 §3.2 (what clients check), §4.2.2.1 (times), RFC 5019 §2.2 (one responder certificate, by key).</remarks>
internal static class OcspSelfCheck
{
    /// <summary>What is wrong with an answer, or null.</summary>
    /// <param name="encoded">The answer.</param>
    /// <param name="meant">What it should say.</param>
    /// <param name="responder">Whose answer it is.</param>
    /// <param name="now">When it was made.</param>
    /// <param name="withSignatureValue">False leaves the signature value itself out; all other checks are made.</param>
    public static string? Find(ReadOnlyMemory<byte> encoded, IReadOnlyList<OcspSingleResponse> meant, Certificate responder, DateTimeOffset now, bool withSignatureValue = true)
    {
        if (!OcspResponse.TryDecode(encoded, [responder], out OcspResponse? response) || response.Status != OcspResponseStatus.Successful)
        {
            return "it cannot be read";
        }

        if (response.Responses.Count != meant.Count)
        {
            return "it does not answer every question";
        }

        for (int i = 0; i < meant.Count; i++)
        {
            OcspSingleResponse single = response.Responses[i];
            if (!single.Id.SerialNumber.Span.SequenceEqual(meant[i].Id.SerialNumber.Span) || single.Status != meant[i].Status)
            {
                return "it answers another question";
            }

            if (single.ThisUpdate > now || single.NextUpdate <= single.ThisUpdate || single.RevokedAt is null == (single.Status == OcspCertificateStatus.Revoked))
            {
                return "its times contradict each other";
            }
        }

        return response.Certificates is [var enclosed] && enclosed.Equals(responder)
            && (!withSignatureValue || SignatureVerifier.Verify(responder.SubjectPublicKeyInfo.Span, response.SignatureAlgorithm!, response.TbsResponseData.Span, response.SignatureValue.Span))
            ? null
            : "its signature does not verify with the certificate it encloses";
    }
}
