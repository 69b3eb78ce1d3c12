namespace ESign.Pdf.Syntax;

/// <summary>
/// What stands at a place of the file, as it was read there, for all revisions of one document: a document with many
/// signatures has most of its objects in most of its revisions.
/// </summary>
/// <remarks>What is kept depends on the file's bytes alone: not on a revision's table, and not on a key.</remarks>
/// <param name="maximumBytes">Kept in bytes as they are written; beyond that it starts over.</param>
internal sealed class ReadObjects(long maximumBytes)
{
    private readonly Dictionary<long, IndirectObject> _objects = [];
    private long _bytes;

    public bool TryGet(long position, out IndirectObject read) => _objects.TryGetValue(position, out read);

    public void Add(long position, in IndirectObject read)
    {
        if (_bytes > maximumBytes)
        {
            _objects.Clear();
            _bytes = 0;
        }

        _objects[position] = read;
        _bytes += read.End - position;
    }
}
