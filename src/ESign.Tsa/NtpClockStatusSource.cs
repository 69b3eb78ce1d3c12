using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace ESign.Tsa;

/// <summary>Measures the clock against an NTP server: one request, one answer, no adjustment.</summary>
/// <remarks>
/// RFC 5905 §7.3 (packet), §8 (offset and delay), §14 (a client that only asks). The transmit timestamp is random, so that an
/// answer that was not asked for is not believed; the uncertainty is half the round trip plus the server's root distance.
/// </remarks>
public sealed class NtpClockStatusSource : IClockStatusSource
{
    private const int PacketSize = 48;
    private const int ServerMode = 4;
    private static readonly DateTimeOffset s_era0 = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _host;
    private readonly int _port;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    /// <summary>Makes a source.</summary>
    /// <param name="host">The server's name or address.</param>
    /// <param name="port">The server's UDP port.</param>
    /// <param name="timeout">How long to wait for the answer; two seconds when <see langword="null"/>.</param>
    /// <param name="timeProvider">The clock that is measured; the system's when <see langword="null"/>.</param>
    public NtpClockStatusSource(string host, int port = 123, TimeSpan? timeout = null, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        _host = host;
        _port = port;
        _timeout = timeout ?? TimeSpan.FromSeconds(2);
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"ntp://{_host}:{_port}");

    /// <inheritdoc/>
    public async ValueTask<ClockStatus> ReadAsync(CancellationToken cancellationToken = default)
    {
        using var timeout = new CancellationTokenSource(_timeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var socket = new UdpClient();
            socket.Connect(_host, _port);
            byte[] request = new byte[PacketSize];
            request[0] = 0x23; // no warning, version 4, client
            RandomNumberGenerator.Fill(request.AsSpan(40));
            DateTimeOffset sent = _time.GetUtcNow();
            long started = _time.GetTimestamp();
            await socket.SendAsync(request, linked.Token).ConfigureAwait(false);
            UdpReceiveResult answer = await socket.ReceiveAsync(linked.Token).ConfigureAwait(false);
            return Judge(request, answer.Buffer, sent, _time.GetElapsedTime(started));
        }
        catch (SocketException exception)
        {
            return ClockStatus.Unsynchronized($"{Name}: {exception.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ClockStatus.Unsynchronized($"{Name}: no answer");
        }
    }

    private ClockStatus Judge(ReadOnlySpan<byte> request, ReadOnlySpan<byte> answer, DateTimeOffset sent, TimeSpan roundTrip)
    {
        if (answer.Length < PacketSize || (answer[0] & 7) != ServerMode || !answer.Slice(24, 8).SequenceEqual(request.Slice(40, 8)))
        {
            return ClockStatus.Unsynchronized($"{Name}: not an answer to the question");
        }

        int leap = answer[0] >> 6, stratum = answer[1];
        if (leap == 3 || stratum is 0 or > 15)
        {
            return ClockStatus.Unsynchronized($"{Name}: the server is not synchronised itself");
        }

        DateTimeOffset received = ReadTime(answer.Slice(32, 8), sent), transmitted = ReadTime(answer.Slice(40, 8), sent);
        TimeSpan delay = roundTrip - (transmitted - received);
        TimeSpan offset = ((received - sent) + (transmitted - (sent + roundTrip))) / 2;
        TimeSpan rootDistance = (ReadShort(answer.Slice(4, 4)) / 2) + ReadShort(answer.Slice(8, 4));
        TimeSpan uncertainty = (delay > TimeSpan.Zero ? delay / 2 : TimeSpan.Zero) + rootDistance;
        return new ClockStatus(IsSynchronized: true, offset, uncertainty, (LeapSecond)leap, string.Create(CultureInfo.InvariantCulture, $"{Name}: offset {offset.TotalMilliseconds:0.0} ms, stratum {stratum}"));
    }

    // RFC 5905 §6: seconds since 1900 and 2⁻³² fractions; the era that lies nearest to our own clock
    private static DateTimeOffset ReadTime(ReadOnlySpan<byte> field, DateTimeOffset near)
    {
        uint seconds = BinaryPrimitives.ReadUInt32BigEndian(field), fraction = BinaryPrimitives.ReadUInt32BigEndian(field[4..]);
        long ours = (long)(near - s_era0).TotalSeconds;
        int difference = unchecked((int)(seconds - (uint)ours));
        return s_era0.AddSeconds(ours + difference).AddTicks((long)(fraction * (double)TimeSpan.TicksPerSecond / 4294967296.0));
    }

    // 16 bits of seconds and 16 of fraction
    private static TimeSpan ReadShort(ReadOnlySpan<byte> field) => TimeSpan.FromSeconds(BinaryPrimitives.ReadUInt32BigEndian(field) / 65536.0);
}
