using System.Text;
using ESign.Testing;

namespace ESign.Docs.Snippets.House;

/// <summary>The picture in <c>docs/architecture.md</c> is the house as it is.</summary>
public class HousePictureTests
{
    [Fact]
    public void The_picture_of_the_house_shows_the_references_of_the_sources()
    {
        string drawn = HousePicture.Draw([ReferenceGraph.OfProjects(), ReferenceGraph.OfFolders("ESign.Pki"), ReferenceGraph.OfFolders("ESign.Pdf")]);
        string committed = Repository.PathTo("docs", "architecture.svg");
        string received = Repository.PathTo("docs", "architecture.received.svg");
        if (File.Exists(committed) && File.ReadAllText(committed).ReplaceLineEndings("\n") == drawn)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, drawn, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        Assert.Fail($"the sources no longer agree with docs/architecture.svg: look at {received} and put it in its place");
    }
}
