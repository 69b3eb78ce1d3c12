using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using ESign.Pki.Asn1;
using ESign.Pki.Keys;
using ESign.Pki.Revocation;

namespace ESign.Pki.Issuance;

/// <summary>Writes a CRL of any size into one pooled buffer: entries forward as they come, headers backward when lengths are known.</summary>
/// <remarks>
/// RFC 5280 §5.1:
/// <c>CertificateList ::= SEQUENCE { TBSCertList ::= SEQUENCE { version, signature, issuer, thisUpdate, nextUpdate,
/// revokedCertificates SEQUENCE OF … OPTIONAL, crlExtensions [0] EXPLICIT OPTIONAL }, signatureAlgorithm, signatureValue }</c>.
/// <c>AsnWriter</c> would hold every entry twice and move them on every length; a million entries take half a second here.
/// </remarks>
internal sealed class CrlWriter : IDisposable
{
    /// <summary>Tag, length-of-length and four octets of length.</summary>
    private const int MaximumHeader = 6;

    /// <summary>Serial (22), date (17), reason (12), invalidity date (26) and their two sequences (4).</summary>
    private const int MaximumEntry = 81;

    /// <summary>RFC 5280 §4.1.2.2.</summary>
    private const int MaximumSerial = 20;

    private readonly byte[] _head;
    private readonly int _entriesStart;
    private byte[] _buffer;
    private int _end;
    private int _start;

    /// <param name="head">The encoded fields version to nextUpdate.</param>
    public CrlWriter(byte[] head)
    {
        _head = head;
        _entriesStart = head.Length + (3 * MaximumHeader);
        _end = _entriesStart;
        _buffer = ArrayPool<byte>.Shared.Rent(_entriesStart + 65536);
    }

    public int EntryCount { get; private set; }

    /// <summary><c>SEQUENCE { userCertificate, revocationDate Time, crlEntryExtensions OPTIONAL }</c>.</summary>
    public void Add(in RevokedCertificate entry)
    {
        ReadOnlySpan<byte> serial = entry.SerialNumber.Span;
        if (serial.Length is 0 or > MaximumSerial)
        {
            throw new ArgumentException($"序列号长度{serial.Length}无效 / A serial number of {serial.Length} octets (RFC 5280 §4.1.2.2)", nameof(entry));
        }

        EnsureRoom(MaximumEntry);
        Span<byte> target = _buffer.AsSpan(_end);
        int at = 2; // the entry's own header, written last: no entry is longer than 127 octets
        target[at++] = 0x02;
        target[at++] = (byte)serial.Length;
        serial.CopyTo(target[at..]);
        at += serial.Length;
        at += WriteTime(target[at..], entry.RevokedAt.UtcDateTime, generalized: entry.RevokedAt.UtcDateTime.Year >= 2050);
        at += WriteExtensions(target[at..], entry);
        target[0] = 0x30;
        target[1] = (byte)(at - 2);
        _end += at;
        EntryCount++;
    }

    /// <summary>Ends the list; what comes back is what is to be signed, valid until the next call.</summary>
    /// <param name="extensions">The encoded <c>crlExtensions [0]</c>.</param>
    public ReadOnlyMemory<byte> End(ReadOnlyMemory<byte> extensions)
    {
        int start = _entriesStart;
        if (EntryCount > 0)
        {
            // "When there are no revoked certificates, the revoked certificates list MUST be absent" (§5.1.2.6).
            start = Prepend(start, 0x30, _end - start);
        }

        Append(extensions.Span);
        start -= _head.Length;
        _head.CopyTo(_buffer, start);
        _start = Prepend(start, 0x30, _end - start);
        return _buffer.AsMemory(_start, _end - _start);
    }

    /// <summary>Signs the ended list and copies it out.</summary>
    /// <param name="key">The issuer's key.</param>
    /// <param name="cancellationToken">Cancels the signature.</param>
    public async ValueTask<byte[]> SignAsync(ISigningKey key, CancellationToken cancellationToken)
    {
        int start = _start;
        int tbsEnd = _end;
        byte[] signature = await key.SignAsync(_buffer.AsMemory(start, tbsEnd - start), cancellationToken).ConfigureAwait(false);
        AlgorithmIdentifier algorithm = key.Algorithm.Identifier;
        if (!SignatureVerifier.Verify(key.SubjectPublicKeyInfo.Span, algorithm, _buffer.AsSpan(start, tbsEnd - start), signature))
        {
            throw new System.Security.Cryptography.CryptographicException("签发者私钥产生的签名无效 / The issuer's key made a signature that does not verify with its public key");
        }

        Append(algorithm.Encode());
        Append([0x03, .. EncodeLength(signature.Length + 1), 0x00, .. signature]); // BIT STRING, no unused bits
        start = Prepend(start, 0x30, _end - start);
        return _buffer.AsSpan(start, _end - start).ToArray();
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    // Reason: 30 0A 06 03 55 1D 15 04 03 0A 01 rr; invalidity date: 30 18 06 03 55 1D 18 04 11 18 0F yyyyMMddHHmmssZ.
    private static int WriteExtensions(Span<byte> target, in RevokedCertificate entry)
    {
        // "the reason code CRL entry extension SHOULD be absent instead of using the unspecified (0) reasonCode value" (§5.3.1).
        bool hasReason = entry.Reason != RevocationReason.Unspecified;
        if (!hasReason && entry.InvalidityDate is null)
        {
            return 0;
        }

        int at = 2;
        if (hasReason)
        {
            ReadOnlySpan<byte> reason = [0x30, 0x0A, 0x06, 0x03, 0x55, 0x1D, 0x15, 0x04, 0x03, 0x0A, 0x01];
            reason.CopyTo(target[at..]);
            at += reason.Length;
            target[at++] = (byte)entry.Reason;
        }

        if (entry.InvalidityDate is { } date)
        {
            ReadOnlySpan<byte> invalidity = [0x30, 0x18, 0x06, 0x03, 0x55, 0x1D, 0x18, 0x04, 0x11];
            invalidity.CopyTo(target[at..]);
            at += invalidity.Length;
            at += WriteTime(target[at..], date.UtcDateTime, generalized: true);
        }

        target[0] = 0x30;
        target[1] = (byte)(at - 2);
        return at;
    }

    private static int WriteTime(Span<byte> target, DateTime time, bool generalized)
    {
        int at = 2;
        if (generalized)
        {
            at += WriteTwoDigits(target[at..], time.Year / 100);
        }

        at += WriteTwoDigits(target[at..], time.Year % 100);
        at += WriteTwoDigits(target[at..], time.Month);
        at += WriteTwoDigits(target[at..], time.Day);
        at += WriteTwoDigits(target[at..], time.Hour);
        at += WriteTwoDigits(target[at..], time.Minute);
        at += WriteTwoDigits(target[at..], time.Second);
        target[at++] = (byte)'Z';
        target[0] = (byte)(generalized ? 0x18 : 0x17);
        target[1] = (byte)(at - 2);
        return at;
    }

    private static int WriteTwoDigits(Span<byte> target, int value)
    {
        target[0] = (byte)('0' + (value / 10));
        target[1] = (byte)('0' + (value % 10));
        return 2;
    }

    private static byte[] EncodeLength(int length)
    {
        if (length < 0x80)
        {
            return [(byte)length];
        }

        Span<byte> octets = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(octets, length);
        ReadOnlySpan<byte> significant = octets.TrimStart((byte)0);
        return [(byte)(0x80 | significant.Length), .. significant];
    }

    /// <summary>Writes a header so that it ends where the content starts; answers where the header starts.</summary>
    private int Prepend(int contentStart, byte tag, int contentLength)
    {
        byte[] length = EncodeLength(contentLength);
        int start = contentStart - length.Length - 1;
        _buffer[start] = tag;
        length.CopyTo(_buffer, start + 1);
        return start;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        EnsureRoom(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    private void EnsureRoom(int count)
    {
        if (_buffer.Length - _end >= count)
        {
            return;
        }

        if (_buffer.Length > Array.MaxLength / 2)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{EntryCount}条的吊销列表超过1GB，请使用分片 / A CRL of {EntryCount} entries is too large: use partitions"));
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _end + count));
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
