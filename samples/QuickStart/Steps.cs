namespace QuickStart;

/// <summary>Prints what happens, step by step.</summary>
internal sealed class Steps(int total)
{
    private int _current;

    public void Begin(string what) => Console.WriteLine($"[{++_current}/{total}] {what}");

    public void Say(string what) => Console.WriteLine("      " + what);
}
