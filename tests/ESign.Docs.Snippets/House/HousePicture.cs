using System.Globalization;
using System.Text;

namespace ESign.Docs.Snippets.House;

/// <summary>Draws graphs one below the other: boxes in levels, arrows from who uses to who is used. The same graphs give the same bytes.</summary>
internal static class HousePicture
{
    private const int Width = 760;
    private const int BoxHeight = 30;
    private const int LevelHeight = 62;
    private const int Gap = 40;
    private const int BendWidth = 10;

    public static string Draw(params IReadOnlyList<ReferenceGraph> graphs)
    {
        var body = new StringBuilder();
        int top = 0;
        foreach (ReferenceGraph graph in graphs)
        {
            top += Draw(body, graph, top);
        }

        return $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{Width}} {{top}}" width="{{Width}}" height="{{top}}" font-family="sans-serif" font-size="13">
            <title>{{string.Join(", ", graphs.Select(graph => graph.Title))}}: an arrow leads from who uses to who is used</title>
            <style>
            .box { fill: #eef2f6; stroke: #52606d } text { fill: #1f2933 } .title { font-weight: bold } .arrow { fill: none; stroke: #7b8794 } .head { fill: #7b8794 }
            @media (prefers-color-scheme: dark) { .box { fill: #243b53; stroke: #829ab1 } text { fill: #f0f4f8 } .arrow { stroke: #9fb3c8 } .head { fill: #9fb3c8 } }
            </style>
            <defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="head" d="M0 0 8 4 0 8z"/></marker></defs>
            {{body}}</svg>

            """.ReplaceLineEndings("\n");
    }

    private static int Draw(StringBuilder svg, ReferenceGraph graph, int top)
    {
        List<Place>[] levels = Arrange(graph);
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"title\" x=\"18\" y=\"{top + 24}\">{graph.Title}</text>\n");
        for (int level = 0; level < levels.Length; level++)
        {
            int x = (Width - levels[level].Sum(place => place.Width + Gap) + Gap) / 2;
            foreach (Place place in levels[level])
            {
                (place.X, place.Y) = (x + (place.Width / 2), top + 44 + ((levels.Length - 1 - level) * LevelHeight));
                x += place.Width + Gap;
            }
        }

        foreach (Place from in levels.SelectMany(level => level))
        {
            foreach (Place to in from.Below)
            {
                string head = to.Name is null ? "" : " marker-end=\"url(#head)\"";
                svg.Append(CultureInfo.InvariantCulture, $"<path class=\"arrow\" d=\"M{from.X} {from.Y + BoxHeight} L{to.X} {to.Y}{(to.Name is null ? $" V{to.Y + BoxHeight}" : "")}\"{head}/>\n");
            }
        }

        foreach (Place place in levels.SelectMany(level => level).Where(place => place.Name is not null))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"box\" x=\"{place.X - (place.Width / 2)}\" y=\"{place.Y}\" width=\"{place.Width}\" height=\"{BoxHeight}\" rx=\"4\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{place.X}\" y=\"{place.Y + 20}\" text-anchor=\"middle\">{place.Name}</text>\n");
        }

        return (levels.Length * LevelHeight) + 20;
    }

    /// <summary>Levels from the ground up; an arrow over several levels gets a place without a name in each, so that it passes between the boxes.</summary>
    private static List<Place>[] Arrange(ReferenceGraph graph)
    {
        Dictionary<string, Place> places = graph.Uses.Keys.Order(StringComparer.Ordinal).ToDictionary(name => name, name => new Place(name), StringComparer.Ordinal);
        var levels = Enumerable.Range(0, places.Keys.Max(graph.LevelOf) + 1).Select(_ => new List<Place>()).ToArray();
        foreach ((string name, Place place) in places)
        {
            levels[graph.LevelOf(name)].Add(place);
        }

        foreach ((string name, Place place) in places)
        {
            foreach (string used in graph.Uses[name].Order(StringComparer.Ordinal))
            {
                Place at = place;
                for (int level = graph.LevelOf(name) - 1; level > graph.LevelOf(used); level--)
                {
                    var bend = new Place(null);
                    levels[level].Add(bend);
                    at.Below.Add(bend);
                    at = bend;
                }

                at.Below.Add(places[used]);
            }
        }

        // Each place under the middle of those above it, and over those below it: a few rounds straighten the arrows.
        for (int round = 0; round < 8; round++)
        {
            for (int level = 1; level < levels.Length; level++)
            {
                Sort(levels[level], place => place.Below.Select(below => Position(levels[level - 1], below)));
            }

            for (int level = levels.Length - 2; level >= 0; level--)
            {
                Sort(levels[level], place => levels[level + 1].Where(above => above.Below.Contains(place)).Select(above => Position(levels[level + 1], above)));
            }
        }

        return levels;
    }

    private static void Sort(List<Place> level, Func<Place, IEnumerable<double>> neighbours)
    {
        Place[] sorted = [.. level.OrderBy(place => neighbours(place).DefaultIfEmpty(Position(level, place)).Average())];
        level.Clear();
        level.AddRange(sorted);
    }

    private static double Position(List<Place> level, Place place) => (level.IndexOf(place) + 0.5) / level.Count;

    /// <summary>A box, or without a name a bend of an arrow.</summary>
    private sealed class Place(string? name)
    {
        public string? Name { get; } = name;

        public int Width { get; } = name is null ? BendWidth : (name.Length * 8) + 20;

        public List<Place> Below { get; } = [];

        public int X { get; set; }

        public int Y { get; set; }
    }
}
