using System.Text.RegularExpressions;

namespace ESign.Pdf.Tests.Signing;

/// <summary>The forty-one byte-level traps of incremental signing: each has tests named after it, wherever they belong.</summary>
public sealed partial class TrapListTests
{
    public const int Traps = 41;

    [Fact]
    public void Every_trap_has_a_test_named_after_it()
    {
        HashSet<int> covered = [.. typeof(TrapListTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.IsDefined(typeof(FactAttribute), inherit: true))
            .Select(method => Name().Match(method.Name))
            .Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Empty(Enumerable.Range(1, Traps).Except(covered));
    }

    [GeneratedRegex(@"^Trap(\d+)_")]
    private static partial Regex Name();
}
