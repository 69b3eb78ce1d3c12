using ESign.Pdf.Document;
using ESign.Pdf.Verification;
using ESign.Pdf.Verification.Modifications;
using ESign.Pki.Certificates;
using ESign.Pki.Validation;

namespace ESign.Pdf.Tests.Reporting;

/// <summary>Verifications that never change, for approvals.</summary>
internal static class FixedResults
{
    public const string Hostile = "<script>alert('x')</script> & \"quoted\" \u202Egpj.exe\u0007 \uD800 ]]>";

    public static readonly DateTimeOffset Now = new(2027, 1, 15, 3, 4, 5, TimeSpan.Zero);

    public static Certificate Root { get; } = Certificate.FromPem("""
        -----BEGIN CERTIFICATE-----
        MIIB2DCCAX2gAwIBAgICEAEwCgYIKoZIzj0EAwIwQTELMAkGA1UEBhMCQ04xGzAZ
        BgNVBAoMEuekuuS+i+iupOivgeacuuaehDEVMBMGA1UEAwwM56S65L6L5qC5IENB
        MCAXDTI2MTEyMDExNDE1NVoYDzIwNTEwNzEyMTE0MTU1WjBBMQswCQYDVQQGEwJD
        TjEbMBkGA1UECgwS56S65L6L6K6k6K+B5py65p6EMRUwEwYDVQQDDAznpLrkvovm
        oLkgQ0EwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAS7wYi9o+KYM6eT0eZExnDQ
        fhesL0TYuufbGg8gSMb1dh7Nyw1tbcm+Q17jx7Flr+mprerNDnXczw4ucYhjgBfL
        o2MwYTAdBgNVHQ4EFgQUe9dJG0EZQ4Hw4tffn1nemT/qj7YwHwYDVR0jBBgwFoAU
        e9dJG0EZQ4Hw4tffn1nemT/qj7YwDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8E
        BAMCAQYwCgYIKoZIzj0EAwIDSQAwRgIhANySY4NqVCzpi0ahSCHfTB4fbJDyFOPG
        6XYixUk0p77MAiEAkpv1eHvQRSFAUIT5P7an2D5c+FkzKwcoTnLHEssZHRA=
        -----END CERTIFICATE-----
        """);

    public static Certificate Enterprise { get; } = Certificate.FromPem("""
        -----BEGIN CERTIFICATE-----
        MIIB4jCCAYigAwIBAgICIAEwCgYIKoZIzj0EAwIwQTELMAkGA1UEBhMCQ04xGzAZ
        BgNVBAoMEuekuuS+i+iupOivgeacuuaehDEVMBMGA1UEAwwM56S65L6L5qC5IENB
        MB4XDTI2MTEyMDExNDE1NVoXDTM2MTExNzExNDE1NVowXzELMAkGA1UEBhMCQ04x
        JzAlBgNVBAoMHua3seWcs+ekuuS+i+enkeaKgOaciemZkOWFrOWPuDEnMCUGA1UE
        Awwe5rex5Zyz56S65L6L56eR5oqA5pyJ6ZmQ5YWs5Y+4MFkwEwYHKoZIzj0CAQYI
        KoZIzj0DAQcDQgAETPEvd18FzbZNrYTMhW4eVSSBIBSmeSZmaZgke3IC45RIdYD9
        2qDKRYVju6WZVv6yvTkDF21baDbZUKzkccaZnqNSMFAwDgYDVR0PAQH/BAQDAgbA
        MB0GA1UdDgQWBBScjLHAJfX0jzFQPeshcWt2BT7BEDAfBgNVHSMEGDAWgBR710kb
        QRlDgfDi19+fWd6ZP+qPtjAKBggqhkjOPQQDAgNIADBFAiBRtlGUSg/XwIuf8HBU
        prHrsTEsH+bnEkc9VMzIUDFI5QIhAKIONjwdWT69IIglx0Njq/w0FXHD9fdz0D9p
        fLp0jlcV
        -----END CERTIFICATE-----
        """);

    public static Certificate Person { get; } = Certificate.FromPem("""
        -----BEGIN CERTIFICATE-----
        MIIBoTCCAUegAwIBAgICIAIwCgYIKoZIzj0EAwIwQTELMAkGA1UEBhMCQ04xGzAZ
        BgNVBAoMEuekuuS+i+iupOivgeacuuaehDEVMBMGA1UEAwwM56S65L6L5qC5IENB
        MB4XDTI2MTEyMDExNDE1NVoXDTM2MTExNzExNDE1NVowHjELMAkGA1UEBhMCQ04x
        DzANBgNVBAMMBuW8oOS4iTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABN8MK2fn
        2Eqk/GHPPS9tB5YgIlqpmAiTvQo+iqv5WAYXnZ0eNSpdWrfqkztOl95DjKCr5AJh
        e2GBU2YsrnL3HPujUjBQMA4GA1UdDwEB/wQEAwIGwDAdBgNVHQ4EFgQUANKsIfAG
        4nP9gRByM2GG+11T/t8wHwYDVR0jBBgwFoAUe9dJG0EZQ4Hw4tffn1nemT/qj7Yw
        CgYIKoZIzj0EAwIDSAAwRQIhAKExylSk3VlFegJdLAzDr4clGRQH5dISOhXYZZOS
        nBL4AiBcPQlAWgsZESesk17nEZ8xdcB4mK8Yu/Zs1pJwyb+Xfw==
        -----END CERTIFICATE-----
        """);

    /// <summary>A company's signature that passed, and a person's that a later change breaks.</summary>
    public static VerificationResult TwoSignatures { get; } = new()
    {
        Verdict = DocumentVerdict.Invalid,
        Code = DocumentCode.Tampered,
        Signatures = [Passed(), Broken()],
        UnsignedFields = ["乙方"],
        ValidationTime = Now,
        FileLength = 5000,
        Store = new StoreContents(Certificates: 2, Crls: 0, OcspResponses: 1, Vri: 1),
        RevisionCount = 4,
        PageCount = 5,
    };

    public static VerificationResult Unsigned { get; } = new()
    {
        Verdict = DocumentVerdict.Unsigned,
        Code = DocumentCode.NoSignature,
        Signatures = [],
        ValidationTime = Now,
        RevisionCount = 1,
        PageCount = 1,
    };

    /// <summary>Every text that a document can choose is an attack.</summary>
    public static VerificationResult HostileTexts { get; } = TwoSignatures with
    {
        UnsignedFields = [Hostile],
        Signatures = [Broken() with
        {
            Places = [new SignaturePlace(Hostile, 1, new PdfRectangle(0, 0, 10, 10))],
            SubFilter = Hostile,
            Written = new WrittenSignature { Type = Hostile, Filter = Hostile, Name = Hostile, Lock = new FieldMdp(Hostile, [Hostile], Permissions: null), SignedAttributes = [Hostile] },
            Reason = Hostile,
            Location = Hostile,
            DigestAlgorithm = Hostile,
            SignatureAlgorithm = Hostile,
            Missing = [Hostile + " / " + Hostile],
            Checks = [new CheckResult("format", CheckOutcome.Failed, "ISO 32000-2 §12.8.1", Hostile, SubIndication.FormatFailure)],
            Modifications = new ModificationVerdict(ModificationLevel.Other, Permitted: false, [new ModificationFinding("unexplained", Hostile, Hostile, 1, null, Hostile, Permitted: false)]),
            Timestamps = [new TimestampResult { Kind = TimestampKind.Signature, Indication = Indication.Failed, SubIndication = SubIndication.HashFailure, Message = Hostile }],
        }],
    };

    private static SignatureVerdict Passed() => new()
    {
        Places = [new SignaturePlace("甲方", 5, new PdfRectangle(110, 605, 229, 724))],
        SubFilter = "ETSI.CAdES.detached",
        Written = new WrittenSignature
        {
            Type = "Sig",
            Filter = "Adobe.PPKLite",
            Name = "深圳示例科技有限公司",
            ByteRange = [0, 1000, 2000, 500],
            FieldMdps = [new FieldMdp("Include", ["甲方骑缝章"], Permissions: null)],
            Lock = new FieldMdp("Include", ["甲方骑缝章"], Permissions: null),
            SignedAttributes = ["1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4", "1.2.840.113549.1.9.16.2.47"],
        },
        Indication = Indication.Passed,
        SubIndication = SubIndication.None,
        Level = SignatureLevel.BT,
        DigestIntact = true,
        SignatureIntact = true,
        Trusted = true,
        Coverage = Coverage.WholeRevision,
        ByteRange = new ByteRange(1000, 2000, 500),
        Revision = 2,
        Modifications = new ModificationVerdict(ModificationLevel.FormFilling, Permitted: true,
        [
            new ModificationFinding("signature-filled", "ISO 32000-2 §12.8.2.2 table 257", "97 0 R /Root/AcroForm(丙方)", 5, new PdfRectangle(117, 485, 236, 530), "签署了签名域“丙方” / The signature field 丙方 was signed", Permitted: true),
        ]),
        DocMdp = 2,
        Reason = "合同签署",
        Location = "深圳",
        SigningTime = Now.AddDays(-10),
        BestSignatureTime = Now.AddDays(-10).AddSeconds(2),
        Certificate = Enterprise,
        CertificatePath = [Enterprise, Root],
        Revocation = [new CertificateStatus(Enterprise, RevocationStatus.Good) { ThisUpdate = Now.AddDays(-1), NextUpdate = Now.AddDays(6) }],
        SignatureValue = new byte[] { 0x30, 0x45, 0x02, 0x20 },
        ContentDigest = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray(),
        DigestAlgorithm = "SHA256",
        SignatureAlgorithm = "ECDSA-SHA256",
        Timestamps =
        [
            new TimestampResult
            {
                Kind = TimestampKind.Signature, Time = Now.AddDays(-10).AddSeconds(2), Indication = Indication.Passed, SubIndication = SubIndication.None,
                ImprintIntact = true, SignatureIntact = true, Trusted = true, DigestAlgorithm = "SHA256", Certificate = Root, Message = "时间戳有效 / the timestamp is valid",
            },
        ],
        Checks =
        [
            new CheckResult("format", CheckOutcome.Passed, "ISO 32000-2 §12.8.3", "/SubFilter ETSI.CAdES.detached"),
            new CheckResult("digest", CheckOutcome.Passed, "RFC 5652 §11.2", "摘要一致 / the digest matches"),
            new CheckResult("modifications", CheckOutcome.Passed, "ISO 32000-2 §12.8.2.2", "签名后的更改限于填写与签署 / later changes are limited to filling in and signing"),
        ],
    };

    private static SignatureVerdict Broken() => new()
    {
        Places = [new SignaturePlace("丙方", 5, new PdfRectangle(117, 485, 236, 530)), new SignaturePlace("丙方-1.p1", 1, new PdfRectangle(577, 300, 595, 419))],
        SubFilter = "adbe.pkcs7.detached",
        Written = new WrittenSignature { Filter = "Adobe.PPKLite", Name = "李四", ByteRange = [0, 3000, 4000, 700], SigningTimeAttribute = Now.AddDays(-9) },
        Indication = Indication.Failed,
        SubIndication = SubIndication.HashFailure,
        Level = SignatureLevel.None,
        Missing = ["缺少 signing-certificate-v2 / signing-certificate-v2 is missing (EN 319 142-1 §6.3)"],
        SignatureIntact = true,
        Coverage = Coverage.WholeRevision,
        ByteRange = new ByteRange(3000, 4000, 700),
        Revision = 3,
        Modifications = new ModificationVerdict(ModificationLevel.Other, Permitted: false,
        [
            new ModificationFinding("page-content", "ISO 32000-2 §12.8.2.2", "12 0 R /Root/Pages[2]/Contents", 2, null, "第 2 页的内容被更改 / The content of page 2 was changed", Permitted: false),
        ]),
        SigningTime = Now.AddDays(-9),
        Certificate = Person,
        CertificatePath = [Person],
        DigestAlgorithm = "SHA256",
        SignatureAlgorithm = "ECDSA-SHA256",
        Checks =
        [
            new CheckResult("digest", CheckOutcome.Failed, "RFC 5652 §11.2", "内容与签名时不同 / the content is not what was signed", SubIndication.HashFailure),
            new CheckResult("certificate-path", CheckOutcome.Indeterminate, "EN 319 102-1 §5.2.6", "没有通向信任锚的路径 / no path to a trust anchor", SubIndication.NoCertificateChainFound),
            new CheckResult("timestamps", CheckOutcome.Warning, "EN 319 142-1 §6.3", "没有时间戳 / no timestamp"),
        ],
    };
}
