using System.Text.Json;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Revocation;
using ESign.Pki.Timestamping;
using ESign.Testing;

namespace ESign.Cli.Tests.Commands;

/// <summary><c>esign timestamp FILE --token</c>: what the token says of the file, and what stands behind its authority; openssl as witness.</summary>
public sealed class TimestampCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_token_of_this_file_by_a_trusted_authority_is_valid()
    {
        TestPki pki = await StampAsync();
        (int exit, JsonElement json) = await JudgeAsync("--trust", In("root.pem"), "--cert", In("issuing.pem"));
        Assert.Equal(0, exit);
        Assert.True(json.GetProperty("valid").GetBoolean());
        Assert.Empty(json.GetProperty("reasons").EnumerateArray());
        Tool openssl = Tool.Run("openssl", "ts", "-verify", "-data", In("file"), "-in", In("token"), "-token_in", "-CAfile", In("root.pem"), "-untrusted", In("issuing.pem"), "-attime", "1769860800");
        Assert.True(openssl.ExitCode == 0, openssl.Error);

        // A response around the token is as good; a revocation after the token's time does no harm, and needs the root's list as well.
        await File.WriteAllBytesAsync(In("token"), TimestampResponse.Grant(TimestampToken.Decode(await File.ReadAllBytesAsync(In("token")))).Encode());
        Certificate authority = TimestampResponse.Decode(await File.ReadAllBytesAsync(In("token"))).Token!.Verify(await File.ReadAllBytesAsync(In("file"))).Certificate!;
        _clock.Advance(TimeSpan.FromMinutes(1));
        await pki.Issuing.RevokeAsync(authority.SerialNumberHex, RevocationReason.Superseded);
        await File.WriteAllBytesAsync(In("issuing.crl"), (await new CrlPublisher(pki.Issuing).PublishAsync()).RawData.ToArray());
        Assert.Equal(1, (await JudgeAsync("--trust", In("root.pem"), "--cert", In("issuing.pem"), "--crl", In("issuing.crl"))).Exit);
        await File.WriteAllBytesAsync(In("root.crl"), (await new CrlPublisher(pki.Root).PublishAsync()).RawData.ToArray());
        Assert.Equal(0, (await JudgeAsync("--trust", In("root.pem"), "--cert", In("issuing.pem"), "--crl", In("issuing.crl"), In("root.crl"))).Exit);
    }

    /// <summary>RFC 3161 §4: who has the key can write any time into a token, so that only a reason which rules this out leaves older tokens valid.</summary>
    [Theory]
    [InlineData(RevocationReason.CessationOfOperation, 0)]
    [InlineData(RevocationReason.KeyCompromise, 1)]
    [InlineData(RevocationReason.Unspecified, 1)] // which CRLs leave out (RFC 5280 §5.3.1)
    public async Task A_token_from_before_the_revocation_stays_valid_unless_others_may_have_the_key(RevocationReason reason, int expected)
    {
        TestPki pki = await StampAsync();
        Certificate authority = TimestampToken.Decode(await File.ReadAllBytesAsync(In("token"))).Verify(await File.ReadAllBytesAsync(In("file"))).Certificate!;
        _clock.Advance(TimeSpan.FromMinutes(1));
        await pki.Issuing.RevokeAsync(authority.SerialNumberHex, reason);
        await File.WriteAllBytesAsync(In("issuing.crl"), (await new CrlPublisher(pki.Issuing).PublishAsync()).RawData.ToArray());
        await File.WriteAllBytesAsync(In("root.crl"), (await new CrlPublisher(pki.Root).PublishAsync()).RawData.ToArray());

        (int exit, JsonElement json) = await JudgeAsync("--trust", In("root.pem"), "--cert", In("issuing.pem"), "--crl", In("issuing.crl"), In("root.crl"));
        Assert.Equal(expected, exit);
        Assert.Equal(expected, json.GetProperty("reasons").EnumerateArray().Count(each => each.GetString()!.Contains("RFC 3161 §4", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Another_file_and_another_root_are_refused_and_without_a_root_it_is_undecided()
    {
        await StampAsync();
        (int exit, JsonElement json) = await JudgeAsync("--cert", In("issuing.pem"));
        Assert.Equal((2, "undetermined"), (exit, json.GetProperty("status").GetString()));
        (exit, json) = await JudgeAsync("--trust", In("issuing.pem"));
        Assert.Equal((0, "valid"), (exit, json.GetProperty("status").GetString()));
        TestPki stranger = await TestPki.CreateAsync(clock: _clock);
        await File.WriteAllTextAsync(In("root.pem"), stranger.Root.Certificate.ToPem());
        Assert.Equal(1, (await JudgeAsync("--trust", In("root.pem"), "--cert", In("issuing.pem"))).Exit);
        await File.AppendAllTextAsync(In("file"), "!");
        (exit, json) = await JudgeAsync("--trust", In("issuing.pem"));
        Assert.Equal((1, "ImprintMismatch"), (exit, json.GetProperty("reasons")[0].GetString()));
    }

    [Fact]
    public async Task A_token_is_either_asked_for_or_judged()
    {
        await StampAsync();
        await File.WriteAllTextAsync(In("junk"), "junk");
        foreach ((int expected, string[] arguments) in ((int, string[])[])
        [
            (CliExit.Usage, []),
            (CliExit.Usage, ["--tsa", "http://127.0.0.1:1/", "--token", In("token")]),
            (CliExit.DataError, ["--token", In("junk")]),
            (CliExit.NoInput, ["--token", In("absent")]),
        ])
        {
            using var error = new StringWriter();
            Assert.Equal(expected, await CliApplication.RunAsync(["timestamp", In("file"), .. arguments], new CliContext(TextWriter.Null, error, TimeProvider.System)));
            Assert.Contains("hint: ", error.ToString(), StringComparison.Ordinal);
        }
    }

    public void Dispose() => _folder.Dispose();

    private async Task<TestPki> StampAsync()
    {
        TestPki pki = await TestPki.CreateAsync(clock: _clock);
        byte[] content = "minutes of the meeting"u8.ToArray();
        TimestampToken token = await pki.Timestamps.GetTimestampAsync(DigestAlgorithm.Sha256, DigestAlgorithm.Sha256.Compute(content));
        await File.WriteAllBytesAsync(In("file"), content);
        await File.WriteAllBytesAsync(In("token"), token.RawData.ToArray());
        await File.WriteAllTextAsync(In("root.pem"), pki.Root.Certificate.ToPem());
        await File.WriteAllTextAsync(In("issuing.pem"), pki.Issuing.Certificate.ToPem());
        return pki;
    }

    private async Task<(int Exit, JsonElement Json)> JudgeAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        int exit = await CliApplication.RunAsync(["timestamp", In("file"), "--token", In("token"), "--json", .. arguments], new CliContext(output, TextWriter.Null, _clock));
        return (exit, JsonDocument.Parse(output.ToString()).RootElement);
    }

    private string In(string name) => _folder.PathTo(name);
}
