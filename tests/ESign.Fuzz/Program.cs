using System.Diagnostics;
using System.Globalization;
using ESign.Fuzz;
using ESign.Fuzz.Hostile;
using ESign.Pdf;

// ESign.Fuzz --seconds N --seed S [--keep FOLDER]: mutates fixtures and corpus until the time is over.
// ESign.Fuzz --file FILE: runs one file as it is, to look into a defect.
// ESign.Fuzz --hostile FOLDER [--only PART]: writes the hostile files, for eng/hostile.sh.
if (TextArgument("--hostile") is { } folder)
{
    Directory.CreateDirectory(folder);
    foreach (HostileFile hostile in HostileFile.All.Where(file => TextArgument("--only") is not { } only || file.Name.Contains(only, StringComparison.Ordinal)))
    {
        File.WriteAllBytes(Path.Combine(folder, hostile.Name + ".pdf"), hostile.Make());
    }

    return 0;
}

if (TextArgument("--file") is { } file)
{
    Console.WriteLine(FuzzTarget.Run(File.ReadAllBytes(file))?.ToString() ?? "accepted");
    return 0;
}

int seconds = Argument("--seconds", 60);
ulong seed = (ulong)Argument("--seed", 1);
string keep = TextArgument("--keep") ?? Path.Combine(Path.GetTempPath(), "esign-fuzz");
var slow = TimeSpan.FromSeconds(2);

List<byte[]> inputs = [.. Fixtures.Generated, .. Fixtures.Corpus()];
var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
int defects = 0;
long count = 0;
TimeSpan longest = default;
var clock = Stopwatch.StartNew();
var nextReport = TimeSpan.FromMinutes(1);
for (; clock.Elapsed < TimeSpan.FromSeconds(seconds); count++, seed++)
{
    var random = new FuzzRandom(seed);
    byte[] input = Mutator.Mutate(random.Pick(inputs), random.Pick(inputs), random);
    var one = Stopwatch.StartNew();
    string outcome;
    try
    {
        outcome = FuzzTarget.Run(input) is { } code ? code.ToString() : "accepted";
    }
    catch (Exception e)
    {
        outcome = "DEFECT " + e.GetType().Name;
        Report(input, seed, e.ToString());
    }

    longest = one.Elapsed > longest ? one.Elapsed : longest;
    if (one.Elapsed > slow)
    {
        Report(input, seed, string.Create(CultureInfo.InvariantCulture, $"took {one.Elapsed.TotalSeconds:0.0} s"));
    }

    outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
    if (clock.Elapsed > nextReport)
    {
        nextReport += TimeSpan.FromMinutes(1);
        Progress();
    }
}

Progress();
foreach ((string outcome, int times) in outcomes)
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {outcome}: {times}"));
}

return defects == 0 ? 0 : 1;

void Progress() => Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{clock.Elapsed.TotalSeconds:0} s, {count} inputs, next seed {seed}, {defects} defects, longest {longest.TotalMilliseconds:0} ms, heap {GC.GetTotalMemory(true) >> 20} MB, peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB"));

void Report(byte[] input, ulong at, string what)
{
    defects++;
    Directory.CreateDirectory(keep);
    string path = Path.Combine(keep, string.Create(CultureInfo.InvariantCulture, $"seed-{at}.pdf"));
    File.WriteAllBytes(path, input);
    Console.WriteLine($"{path}: {what}");
}

int Argument(string name, int otherwise) => TextArgument(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

string? TextArgument(string name)
{
    int at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
