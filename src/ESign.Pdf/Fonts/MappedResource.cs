using System.Buffers;

namespace ESign.Pdf.Fonts;

/// <summary>A resource of this assembly where the runtime has mapped it: nothing is copied, and only pages that are touched are read.</summary>
internal sealed unsafe class MappedResource : MemoryManager<byte>
{
    private readonly UnmanagedMemoryStream _mapped; // keeps the assembly loaded

    private MappedResource(UnmanagedMemoryStream mapped) => _mapped = mapped;

    /// <summary>The bytes of a resource, valid for as long as they are referred to.</summary>
    /// <exception cref="InvalidOperationException">There is no such resource.</exception>
    public static ReadOnlyMemory<byte> Read(string name)
    {
        Stream stream = typeof(MappedResource).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the assembly lacks its resource {name}");
        if (stream is UnmanagedMemoryStream mapped)
        {
            return new MappedResource(mapped).Memory;
        }

        using (stream)
        {
            byte[] copy = GC.AllocateUninitializedArray<byte>(checked((int)stream.Length));
            stream.ReadExactly(copy);
            return copy;
        }
    }

    public override Span<byte> GetSpan() => new(_mapped.PositionPointer, checked((int)_mapped.Length));

    public override MemoryHandle Pin(int elementIndex = 0) => new(_mapped.PositionPointer + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _mapped.Dispose();
        }
    }
}
