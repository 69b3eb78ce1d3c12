using System.Formats.Asn1;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;

namespace ESign.Pki.Cms;

/// <summary>Makes CMS signatures of one signer: a content digest in, DER out, with the key operation in between.</summary>
/// <remarks>
/// RFC 5652 §5; signed attributes as CAdES and PAdES want them (EN 319 122-1 §5, RFC 5035 §3); SM2 with the international
/// identifiers (digest 1.2.156.10197.1.401, signature 1.2.156.10197.1.501). Whatever does not depend on the content is
/// encoded once, so that a signature costs the key operation and a few copies. Thread-safe.
/// </remarks>
internal sealed class SignedDataBuilder
{
    // 1.2.840.113549.1.7.2
    private static readonly byte[] s_signedDataOid = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];

    private readonly Certificate _signer;
    private readonly AlgorithmIdentifier _signature;
    private readonly SignedAttributesProfile _profile;
    private readonly SignedAttributesTemplate _attributes;
    private readonly byte[] _contentType;
    private readonly byte[] _certificates;
    private readonly byte[] _signerPrefix;
    private readonly byte[] _signatureAlgorithm;
    private readonly byte[] _digestAlgorithms;

    /// <summary>Prepares everything that all signatures of a signer share.</summary>
    /// <param name="signer">The signer's certificate.</param>
    /// <param name="issuers">Certificates that lead from the signer to an anchor, embedded with it; duplicates are left out.</param>
    /// <param name="algorithm">The key's algorithm.</param>
    /// <param name="profile">Which signed attributes; the PAdES baseline when <see langword="null"/>.</param>
    /// <param name="contentTypeOid">The type of what is signed; data when <see langword="null"/>.</param>
    public SignedDataBuilder(Certificate signer, IReadOnlyList<Certificate> issuers, SignatureAlgorithm algorithm, SignedAttributesProfile? profile = null, string? contentTypeOid = null)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(issuers);
        ArgumentNullException.ThrowIfNull(algorithm);
        _signer = signer;
        Algorithm = algorithm;
        ContentTypeOid = contentTypeOid ?? Oids.CmsData;
        _profile = profile ?? SignedAttributesProfile.Pades;
        _signature = algorithm.Identifier;
        _attributes = SignedAttributesTemplate.Create(ContentTypeOid, signer, algorithm, _signature, _profile, contentTimestamp: default);
        _contentType = EncodeOid(ContentTypeOid);
        _certificates = CertificateSet(signer, issuers);
        _signatureAlgorithm = _signature.Encode();
        byte[] digest = new AlgorithmIdentifier(algorithm.Digest.Oid).Encode(); // RFC 5754 §2: parameters absent
        _digestAlgorithms = [0x31, (byte)digest.Length, .. digest];
        _signerPrefix = SignerPrefix(signer, digest);
        MaximumSignatureSize = SignatureSize(signer, algorithm);
    }

    private SignedDataBuilder(SignedDataBuilder other, byte[] certificates)
    {
        _signer = other._signer;
        Algorithm = other.Algorithm;
        ContentTypeOid = other.ContentTypeOid;
        _profile = other._profile;
        _signature = other._signature;
        _attributes = other._attributes;
        _contentType = other._contentType;
        _certificates = certificates;
        _signatureAlgorithm = other._signatureAlgorithm;
        _digestAlgorithms = other._digestAlgorithms;
        _signerPrefix = other._signerPrefix;
        MaximumSignatureSize = other.MaximumSignatureSize;
    }

    /// <summary>The algorithm of every signature.</summary>
    public SignatureAlgorithm Algorithm { get; }

    /// <summary>The type of what is signed.</summary>
    public string ContentTypeOid { get; }

    /// <summary>The size of the signature value: exact for RSA, the greatest possible for ECDSA and SM2.</summary>
    public int MaximumSignatureSize { get; }

    /// <summary>Builds the signed attributes over a content digest; the result waits for the signature value.</summary>
    /// <param name="contentDigest">The digest of the content by <see cref="Algorithm"/>'s digest algorithm (SM2: plain SM3).</param>
    /// <param name="contentTimestamp">A token over the content, to be signed with it; empty for none.</param>
    /// <exception cref="ArgumentException">The digest has the wrong length.</exception>
    public PreparedSignedData Prepare(ReadOnlySpan<byte> contentDigest, ReadOnlyMemory<byte> contentTimestamp = default)
    {
        SignedAttributesTemplate template = contentTimestamp.IsEmpty
            ? _attributes
            : SignedAttributesTemplate.Create(ContentTypeOid, _signer, Algorithm, _signature, _profile, contentTimestamp);
        return new PreparedSignedData(this, template.Fill(contentDigest));
    }

    /// <summary>The same without embedded certificates: for timestamp tokens whose requester has them already (RFC 3161 §2.4.1, certReq).</summary>
    internal SignedDataBuilder WithoutCertificates() => new(this, certificates: []);

    /// <summary>Continues a signature whose attributes were prepared earlier, perhaps in another process.</summary>
    /// <param name="signedAttributes">The bytes of <see cref="PreparedSignedData.BytesToSign"/>.</param>
    /// <exception cref="Asn1FormatException">The bytes are not signed attributes.</exception>
    public PreparedSignedData Resume(ReadOnlyMemory<byte> signedAttributes)
    {
        CmsAttribute.DecodeAll(signedAttributes, Asn1Tag.SetOf);
        return new PreparedSignedData(this, signedAttributes.ToArray());
    }

    /// <summary>Prepares, signs and completes with a key that is at hand.</summary>
    /// <param name="key">The key of the signer's certificate.</param>
    /// <param name="contentDigest">The digest of the content.</param>
    /// <param name="content">The content, when it is to be embedded; empty leaves it detached.</param>
    /// <param name="cancellationToken">Cancels a remote key operation.</param>
    /// <returns>The DER of the ContentInfo.</returns>
    public async ValueTask<byte[]> SignAsync(ISigningKey key, ReadOnlyMemory<byte> contentDigest, ReadOnlyMemory<byte> content = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        PreparedSignedData prepared = Prepare(contentDigest.Span);
        byte[] signature = await key.SignAsync(prepared.BytesToSign, cancellationToken).ConfigureAwait(false);
        return prepared.Complete(signature, unsignedAttributes: null, content);
    }

    /// <summary>How many bytes a finished detached signature takes at most; exact for RSA.</summary>
    /// <param name="signatureTimestampSize">The size of the signature timestamp token that will be added; 0 for none.</param>
    /// <param name="contentTimestampSize">The size of the content timestamp token; 0 for none.</param>
    public int MaximumSize(int signatureTimestampSize = 0, int contentTimestampSize = 0)
    {
        int attributes = _attributes.Size;
        if (contentTimestampSize > 0)
        {
            attributes = DerLength.Total(attributes + AttributeSize(contentTimestampSize)); // counts the old header twice: at most 5 bytes too many
        }

        int unsigned = signatureTimestampSize == 0 ? 0 : DerLength.Total(AttributeSize(signatureTimestampSize));
        return Layout(attributes, MaximumSignatureSize, unsigned, contentSize: -1).Total;
    }

    internal byte[] Assemble(ReadOnlySpan<byte> signedAttributes, ReadOnlySpan<byte> signature, IReadOnlyList<CmsAttribute>? unsignedAttributes, ReadOnlySpan<byte> content)
    {
        byte[] unsigned = unsignedAttributes is { Count: > 0 } ? UnsignedAttributeSet.Encode(unsignedAttributes) : [];
        Sizes layout = Layout(signedAttributes.Length, signature.Length, unsigned.Length, content.IsEmpty ? -1 : content.Length);
        byte[] encoded = new byte[layout.Total];

        Span<byte> rest = DerLength.WriteHeader(encoded, 0x30, layout.ContentInfo);            // ContentInfo
        rest = Append(rest, s_signedDataOid);                                                   //   contentType
        rest = DerLength.WriteHeader(rest, 0xA0, DerLength.Total(layout.SignedData));           //   [0] EXPLICIT
        rest = DerLength.WriteHeader(rest, 0x30, layout.SignedData);                            //     SignedData
        rest = Append(rest, [0x02, 0x01, Version]);                                             //       version
        rest = Append(rest, _digestAlgorithms);                                                 //       digestAlgorithms
        rest = AppendContent(rest, content, layout);                                            //       encapContentInfo
        rest = Append(rest, _certificates);                                                     //       certificates
        rest = DerLength.WriteHeader(rest, 0x31, DerLength.Total(layout.SignerInfo));           //       signerInfos
        rest = DerLength.WriteHeader(rest, 0x30, layout.SignerInfo);                            //         SignerInfo
        rest = Append(rest, _signerPrefix);                                                     //           version, sid, digestAlgorithm
        rest = Append(rest, signedAttributes, firstByte: 0xA0);                                 //           signedAttrs [0] IMPLICIT
        rest = Append(rest, _signatureAlgorithm);                                               //           signatureAlgorithm
        rest = Append(DerLength.WriteHeader(rest, 0x04, signature.Length), signature);          //           signature
        Append(rest, unsigned);                                                                 //           unsignedAttrs [1] IMPLICIT
        return encoded;
    }

    // RFC 5652 §5.1: 1 while the content is data and signers are named by issuer and serial number; 3 for any other content.
    private byte Version => string.Equals(ContentTypeOid, Oids.CmsData, StringComparison.Ordinal) ? (byte)1 : (byte)3;

    private Sizes Layout(int attributesSize, int signatureSize, int unsignedSize, int contentSize)
    {
        int signer = _signerPrefix.Length + attributesSize + _signatureAlgorithm.Length + DerLength.Total(signatureSize) + unsignedSize;
        int encapsulated = _contentType.Length + (contentSize < 0 ? 0 : DerLength.Total(DerLength.Total(contentSize)));
        int signedData = 3 + _digestAlgorithms.Length + DerLength.Total(encapsulated) + _certificates.Length + DerLength.Total(DerLength.Total(signer));
        int contentInfo = s_signedDataOid.Length + DerLength.Total(DerLength.Total(signedData));
        return new Sizes(DerLength.Total(contentInfo), contentInfo, signedData, encapsulated, signer);
    }

    private Span<byte> AppendContent(Span<byte> rest, scoped ReadOnlySpan<byte> content, scoped in Sizes layout)
    {
        rest = Append(DerLength.WriteHeader(rest, 0x30, layout.EncapsulatedContent), _contentType);
        if (content.IsEmpty)
        {
            return rest;
        }

        rest = DerLength.WriteHeader(rest, 0xA0, DerLength.Total(content.Length));
        return Append(DerLength.WriteHeader(rest, 0x04, content.Length), content);
    }

    private static Span<byte> Append(Span<byte> rest, scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(rest);
        return rest[bytes.Length..];
    }

    private static Span<byte> Append(Span<byte> rest, scoped ReadOnlySpan<byte> bytes, byte firstByte)
    {
        bytes.CopyTo(rest);
        rest[0] = firstByte;
        return rest[bytes.Length..];
    }

    private static byte[] EncodeOid(string oid)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, initialCapacity: 32);
        writer.WriteObjectIdentifier(oid);
        return writer.Encode();
    }

    private static int AttributeSize(int valueSize) => DerLength.Total(13 + DerLength.Total(valueSize)); // an id-aa type takes 13 octets

    // certificates [0] IMPLICIT SET OF: DER order, each once
    private static byte[] CertificateSet(Certificate signer, IReadOnlyList<Certificate> issuers)
    {
        var distinct = new List<Certificate> { signer };
        foreach (Certificate issuer in issuers)
        {
            if (!distinct.Contains(issuer))
            {
                distinct.Add(issuer);
            }
        }

        distinct.Sort(static (a, b) => a.RawData.Span.SequenceCompareTo(b.RawData.Span));
        int size = distinct.Sum(static certificate => certificate.RawData.Length);
        byte[] set = new byte[DerLength.Total(size)];
        Span<byte> rest = DerLength.WriteHeader(set, 0xA0, size);
        foreach (Certificate certificate in distinct)
        {
            rest = Append(rest, certificate.RawData.Span);
        }

        return set;
    }

    // version 1, sid issuerAndSerialNumber, digestAlgorithm
    private static byte[] SignerPrefix(Certificate signer, byte[] digestAlgorithm)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, 64 + signer.Issuer.RawData.Length + signer.SerialNumber.Length);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(signer.Issuer.RawData.Span);
            writer.WriteInteger(signer.SerialNumber.Span);
        }

        return [0x02, 0x01, 0x01, .. writer.Encode(), .. digestAlgorithm];
    }

    private static int SignatureSize(Certificate signer, SignatureAlgorithm algorithm)
    {
        SubjectPublicKeyInfo key = SubjectPublicKeyInfo.Decode(signer.SubjectPublicKeyInfo);
        if (algorithm.Scheme is SignatureScheme.RsaPkcs1 or SignatureScheme.RsaPss)
        {
            // RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }; a signature is as long as the modulus (RFC 8017 §8)
            ReadOnlySpan<byte> modulus = DerReader.OpenSequence(key.PublicKey).ReadIntegerBytes().Span;
            return modulus.TrimStart((byte)0).Length;
        }

        // A point is 04 ‖ x ‖ y, or 02 or 03 ‖ x; r and s are as long as a coordinate and take one octet more when the top bit is set.
        int coordinates = key.PublicKey.Length - 1;
        int coordinate = key.PublicKey.Span[0] == 0x04 ? coordinates / 2 : coordinates;
        return DerLength.Total(2 * DerLength.Total(coordinate + (coordinate == 66 ? 0 : 1))); // P-521: 521 bits leave the top bits clear
    }

    private readonly record struct Sizes(int Total, int ContentInfo, int SignedData, int EncapsulatedContent, int SignerInfo);
}
