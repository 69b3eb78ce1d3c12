using System.Globalization;
using System.Text;

namespace ESign.Conformance;

/// <summary>What a suite's run found: how many cases agree, and which exceptions are documented.</summary>
/// <param name="Suite">The suite's name.</param>
/// <param name="Cases">How many cases it has.</param>
/// <param name="Disagreements">By case: what we found instead.</param>
/// <param name="Exceptions">By case: why a disagreement is right.</param>
internal sealed record SuiteResult(string Suite, int Cases, IReadOnlyDictionary<string, string> Disagreements, IReadOnlyDictionary<string, string> Exceptions)
{
    /// <summary>Fails when a disagreement is not documented, or a documented one no longer exists.</summary>
    public void AssertOnlyDocumentedExceptions()
    {
        string[] undocumented = [.. Disagreements.Where(pair => !Exceptions.ContainsKey(pair.Key)).Select(pair => $"{pair.Key}: {pair.Value}")];
        string[] stale = [.. Exceptions.Keys.Where(id => !Disagreements.ContainsKey(id)).Select(id => $"{id}: documented as an exception, but agrees")];
        if (undocumented.Length + stale.Length > 0)
        {
            Assert.Fail(string.Join('\n', undocumented.Concat(stale)));
        }
    }

    /// <summary>One row of the table, and a line for each exception.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Suite,-16} {Cases,6} {Cases - Disagreements.Count,7} {Exceptions.Count,10}");
        foreach ((string id, string reason) in Exceptions)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    {id}: {reason}");
        }

        return text.ToString();
    }
}
