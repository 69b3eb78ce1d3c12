using System.Text;
using ESign.Pki.Keys;

namespace ESign.Pki.Tests.Keys;

public class DigestAlgorithmTests
{
    private const string Abc = "abc";
    private const string TwoBlocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";

    // NIST CSRC examples for FIPS 180-4 and FIPS 202; GB/T 32905 Annex A.
    [Theory]
    [InlineData("SHA224", Abc, "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7")]
    [InlineData("SHA224", TwoBlocks, "75388b16512776cc5dba5da1fd890150b0c6455cb4f58b1952522525")]
    [InlineData("SHA224", "", "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f")]
    [InlineData("SHA3-224", "", "6b4e03423667dbb73b6e15454f0eb1abd4597f9a1b078e3f5b5a6bc7")]
    [InlineData("SHA3-224", Abc, "e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf")]
    [InlineData("SHA3-224", TwoBlocks, "8a24108b154ada21c9fd5574494479ba5c7e7ab76ef264ead0fcce33")]
    [InlineData("SHA256", Abc, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("SM3", Abc, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")]
    [InlineData("SM3", "", "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b")]
    public void Published_digests(string name, string message, string expected)
    {
        DigestAlgorithm algorithm = DigestAlgorithm.All.Single(candidate => candidate.Name == name);
        Assert.Equal(expected, Convert.ToHexStringLower(algorithm.Compute(Encoding.ASCII.GetBytes(message))));
    }

    // The managed sponge against the platform's, at every length around its block.
    [Fact]
    public void Managed_SHA3_agrees_with_the_platform()
    {
        Assert.SkipUnless(System.Security.Cryptography.SHA3_256.IsSupported, "the platform has no SHA-3");
        byte[] data = [.. Enumerable.Range(0, 500).Select(i => (byte)i)];
        for (int length = 0; length <= data.Length; length++)
        {
            var managed = new Sha3Digest(32);
            managed.Append(data.AsSpan(0, length));
            byte[] digest = new byte[32];
            managed.Finish(digest);
            Assert.Equal(DigestAlgorithm.Sha3_256.Compute(data.AsSpan(0, length)), digest);
        }
    }

    // FIPS 202 §6.2; the platform's own is there with OpenSSL 1.1.1 and later.
    [Fact]
    public void Managed_SHAKE256_agrees_with_the_platform()
    {
        Assert.Equal(
            "46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762fd75dc4ddd8c0f200cb05019d67b592f6fc821c49479ab48640292eacb3b7c4be",
            Convert.ToHexStringLower(DigestAlgorithm.Shake256.Compute([])));
        Assert.SkipUnless(System.Security.Cryptography.Shake256.IsSupported, "the platform has no SHAKE256");
        byte[] data = [.. Enumerable.Range(0, 300).Select(i => (byte)i)];
        for (int length = 0; length <= data.Length; length++)
        {
            Assert.Equal(System.Security.Cryptography.Shake256.HashData(data.AsSpan(0, length), 64), DigestAlgorithm.Shake256.Compute(data.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Pieces_and_clones_give_the_digest_of_the_whole()
    {
        byte[] data = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * 31))];
        foreach (DigestAlgorithm algorithm in DigestAlgorithm.All)
        {
            using RunningDigest running = algorithm.Start();
            for (int at = 0; at < data.Length; at += 37)
            {
                running.Append(data.AsSpan(at, Math.Min(37, data.Length - at)));
                using RunningDigest clone = running.Clone();
                clone.Append("other"u8);
            }

            Assert.Equal(algorithm.Compute(data), running.GetCurrentDigest());
            Assert.Equal(algorithm.Compute(data), running.GetCurrentDigest());
            Assert.Equal(algorithm.SizeInBytes, running.GetCurrentDigest().Length);
            Assert.Same(algorithm, DigestAlgorithm.FromOid(algorithm.Oid));
        }
    }
}
