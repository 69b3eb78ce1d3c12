using ESign.Pdf.Syntax;

namespace ESign.Pdf.Tests.Syntax;

/// <summary>A file and what is appended to it read as one, wherever a window falls.</summary>
public sealed class GrowingSourceTests
{
    [Theory]
    [InlineData(100)] // in memory
    [InlineData(100_000)] // behind windows
    public void Windows_and_reads_across_the_seam_are_those_of_the_whole(int length)
    {
        byte[] whole = new byte[length + 700];
        for (int i = 0; i < whole.Length; i++)
        {
            whole[i] = (byte)(i ^ (i >> 8));
        }

        using GrowingSource source = GrowingSource.Open(new MemoryStream(whole[..length]));
        AssertReads(source, whole.AsSpan(0, length));
        ReadOnlyMemory<byte> kept = default;
        for (int at = length; at < whole.Length; at += 350)
        {
            source.Append(whole.AsSpan(at, 350));
            AssertReads(source, whole.AsSpan(0, at + 350));
            kept = kept.Length == 0 ? source.Read(length + 10, 50) : kept;
        }

        Assert.Equal(whole[(length + 10)..(length + 60)], kept.ToArray());
    }

    [Fact]
    public async Task A_copy_holds_both()
    {
        using GrowingSource source = GrowingSource.Open(new MemoryStream([1, 2, 3]));
        source.Append([4, 5]);
        var copy = new MemoryStream();
        await source.CopyToAsync(copy, TestContext.Current.CancellationToken);
        Assert.Equal([1, 2, 3, 4, 5], copy.ToArray());
        Assert.Equal(3, source.IndexOf([4, 5], 0, source.Length));
    }

    private static void AssertReads(GrowingSource source, ReadOnlySpan<byte> whole)
    {
        Assert.Equal(whole.Length, source.Length);
        foreach (int offset in (int[])[0, 50, 99, whole.Length - 800, whole.Length - 702, whole.Length - 351, whole.Length - 3, whole.Length - 1, whole.Length])
        {
            foreach (int minimum in (int[])[1, 2, 64, 400, 5000])
            {
                if (offset >= 0)
                {
                    ReadOnlySpan<byte> expected = whole.Slice(offset, Math.Min(minimum, whole.Length - offset));
                    ReadOnlySpan<byte> window = source.Window(offset, minimum);
                    Assert.True(window.Length >= expected.Length && offset + window.Length <= whole.Length);
                    Assert.True(window[..expected.Length].SequenceEqual(expected), $"window at {offset} of {minimum}");
                    Assert.True(source.Read(offset, expected.Length).Span.SequenceEqual(expected), $"read at {offset} of {minimum}");
                }
            }
        }
    }
}
