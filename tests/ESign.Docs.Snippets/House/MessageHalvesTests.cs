using System.Text.RegularExpressions;
using ESign.Testing;

namespace ESign.Docs.Snippets.House;

/// <summary>Messages are written as "中文 / English"; both halves state the same facts, so that whoever reads one misses nothing.</summary>
/// <remarks>Looked at are interpolated literals of one line in the sources; a fact is a hole.</remarks>
public sealed partial class MessageHalvesTests
{
    private const string Separator = " / ";

    /// <summary>Lines of two labels and one value, which are never parted into languages.</summary>
    private static readonly string[] s_labels = ["    数据 / data ", "    地址 / address ", "管理员令牌（仅显示一次） / administrator token", "无效 / invalid (", "{what}: ", "{mobile.Masked}; 尚未发出"];

    [Fact]
    public void Both_halves_of_a_message_have_the_same_holes()
    {
        var differing = new List<string>();
        int looked = 0;
        foreach (string file in Directory.EnumerateFiles(Repository.PathTo("src"), "*.cs", SearchOption.AllDirectories).Where(file => !BuildOutput().IsMatch(file)))
        {
            foreach (string literal in File.ReadLines(file).SelectMany(InterpolatedLiterals).Where(literal => !s_labels.Any(label => literal.StartsWith(label, StringComparison.Ordinal))))
            {
                if (Halves(literal) is (var chinese, var english))
                {
                    looked++;
                    if (!Holes(chinese).SetEquals(Holes(english)) && !Holes(chinese).SetEquals(Holes(QuotedMessage().Replace(english, ""))))
                    {
                        differing.Add($"{Path.GetFileName(file)}: {literal}");
                    }
                }
            }
        }

        Assert.Empty(differing);
        Assert.True(looked > 300, $"only {looked} messages found");
    }

    [Theory]
    [InlineData("""throw new E($"缺少 {name} / {name} is missing");""", "缺少 {name}", "{name} is missing")]
    [InlineData("""throw new E($"缺少 {string.Join(" / ", a)} / {string.Join(" / ", a)} is missing");""", """缺少 {string.Join(" / ", a)}""", """{string.Join(" / ", a)} is missing""")]
    public void Literals_are_found_and_parted(string line, string chinese, string english) =>
        Assert.Equal((chinese, english), Halves(Assert.Single(InterpolatedLiterals(line))));

    private static IEnumerable<string> InterpolatedLiterals(string line)
    {
        for (int start = line.IndexOf("$\"", StringComparison.Ordinal); start >= 0; start = line.IndexOf("$\"", start, StringComparison.Ordinal))
        {
            start += 2;
            int end = EndOfLiteral(line, start);
            if (end < 0 || line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            {
                yield break;
            }

            yield return line[start..end];
            start = end + 1;
        }
    }

    /// <summary>Where a literal ends, its holes with their own literals left out; -1 when it does not end here.</summary>
    private static int EndOfLiteral(string line, int start)
    {
        int depth = 0;
        bool isInner = false;
        for (int i = start; i < line.Length; i++)
        {
            switch (line[i])
            {
                case '\\':
                    i++;
                    break;
                case '{' when !isInner:
                    depth++;
                    break;
                case '}' when !isInner:
                    depth--;
                    break;
                case '"' when depth > 0:
                    isInner = !isInner;
                    break;
                case '"':
                    return i;
            }
        }

        return -1;
    }

    private static (string Chinese, string English)? Halves(string literal)
    {
        string[] parts = Outside(literal).Split(Separator);
        if (parts.Length % 2 != 0 || !Chinese().IsMatch(parts[0]) || Chinese().IsMatch(string.Concat(parts[(parts.Length / 2)..])))
        {
            return null;
        }

        int middle = string.Join(Separator, parts[..(parts.Length / 2)]).Length;
        return (literal[..middle], literal[(middle + Separator.Length)..]);
    }

    /// <summary>A literal of the same length with its holes blotted out.</summary>
    private static string Outside(string literal) => Hole().Replace(literal, hole => new string('·', hole.Length));

    /// <summary>What the holes are about: the name that begins each; one name for the two words of a pair, such as <c>chinese</c> and <c>english</c>.</summary>
    private static HashSet<string> Holes(string half) => [.. Hole().Matches(half).Select(hole => LanguageName().Replace(Name().Match(hole.Value).Value, ""))];

    [GeneratedRegex(@"\{(?:[^{}""]|""[^""]*"")*\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"[A-Za-z_][\w.]*")]
    private static partial Regex Name();

    [GeneratedRegex("(?i)chinese|english")]
    private static partial Regex LanguageName();

    // "中文 / English: {another message}": the quoted one has halves of its own.
    [GeneratedRegex(@": \{[^{}]*(Message|Failures|NameOf)[^{}]*\}[^{}]*$")]
    private static partial Regex QuotedMessage();

    [GeneratedRegex(@"[\u4e00-\u9fff]")]
    private static partial Regex Chinese();

    [GeneratedRegex(@"[\\/](obj|bin)[\\/]", RegexOptions.ExplicitCapture)]
    private static partial Regex BuildOutput();
}
