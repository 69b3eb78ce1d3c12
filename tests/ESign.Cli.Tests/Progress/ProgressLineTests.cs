using ESign.Cli.Progress;
using ESign.Testing;

namespace ESign.Cli.Tests.Progress;

/// <summary>What a terminal shows of long work, and what it never does.</summary>
public class ProgressLineTests
{
    private readonly ManualClock _clock = new(DateTimeOffset.UnixEpoch);
    private readonly StringWriter _terminal = new();

    [Fact]
    public void A_bar_grows_and_is_gone_at_the_end()
    {
        using (ProgressLine line = ProgressLine.OfBytes(_terminal, _clock, "signing", 100_000_000))
        {
            line.Report(0);
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            line.Report(50_000_000);
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            line.Report(60_000_000); // too soon to be drawn
        }

        Assert.Equal(
            [
                "signing [............................]   0%  0.0 / 100.0 MB",
                "signing [##############..............]  50%  50.0 / 100.0 MB",
                "",
            ],
            Drawn());
    }

    [Fact]
    public void Waiting_shows_from_the_first_second_on()
    {
        using (ProgressLine.OfTime(_terminal, _clock, "waiting"))
        {
            _clock.Advance(TimeSpan.FromMilliseconds(900));
            Assert.Equal("", _terminal.ToString());
            _clock.Advance(TimeSpan.FromMilliseconds(1100));
        }

        _clock.Advance(TimeSpan.FromSeconds(9)); // over
        Assert.Equal(["waiting 1 s", "waiting 2 s", ""], Drawn());
    }

    [Fact]
    public void Small_work_pipes_and_quiet_commands_show_nothing()
    {
        using (ProgressLine small = ProgressLine.OfBytes(_terminal, _clock, "signing", ProgressLine.SmallestTotal - 1))
        {
            var file = new MemoryStream(new byte[10]);
            Assert.Same(file, small.Watch(file));
        }

        foreach (CliContext context in (CliContext[])[new(_terminal, _terminal, _clock), new(_terminal, _terminal, _clock) { IsTerminal = true, IsQuiet = true }])
        {
            using ProgressLine bar = context.ShowProgress("签署 / signing", 1 << 30);
            using ProgressLine waiting = context.ShowWaiting("等待 / waiting");
            bar.Report(1 << 29);
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal("", _terminal.ToString());
    }

    [Fact]
    public void Reading_a_file_moves_the_bar_and_reads_what_is_there()
    {
        byte[] content = new byte[ProgressLine.SmallestTotal];
        content[^1] = 7;
        using ProgressLine line = ProgressLine.OfBytes(_terminal, _clock, "verifying", content.Length);
        using var copy = new MemoryStream();
        line.Watch(new MemoryStream(content)).CopyTo(copy);
        Assert.Equal(content, copy.ToArray());
        Assert.Contains(" / 8.4 MB", _terminal.ToString(), StringComparison.Ordinal);
    }

    private string[] Drawn() => _terminal.ToString().Split("\r\u001b[K")[1..];
}
