using System.Security.Cryptography;
using ESign.Pdf.Syntax;
using ESign.Testing;

namespace ESign.Pdf.Tests.Syntax;

/// <summary>A pass that reads ahead gives the bytes of the file in order, and ends whatever goes wrong on either side.</summary>
public sealed class FilePassTests : IDisposable
{
    private const int Length = (9 << 20) + 12_345; // no multiple of any block
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _content = new byte[Length];
    private readonly FileStream _file;

    public FilePassTests()
    {
        RandomNumberGenerator.Fill(_content);
        _file = new FileStream(_folder.Write("file", _content), FileMode.Open, FileAccess.ReadWrite);
    }

    public void Dispose()
    {
        _file.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(0, Length)]
    [InlineData(1000, Length - 1)]
    [InlineData(5, 5)]
    [InlineData(Length - 1, Length)]
    public void The_bytes_come_in_order(int from, int to)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long next = from;
        FilePass.Run(_file.SafeFileHandle, from, to, (position, bytes) =>
        {
            Assert.Equal(next, position);
            next += bytes.Length;
            digest.AppendData(bytes);
        }, TestContext.Current.CancellationToken);
        Assert.Equal(to, next);
        Assert.Equal(SHA256.HashData(_content.AsSpan(from..to)), digest.GetHashAndReset());
    }

    [Fact]
    public void Sources_pass_over_files_and_over_what_was_appended()
    {
        using GrowingSource source = GrowingSource.Open(_file);
        source.Append([1, 2, 3]);
        foreach (long to in (long[])[Length, Length + 3])
        {
            using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            source.Pass(to, (_, bytes) => digest.AppendData(bytes), TestContext.Current.CancellationToken);
            Assert.Equal(SHA256.HashData(to == Length ? _content : [.. _content, 1, 2, 3]), digest.GetHashAndReset());
        }
    }

    [Fact]
    public void A_file_that_became_shorter_is_an_error()
    {
        _file.SetLength(Length - 1);
        Assert.Throws<EndOfStreamException>(() => FilePass.Run(_file.SafeFileHandle, 0, Length, (_, _) => { }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void An_error_of_the_worker_ends_the_reading()
    {
        int calls = 0;
        Assert.Throws<InvalidDataException>(() => FilePass.Run(_file.SafeFileHandle, 0, Length, (_, _) => throw new InvalidDataException($"call {++calls}"), TestContext.Current.CancellationToken));
        Assert.Equal(1, calls);
    }

    [Fact]
    public void Both_threads_are_given_every_byte_in_order()
    {
        using var copy = new MemoryStream(Length);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        FilePass.Run(_file.SafeFileHandle, 0, Length, (_, bytes) => digest.AppendData(bytes), TestContext.Current.CancellationToken, (position, bytes) =>
        {
            Assert.Equal(copy.Length, position);
            copy.Write(bytes);
        });
        Assert.Equal(_content, copy.ToArray());
        Assert.Equal(SHA256.HashData(_content), digest.GetHashAndReset());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData((Length / BlockRing.BlockSize) + 1)] // the last
    public void An_error_beside_ends_the_pass(int call)
    {
        int calls = 0;
        Assert.Throws<InvalidDataException>(() => FilePass.Run(
            _file.SafeFileHandle, 0, Length, (_, _) => { }, TestContext.Current.CancellationToken, (_, _) =>
            {
                if (++calls == call)
                {
                    throw new InvalidDataException();
                }
            }));
        Assert.Equal(call, calls);
    }

    /// <summary>Where every thread of the pool waits, a pass that waited for one of them would not end.</summary>
    [Fact]
    public async Task A_pass_needs_no_thread_but_its_own()
    {
        using var passed = new ManualResetEventSlim();
        Task[] waiting = [.. Enumerable.Range(0, 500).Select(_ => Task.Run(() => passed.Wait(), CancellationToken.None))];
        try
        {
            The_bytes_come_in_order(0, Length);
        }
        finally
        {
            passed.Set();
            await Task.WhenAll(waiting);
        }
    }

    [Fact]
    public void A_cancellation_ends_both()
    {
        using var cancellation = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => FilePass.Run(_file.SafeFileHandle, 0, Length, (position, _) =>
        {
            if (position > 0)
            {
                cancellation.Cancel();
            }
        }, cancellation.Token));
    }
}
