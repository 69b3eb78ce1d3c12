using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;
using ESign.Pdf.Syntax.CrossReference;

namespace ESign.Pdf.Document;

/// <summary>Writes a whole new file: header, objects, one cross-reference table, trailer.</summary>
/// <remarks>
/// ISO 32000-2 §7.5. Objects go to the stream as they are given, so a document of any size needs only its largest object
/// in memory. The bytes depend on nothing but what is given: no clock, no randomness.
/// </remarks>
internal sealed class DocumentWriter : IObjectSink, IDisposable
{
    private readonly Stream _stream;
    private readonly IObjectCipher? _cipher;
    private readonly OutputBuffer _buffer = new();
    private readonly List<long> _offsets = [0];
    private long _position;

    /// <summary>Begins a file; the stream is written from its current position and stays open.</summary>
    /// <param name="stream">Where to write.</param>
    /// <param name="version">The version in the header.</param>
    /// <param name="cipher">Encrypts strings and streams; the caller puts the matching /Encrypt and /ID into the trailer.</param>
    public DocumentWriter(Stream stream, string version = "1.7", IObjectCipher? cipher = null)
    {
        _stream = stream;
        _cipher = cipher;
        // §7.5.2: a comment with four bytes above 127 tells transfer programs that this is no text.
        _buffer.Write("%PDF-"u8);
        _buffer.Write(System.Text.Encoding.ASCII.GetBytes(version));
        _buffer.Write("\n%µ¶µ¶\n"u8);
        Flush();
    }

    public PdfReference Reserve()
    {
        _offsets.Add(0);
        return new PdfReference(_offsets.Count - 1);
    }

    public PdfReference Add(PdfObject value)
    {
        PdfReference reference = Reserve();
        Set(reference, value);
        return reference;
    }

    /// <summary>Writes the object of a reserved number; once only, since it goes out at once.</summary>
    public void Set(PdfReference reference, PdfObject value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(reference.Number, _offsets.Count);
        if (_offsets[reference.Number] != 0)
        {
            throw new InvalidOperationException($"object {reference.Number} has already been written");
        }

        _offsets[reference.Number] = _position;
        new ObjectWriter(_buffer, cipher: _cipher).WriteIndirect(reference, value);
        Flush();
    }

    /// <summary>Writes the cross-reference table and the trailer; <c>/Size</c> is added.</summary>
    /// <param name="trailer">At least <c>/Root</c>; <c>/Info</c> and <c>/ID</c> where wanted.</param>
    public void Finish(PdfDictionary trailer)
    {
        long start = _position;
        _buffer.Write("xref\n0 "u8);
        _buffer.Write((long)_offsets.Count);
        _buffer.Write("\n0000000000 65535 f \n"u8);
        for (int number = 1; number < _offsets.Count; number++)
        {
            // A number reserved but never given is free (§7.5.4).
            CrossReferenceWriter.TableEntry(_buffer, _offsets[number], _offsets[number] == 0 ? 65535 : 0, inUse: _offsets[number] != 0);
        }

        _buffer.Write("trailer\n"u8);
        new ObjectWriter(_buffer).Write(trailer.With("Size", _offsets.Count));
        _buffer.Write("\nstartxref\n"u8);
        _buffer.Write(start);
        _buffer.Write("\n%%EOF\n"u8);
        Flush();
    }

    public void Dispose() => _buffer.Dispose();

    private void Flush()
    {
        _stream.Write(_buffer.WrittenSpan);
        _position += _buffer.Length;
        _buffer.Clear();
    }
}
