namespace ESign.Fuzz;

/// <summary>A small generator whose numbers follow from the seed alone, on every machine and runtime (xorshift64*).</summary>
public sealed class FuzzRandom(ulong seed)
{
    private ulong _state = (seed * 0x9E3779B97F4A7C15) | 1;

    public ulong NextUInt64()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return _state * 2685821657736338717;
    }

    /// <summary>A number from 0 up to, not including, the bound.</summary>
    public int Next(int bound) => (int)((NextUInt64() >> 33) % (uint)Math.Max(1, bound));

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];
}
