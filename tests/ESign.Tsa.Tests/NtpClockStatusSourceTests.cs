using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using ESign.Testing;

namespace ESign.Tsa.Tests;

/// <summary>RFC 5905 §8: offset and uncertainty from one exchange, against a server on this machine.</summary>
public sealed class NtpClockStatusSourceTests
{
    private readonly ManualClock _clock = new(TsaFixture.Noon);

    [Theory]
    [InlineData(250)]
    [InlineData(-3000)]
    public async Task The_offset_is_UTC_minus_our_clock(int milliseconds)
    {
        ClockStatus status = await AskAsync(packet => Answer(packet, TsaFixture.Noon.AddMilliseconds(milliseconds)));
        Assert.True(status.IsSynchronized, status.Explanation);
        Assert.InRange((status.Offset - TimeSpan.FromMilliseconds(milliseconds)).Duration(), TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
        Assert.InRange(status.Uncertainty.TotalMilliseconds, 9, 11); // root delay 10 ms / 2 + root dispersion 5 ms; our clock stands still
        Assert.Equal(LeapSecond.None, status.Leap);
    }

    [Theory]
    [InlineData(0x64, LeapSecond.Insert)]
    [InlineData(0xA4, LeapSecond.Delete)]
    public async Task A_leap_second_is_passed_on(byte first, LeapSecond leap) =>
        Assert.Equal(leap, (await AskAsync(packet => Answer(packet, TsaFixture.Noon, first))).Leap);

    [Fact]
    public async Task A_server_that_is_not_synchronised_or_answers_something_else_does_not_vouch()
    {
        Assert.False((await AskAsync(packet => Answer(packet, TsaFixture.Noon, first: 0xE4))).IsSynchronized); // alarm
        Assert.False((await AskAsync(packet => Answer(packet, TsaFixture.Noon, stratum: 16))).IsSynchronized);
        Assert.False((await AskAsync(packet => Answer(new byte[48], TsaFixture.Noon))).IsSynchronized); // another question's answer
        Assert.False((await AskAsync(_ => [1, 2, 3])).IsSynchronized);
    }

    private async Task<ClockStatus> AskAsync(Func<byte[], byte[]> answer)
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var source = new NtpClockStatusSource("127.0.0.1", ((IPEndPoint)server.Client.LocalEndPoint!).Port, timeProvider: _clock);
        Task<ClockStatus> asked = source.ReadAsync().AsTask();
        UdpReceiveResult request = await server.ReceiveAsync();
        await server.SendAsync(answer(request.Buffer), request.RemoteEndPoint);
        return await asked;
    }

    private static byte[] Answer(byte[] request, DateTimeOffset time, byte first = 0x24, byte stratum = 2)
    {
        byte[] packet = new byte[48];
        packet[0] = first;
        packet[1] = stratum;
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), (uint)(0.010 * 65536)); // root delay
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), (uint)(0.005 * 65536)); // root dispersion
        request.AsSpan(40, 8).CopyTo(packet.AsSpan(24)); // origin
        foreach (int offset in new[] { 32, 40 })
        {
            TimeSpan since = time - new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(offset), (uint)(since.Ticks / TimeSpan.TicksPerSecond));
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(offset + 4), (uint)(since.Ticks % TimeSpan.TicksPerSecond / (double)TimeSpan.TicksPerSecond * 4294967296.0));
        }

        return packet;
    }
}
