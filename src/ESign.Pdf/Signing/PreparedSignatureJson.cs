using System.Text.Json.Serialization;
using ESign.Pki.Keys;

namespace ESign.Pdf.Signing;

/// <summary>The JSON form of <see cref="PreparedSignature"/>, version 1.</summary>
internal sealed record PreparedSignatureJson(
    int Version, string FieldName, long[] ByteRange, int Capacity, string Algorithm, byte[] Digest, byte[] SignedAttributes, byte[] Certificate, byte[][] Issuers, bool NeedsTimestamp = false)
{
    private const int CurrentVersion = 1;

    public static PreparedSignatureJson From(PreparedSignature prepared) => new(
        CurrentVersion,
        prepared.FieldName,
        PreparedDocumentJson.WriteRange(prepared.ByteRange),
        prepared.Capacity,
        prepared.Algorithm.Name,
        prepared.Digest.ToArray(),
        prepared.SignedAttributes.ToArray(),
        prepared.Certificate.RawData.ToArray(),
        [.. prepared.Issuers.Select(issuer => issuer.RawData.ToArray())],
        prepared.NeedsTimestamp);

    public PreparedSignature ToPrepared()
    {
        if (Version != CurrentVersion)
        {
            throw new FormatException($"version {Version}; this program reads version {CurrentVersion}");
        }

        return new PreparedSignature
        {
            FieldName = FieldName ?? "",
            ByteRange = PreparedDocumentJson.ReadRange(ByteRange),
            Capacity = Capacity,
            Algorithm = SignatureAlgorithm.FromName(Algorithm ?? "") ?? throw new FormatException($"unknown algorithm {Algorithm}"),
            Digest = Digest ?? throw new FormatException("digest is missing"),
            SignedAttributes = SignedAttributes ?? throw new FormatException("signedAttributes is missing"),
            Certificate = Pki.Certificates.Certificate.Decode(Certificate ?? throw new FormatException("certificate is missing")),
            Issuers = [.. (Issuers ?? []).Select(issuer => Pki.Certificates.Certificate.Decode(issuer))],
            NeedsTimestamp = NeedsTimestamp,
        };
    }
}

/// <summary>Serialisation without reflection, so that it survives trimming.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PreparedSignatureJson))]
[JsonSerializable(typeof(PreparedDocumentJson))]
internal sealed partial class PreparedSignatureJsonContext : JsonSerializerContext;
