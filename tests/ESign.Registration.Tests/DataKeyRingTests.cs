using System.Security.Cryptography;
using System.Text;
using ESign.Registration.Protection;
using ESign.Testing;

namespace ESign.Registration.Tests;

/// <summary>The data keys: what they seal, what they refuse, and the file they lie in.</summary>
public sealed class DataKeyRingTests
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("11010519491231002X");

    [Fact]
    public void Sealed_content_opens_in_its_own_context_only()
    {
        using DataKeyRing ring = DataKeyRing.Create();
        byte[] first = ring.Seal(Secret, "person/p1");
        Assert.Equal(Secret, ring.Open(first, "person/p1"));
        Assert.NotEqual(first, ring.Seal(Secret, "person/p1"));
        Assert.Equal(-1, first.AsSpan().IndexOf(Secret));
        Assert.ThrowsAny<CryptographicException>(() => ring.Open(first, "person/p2"));
        for (int i = 0; i < first.Length; i++)
        {
            byte[] altered = [.. first];
            altered[i] ^= 0x40;
            Assert.ThrowsAny<CryptographicException>(() => ring.Open(altered, "person/p1"));
            Assert.ThrowsAny<CryptographicException>(() => ring.Open(first.AsSpan(0, i), "person/p1"));
        }
    }

    [Fact]
    public void Wiped_keys_seal_open_and_hash_nothing()
    {
        DataKeyRing ring = DataKeyRing.Create();
        byte[] made = ring.Seal(Secret, "c");
        ring.Dispose();
        Assert.Throws<ObjectDisposedException>(() => ring.Seal(Secret, "c"));
        Assert.Throws<ObjectDisposedException>(() => ring.Open(made, "c"));
        Assert.Throws<ObjectDisposedException>(() => ring.Hash("document", "11010519491231002X"));
    }

    [Fact]
    public void A_saved_ring_comes_back_with_every_key_and_its_file_is_its_owners_alone()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathTo("data-keys");
        using DataKeyRing ring = DataKeyRing.Create();
        byte[] old = ring.Seal(Secret, "c");
        string hash = ring.Hash("document", "11010519491231002X");
        ring.Rotate();
        byte[] fresh = ring.Seal(Secret, "c");
        ring.Save(path);
        using DataKeyRing loaded = DataKeyRing.Load(path);
        Assert.Equal(ring.CurrentKeyId, loaded.CurrentKeyId);
        Assert.Equal(Secret, loaded.Open(old, "c"));
        Assert.Equal(Secret, loaded.Open(fresh, "c"));
        Assert.Equal(hash, loaded.Hash("document", "11010519491231002X"));
        Assert.NotEqual(hash, loaded.Hash("mobile", "11010519491231002X"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead);
            Assert.Contains("chmod 600", Assert.Throws<InvalidOperationException>(() => DataKeyRing.Load(path)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("index AAAA\n1 AAAA\n")]
    [InlineData("1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")]
    [InlineData("index AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")]
    [InlineData("index AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")]
    [InlineData("index AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= x\n")]
    public void Other_files_are_refused(string text)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("data-keys", Encoding.ASCII.GetBytes(text));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Assert.Throws<InvalidOperationException>(() => DataKeyRing.Load(path));
    }
}
