using ESign.Fuzz;
using ESign.Fuzz.Hostile;

namespace ESign.Pdf.Tests.Document;

/// <summary>Every file made to cost more than it is worth, by class: an answer or a documented error; <c>eng/hostile.sh</c> measures time and memory.</summary>
public sealed class HostileFilesTests
{
    public static TheoryData<string> Names() => [.. HostileFile.All.Where(file => !file.IsHeavy).Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gets_an_answer_or_a_documented_error(string name) => FuzzTarget.Run(HostileFile.All.Single(candidate => candidate.Name == name).Make());
}
