using ESign.Pdf.Syntax;
using ESign.Pdf.Syntax.CrossReference;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>Finds dictionaries that have two values under one key, as they stand in the file: readers take the first or the last (ISO 32000-2 §7.3.7).</summary>
internal static class TwinKeys
{
    /// <summary>Deeper than any dictionary that the reader accepts.</summary>
    private const int MaxDepth = 600;

    private const int FirstWindow = 4096;

    /// <summary>Whether the object that stands somewhere has such a dictionary; of a stream, its dictionary.</summary>
    public static bool AreAt(ByteSource source, long position, int size, AnalysisBudget budget)
    {
        // Small first: nearly every object ends within it.
        for (int window = Math.Min(size, FirstWindow); ; window = (int)Math.Min(size, window * 8L))
        {
            var lexer = new Lexer(source.Window(position, window)[..window]);
            bool found = Read(ref lexer, budget);
            if (found || window == size || !lexer.ReachedEnd)
            {
                return found;
            }
        }
    }

    /// <summary>Whether a trailer, or the dictionary of a cross-reference stream, is one.</summary>
    public static bool AreIn(ByteSource source, XrefSection section, int size, AnalysisBudget budget)
    {
        if (section.Kind == XrefKind.Stream)
        {
            return AreAt(source, section.Position, size, budget);
        }

        int length = (int)Math.Clamp(section.EndPosition - section.Position, 0, size);
        return AreIn(source.Window(section.Position, length)[..length], budget);
    }

    /// <summary>Whether one of several objects has such a dictionary, as they follow each other in an object stream.</summary>
    public static bool AreIn(ReadOnlySpan<byte> bytes, AnalysisBudget budget)
    {
        var lexer = new Lexer(bytes);
        return Read(ref lexer, budget);
    }

    private static bool Read(ref Lexer lexer, AnalysisBudget budget)
    {
        var seen = new SeenKeys();
        while (lexer.Next() && !IsEnd(lexer))
        {
            budget.Spend();
            if (lexer.Kind == TokenKind.DictionaryStart && SkipDictionary(ref lexer, 0, seen))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where an object's dictionary is over, in whatever state it is left.</summary>
    private static bool IsEnd(in Lexer lexer) => lexer.IsKeyword("endobj"u8) || lexer.IsKeyword("stream"u8);

    /// <summary>Reads to the end of a dictionary; true as soon as it, or one in it, has two values under one key.</summary>
    private static bool SkipDictionary(ref Lexer lexer, int depth, SeenKeys seen)
    {
        seen.Enter(depth);
        while (lexer.Next() && lexer.Kind != TokenKind.DictionaryEnd && !IsEnd(lexer))
        {
            if (lexer.Kind != TokenKind.Name)
            {
                continue;
            }

            string key = StringDecoder.Name(lexer.Text);
            int start = lexer.Position;
            if (!lexer.Next() || lexer.Kind == TokenKind.DictionaryEnd)
            {
                break;
            }

            if (SkipValue(ref lexer, depth, seen))
            {
                return true;
            }

            Range value = start..lexer.Position;
            if (seen.Add(depth, key, value) is { } earlier && !MeanTheSame(key, Trim(lexer.Data[earlier]), Trim(lexer.Data[value])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool SkipValue(ref Lexer lexer, int depth, SeenKeys seen)
    {
        switch (lexer.Kind)
        {
            case TokenKind.DictionaryStart:
                return depth < MaxDepth && SkipDictionary(ref lexer, depth + 1, seen);
            case TokenKind.ArrayStart:
                while (lexer.Next() && lexer.Kind != TokenKind.ArrayEnd)
                {
                    if (depth < MaxDepth && SkipValue(ref lexer, depth + 1, seen))
                    {
                        return true;
                    }
                }

                return false;
            case TokenKind.Integer:
                lexer.TryReadReferenceTail(out _);
                return false;
            default:
                return false;
        }
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> value)
    {
        int start = value.IndexOfAnyExcept(CharacterClass.WhiteSpace);
        return start < 0 ? [] : value[start..(value.LastIndexOfAnyExcept(CharacterClass.WhiteSpace) + 1)];
    }

    /// <summary>Real timestamps are /DocTimeStamp and /Sig at once.</summary>
    private static bool MeanTheSame(string key, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        first.SequenceEqual(second) || (key == "Type" && IsSignatureType(first) && IsSignatureType(second));

    private static bool IsSignatureType(ReadOnlySpan<byte> value) => value.SequenceEqual("/Sig"u8) || value.SequenceEqual("/DocTimeStamp"u8);
}
