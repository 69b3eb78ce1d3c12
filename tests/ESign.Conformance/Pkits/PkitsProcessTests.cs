using System.Text.Json;
using ESign.Testing;

namespace ESign.Conformance.Pkits;

/// <summary>A sample of PKITS, one case a group, through a process of its own: what a shell sees is what the suite saw.</summary>
public sealed class PkitsProcessTests
{
    [Fact]
    public async Task One_case_of_each_group()
    {
        string folder = SharedData.Require("conformance", "pkits");
        using JsonDocument manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "pkits.json")));
        string time = manifest.RootElement.GetProperty("validation_time").GetString()!;
        foreach (JsonElement test in manifest.RootElement.GetProperty("tests").EnumerateArray().DistinctBy(test => test.GetProperty("group").GetString()))
        {
            Tool run = Tool.Run("dotnet", [Path.Combine(AppContext.BaseDirectory, "esign.dll"), "path", .. PkitsSuite.Arguments(folder, test, time), "--json"]);
            bool expected = test.GetProperty("expected").ValueEquals("valid");
            Assert.Equal((test.GetProperty("id").GetString(), expected ? 0 : 1), (test.GetProperty("id").GetString(), run.ExitCode));
            Assert.Equal(expected, JsonDocument.Parse(run.Output).RootElement.GetProperty("valid").GetBoolean());
        }
    }
}
