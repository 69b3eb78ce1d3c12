using System.Security.Cryptography.Pkcs;
using ESign.Pki.Asn1;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;
using ESign.Testing;

namespace ESign.Pki.Tests.Timestamping;

/// <summary>Requests, responses and TSTInfo: exact bytes, both ways, with openssl and the platform as witnesses.</summary>
public sealed class TimestampCodecTests
{
    private static readonly byte[] s_imprint = DigestAlgorithm.Sha256.Compute("hello"u8);

    [Fact]
    public void RFC_3161_2_4_1_a_request_byte_for_byte()
    {
        var request = new TimestampRequest(DigestAlgorithm.Sha256, s_imprint, nonce: new byte[] { 0x12, 0x34 }, policyOid: "1.2.3.4");
        Assert.Equal(
            "3040" + "020101" // version
            + "302F" + "300B0609608648016503040201" + "0420" + Convert.ToHexString(s_imprint) // messageImprint
            + "06032A0304" // reqPolicy
            + "02021234" // nonce
            + "0101FF", // certReq
            Convert.ToHexString(request.Encode()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(128)]
    public void A_request_is_read_as_it_was_written(int nonceSize)
    {
        byte[] nonce = [.. Enumerable.Range(1, nonceSize).Select(static i => (byte)i)];
        TimestampRequest read = TimestampRequest.Decode(new TimestampRequest(DigestAlgorithm.Sm3, DigestAlgorithm.Sm3.Compute("hello"u8), nonce, requestCertificate: false).Encode());
        Assert.Equal(DigestAlgorithm.Sm3.Oid, read.DigestOid);
        Assert.Equal(nonce, read.Nonce.ToArray());
        Assert.Null(read.PolicyOid);
        Assert.False(read.RequestsCertificate);
        Assert.Empty(read.Extensions);
    }

    [Fact]
    public void A_nonce_of_129_octets_is_refused_both_ways()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TimestampRequest(DigestAlgorithm.Sha256, s_imprint, new byte[129]));
        byte[] encoded = new TimestampRequest(DigestAlgorithm.Sha256, s_imprint, Enumerable.Repeat((byte)1, 128).ToArray()).Encode();
        Assert.Equal(128, TimestampRequest.Decode(encoded).Nonce.Length);
    }

    [Fact]
    public void A_made_nonce_is_a_positive_minimal_integer_of_16_octets()
    {
        byte[] nonce = TimestampRequest.CreateNonce();
        Assert.Equal(16, nonce.Length);
        Assert.InRange(nonce[0], 0x40, 0x7F);
    }

    [Fact]
    public void Openssl_and_the_platform_read_our_request()
    {
        byte[] encoded = new TimestampRequest(DigestAlgorithm.Sha256, s_imprint, TimestampRequest.CreateNonce(), "1.2.3.4").Encode();
        using var folder = new TemporaryFolder();
        Tool openssl = Tool.Run("openssl", "ts", "-query", "-in", folder.Write("request.tsq", encoded), "-text");
        Assert.Contains("Policy OID: 1.2.3.4", openssl.Output, StringComparison.Ordinal);
        Assert.Contains("Hash Algorithm: sha256", openssl.Output, StringComparison.Ordinal);
        Assert.Contains("Certificate required: yes", openssl.Output, StringComparison.Ordinal);
        Assert.True(Rfc3161TimestampRequest.TryDecode(encoded, out Rfc3161TimestampRequest? request, out int read));
        Assert.Equal(encoded.Length, read);
        Assert.Equal(s_imprint, request.GetMessageHash().ToArray());
    }

    [Fact]
    public void We_read_the_request_of_openssl()
    {
        using var folder = new TemporaryFolder();
        string data = folder.Write("data", "hello"u8.ToArray());
        Assert.Equal(0, Tool.Run("openssl", "ts", "-query", "-data", data, "-sha512", "-cert", "-tspolicy", "1.2.3.4", "-out", folder.PathTo("tsq")).ExitCode);
        TimestampRequest request = TimestampRequest.Decode(File.ReadAllBytes(folder.PathTo("tsq")));
        Assert.Equal(DigestAlgorithm.Sha512.Oid, request.DigestOid);
        Assert.Equal(DigestAlgorithm.Sha512.Compute("hello"u8), request.HashedMessage.ToArray());
        Assert.Equal("1.2.3.4", request.PolicyOid);
        Assert.True(request.RequestsCertificate);
        Assert.False(request.Nonce.IsEmpty);
    }

    [Theory]
    [InlineData("", Asn1ErrorCode.Malformed)]
    [InlineData("3000", Asn1ErrorCode.Malformed)]
    [InlineData("3003020102", Asn1ErrorCode.UnexpectedValue)] // version 2
    public void Malformed_requests_are_refused(string hex, object code) =>
        Assert.Equal(code, Assert.Throws<Asn1FormatException>(() => TimestampRequest.Decode(Convert.FromHexString(hex))).Code);

    [Theory]
    [InlineData(TimestampFailureInfo.BadAlg, "03020780")]
    [InlineData(TimestampFailureInfo.BadRequest, "03020520")]
    [InlineData(TimestampFailureInfo.BadDataFormat, "03020204")]
    [InlineData(TimestampFailureInfo.TimeNotAvailable, "0303010002")]
    [InlineData(TimestampFailureInfo.UnacceptedPolicy, "0303000001")]
    [InlineData(TimestampFailureInfo.UnacceptedExtension, "030407000080")]
    [InlineData(TimestampFailureInfo.AddInfoNotAvailable, "030406000040")]
    [InlineData(TimestampFailureInfo.SystemFailure, "03050600000040")]
    public void RFC_3161_2_4_2_a_refusal_byte_for_byte(object failure, string failInfo)
    {
        byte[] encoded = TimestampResponse.Refuse((TimestampFailureInfo)failure, "no").Encode();
        string info = "020102" + "30040C026E6F" + failInfo;
        string length = (info.Length / 2).ToString("X2");
        Assert.Equal($"30{(info.Length / 2) + 2:X2}30{length}{info}", Convert.ToHexString(encoded));

        TimestampResponse read = TimestampResponse.Decode(encoded);
        Assert.Equal(TimestampStatus.Rejection, read.Status);
        Assert.Equal(failure, read.FailureInfo);
        Assert.Equal(["no"], read.StatusTexts);
        Assert.Null(read.Token);
    }

    [Fact]
    public void A_granted_response_must_have_a_token() =>
        Assert.Throws<Asn1FormatException>(() => TimestampResponse.Decode(Convert.FromHexString("30053003020100")));

    [Fact]
    public void A_statement_is_read_as_it_was_written()
    {
        var time = new DateTimeOffset(2026, 7, 8, 9, 10, 11, 120, TimeSpan.Zero);
        var info = new TimestampTokenInfo("1.2.3.4", new MessageImprint(DigestAlgorithm.Sha256.Oid, s_imprint), new byte[] { 0x7F, 1 }, time)
        {
            Accuracy = new TimestampAccuracy(0, 500, 7),
            IsOrdered = true,
            Nonce = new byte[] { 5 },
            AuthorityName = Convert.FromHexString("A4023000"),
            Extensions = [new TimestampExtension("1.2.3.5", IsCritical: true, new byte[] { 1 })],
        };
        byte[] encoded = info.Encode();
        TimestampTokenInfo read = TimestampTokenInfo.Decode(encoded);
        Assert.Equal(encoded, read.Encode());
        Assert.Equal(time, read.Time);
        Assert.Equal(TimeSpan.FromMicroseconds(500_007), read.Accuracy!.Value.ToTimeSpan());
        Assert.True(read.IsOrdered);
        Assert.Equal("1.2.3.5", Assert.Single(read.Extensions).Oid);
        Assert.Contains("32303236303730383039313031312E31325A", Convert.ToHexString(encoded), StringComparison.Ordinal); // 20260708091011.12Z: no trailing zero (RFC 3161 §2.4.2)
        Assert.True(Rfc3161TimestampTokenInfo.TryDecode(encoded, out Rfc3161TimestampTokenInfo? witness, out _));
        Assert.Equal(time, witness.Timestamp);
        Assert.Equal(500_007, witness.AccuracyInMicroseconds);
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(10_000_000, 1, 0, 0)]
    [InlineData(5_000_001, 0, 500, 1)]
    public void A_span_becomes_an_accuracy_that_is_not_better(long ticks, int seconds, int millis, int micros) =>
        Assert.Equal(new TimestampAccuracy(seconds, millis, micros), TimestampAccuracy.FromTimeSpan(TimeSpan.FromTicks(ticks)));
}
