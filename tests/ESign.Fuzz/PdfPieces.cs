using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ESign.Fuzz;

/// <summary>A file cut at its objects, found by their <c>N G obj</c> whatever the cross-reference says; put together again at other places.</summary>
internal sealed partial class PdfPieces
{
    private readonly List<string> _pieces = [];
    private readonly List<int> _objects = [];

    public PdfPieces(byte[] file)
    {
        string text = Encoding.Latin1.GetString(file);
        int from = 0;
        foreach (Match match in ObjectSpan().Matches(text))
        {
            _pieces.Add(text[from..match.Index]);
            _objects.Add(_pieces.Count);
            _pieces.Add(match.Value);
            from = match.Index + match.Length;
        }

        _pieces.Add(text[from..]);
    }

    public int Count => _objects.Count;

    /// <summary>An object with its number and its <c>endobj</c>.</summary>
    public string this[int index]
    {
        get => _pieces[_objects[index]];
        set => _pieces[_objects[index]] = value;
    }

    public static string Number(string piece) => piece[..piece.IndexOf("obj", StringComparison.Ordinal)];

    public static string Body(string piece) => piece[(piece.IndexOf("obj", StringComparison.Ordinal) + 3)..];

    /// <param name="reindex">Appends a cross-reference that is right, so that what was changed is met where it is meant to be.</param>
    public byte[] ToBytes(bool reindex)
    {
        var text = new StringBuilder();
        var table = new StringBuilder("\nxref\n0 1\n0000000000 65535 f \n");
        int highest = 0;
        int stream = -1;
        for (int i = 0; i < _pieces.Count; i++)
        {
            if (_objects.BinarySearch(i) >= 0 && Heading().Match(_pieces[i]) is { Success: true } heading && int.Parse(heading.Groups[1].Value, CultureInfo.InvariantCulture) is var number)
            {
                table.Append(CultureInfo.InvariantCulture, $"{number} 1\n{text.Length:0000000000} {heading.Groups[2].Value.PadLeft(5, '0')} n \n");
                highest = Math.Max(highest, number);
                stream = _pieces[i].Contains("/XRef", StringComparison.Ordinal) ? text.Length : stream;
            }

            text.Append(_pieces[i]);
        }

        string whole = text.ToString();
        if (reindex && Root().Matches(whole) is [.., { } root])
        {
            string more = Encrypt().Matches(whole) is [.., { } encrypt] ? encrypt.Value + (Identifier().Matches(whole) is [.., { } id] ? id.Value : "") : "";
            string previous = stream >= 0 ? string.Create(CultureInfo.InvariantCulture, $"/Prev {stream}") : "";
            text.Append(table).Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {highest + 1}{root.Value}{more}{previous}>>\nstartxref\n{whole.Length + 1}\n%%EOF\n");
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }

    [GeneratedRegex(@"(?<![0-9])[0-9]{1,7} [0-9]{1,5} obj\b.*?endobj", RegexOptions.Singleline)]
    private static partial Regex ObjectSpan();

    [GeneratedRegex(@"^([0-9]{1,7}) ([0-9]{1,5}) obj")]
    private static partial Regex Heading();

    [GeneratedRegex(@"/Root [0-9]+ [0-9]+ R")]
    private static partial Regex Root();

    [GeneratedRegex(@"/Encrypt [0-9]+ [0-9]+ R")]
    private static partial Regex Encrypt();

    [GeneratedRegex(@"/ID ?\[ ?<[0-9A-Fa-f]*> ?<[0-9A-Fa-f]*> ?\]")]
    private static partial Regex Identifier();
}
