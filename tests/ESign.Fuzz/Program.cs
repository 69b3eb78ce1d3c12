using System.Globalization;
using ESign.Fuzz;
using ESign.Fuzz.Hostile;

// ESign.Fuzz --seconds N --seed S [--keep FOLDER]: mutates fixtures and corpus until the time is over.
// ESign.Fuzz --file FILE: runs one PDF as it is, to look into a defect.
// ESign.Fuzz --only SEED: runs the case of one seed.
// ESign.Fuzz --hostile FOLDER [--named PART]: writes the hostile files, for eng/hostile.sh.
if (Text("--file") is { } file)
{
    Console.WriteLine(FuzzTarget.Run(File.ReadAllBytes(file))?.ToString() ?? "accepted");
    return 0;
}

if (Text("--only") is { } only)
{
    Console.WriteLine(FuzzCase.Of(ulong.Parse(only, CultureInfo.InvariantCulture), FuzzInputs.WithCorpus()).Run());
    return 0;
}

if (Text("--hostile") is { } folder)
{
    Directory.CreateDirectory(folder);
    foreach (HostileFile hostile in HostileFile.All.Where(one => one.Name.Contains(Text("--named") ?? "", StringComparison.Ordinal)))
    {
        File.WriteAllBytes(Path.Combine(folder, hostile.Name + ".pdf"), hostile.Make());
    }

    return 0;
}

int seconds = int.Parse(Text("--seconds") ?? "60", CultureInfo.InvariantCulture);
ulong seed = ulong.Parse(Text("--seed") ?? "1", CultureInfo.InvariantCulture);
var run = new FuzzRun(FuzzInputs.WithCorpus(), Text("--keep") ?? Path.Combine(Path.GetTempPath(), "esign-fuzz"), Console.Out);
return run.Run(TimeSpan.FromSeconds(seconds), seed) == 0 ? 0 : 1;

string? Text(string name)
{
    int at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
