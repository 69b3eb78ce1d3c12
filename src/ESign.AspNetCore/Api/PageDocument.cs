using ESign.AspNetCore.Operations;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.Api;

/// <summary>A page of a list.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="Next">What to give as <c>after</c> for the next page; absent on the last.</param>
internal sealed record PageDocument<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Which page of a list a request asks for.</summary>
/// <param name="After">The last identifier of the page before; the first page when <see langword="null"/>.</param>
/// <param name="Limit">How many at most.</param>
internal readonly record struct PageRequest(string? After, int Limit)
{
    private const int DefaultLimit = 100;
    private const int MaximumLimit = 1000;

    /// <summary>A callback's: 32 digits, a hyphen and the 40 characters a receiver's name may have.</summary>
    private const int LongestIdentifier = 73;

    /// <summary>Reads <c>limit</c> and <c>after</c>. An identifier that never was is a place in the order like any other.</summary>
    /// <exception cref="RequestRefusedException">They are not such values (422).</exception>
    public static PageRequest Read(int? limit, string? after)
    {
        if (limit is < 1 or > MaximumLimit)
        {
            throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "limit", $"limit应为1至{MaximumLimit} / limit is 1 to {MaximumLimit}");
        }

        if (after is not null && (after.Length is 0 or > LongestIdentifier || !after.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.')))
        {
            throw WrongAfter();
        }

        return new PageRequest(after, limit ?? DefaultLimit);
    }

    /// <summary>What is given as <c>after</c> is no place in the list (422).</summary>
    public static RequestRefusedException WrongAfter() =>
        new(StatusCodes.Status422UnprocessableEntity, "after", "after应为上一页的next / after is the next of the page before");

    /// <summary>Makes the page of what was read: one more than asked for, to know whether there is more.</summary>
    public async ValueTask<PageDocument<T>> CollectAsync<TSource, T>(IAsyncEnumerable<TSource> source, Func<TSource, T> describe, Func<TSource, string> identify)
    {
        var items = new List<T>();
        string? last = null;
        await foreach (TSource item in source.ConfigureAwait(false))
        {
            if (items.Count == Limit)
            {
                return new PageDocument<T>(items, last);
            }

            items.Add(describe(item));
            last = identify(item);
        }

        return new PageDocument<T>(items, Next: null);
    }
}
