using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ESign.Pki.Keys;

namespace ESign.Pki.Transparency;

/// <summary>The state of a log – its name, how many records, their root – and the signed text in which it is published.</summary>
/// <remarks>
/// C2SP tlog-checkpoint: <c>origin LF size LF base64(root) LF</c>, in a C2SP signed-note: text, an empty line, and lines
/// <c>— name base64(key ID ‖ signature)</c>. The key ID is the first four octets of SHA-256(name ‖ LF ‖ 0xFF ‖
/// SubjectPublicKeyInfo): 0xFF is the type for keys without a number of their own.
/// </remarks>
/// <param name="Origin">The log's name, unique and without a scheme, for example <c>ca.example.cn/audit</c>; also the signer's name.</param>
/// <param name="Size">How many records.</param>
/// <param name="RootHash">The Merkle root over them (RFC 6962 §2.1).</param>
internal sealed record Checkpoint(string Origin, long Size, ReadOnlyMemory<byte> RootHash)
{
    private const byte OtherKeyType = 0xFF;
    private const int KeyIdSize = 4;

    /// <summary>Checkpoints are a few hundred bytes; with many cosignatures a few thousand.</summary>
    private const int MaximumNoteLength = 1 << 16;

    private const string SignaturePrefix = "— ";

    /// <summary>The text that is signed.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(RootHash.Span)}\n");

    /// <summary>Signs the checkpoint.</summary>
    /// <param name="key">The log's key.</param>
    /// <param name="cancellationToken">Cancels a remote key.</param>
    /// <returns>The signed note.</returns>
    public async ValueTask<string> SignAsync(ISigningKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        string text = Text;
        byte[] signature = await key.SignAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
        byte[] line = [.. KeyId(Origin, key.SubjectPublicKeyInfo.Span), .. signature];
        return $"{text}\n{SignaturePrefix}{Origin} {Convert.ToBase64String(line)}\n";
    }

    /// <summary>Reads a signed note and checks the log's signature.</summary>
    /// <param name="note">The signed note.</param>
    /// <param name="subjectPublicKeyInfo">The log's public key.</param>
    /// <param name="algorithm">What the key signs with.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <returns>Whether the note is a checkpoint that the key signed under the checkpoint's own origin.</returns>
    public static bool TryVerify(string? note, ReadOnlyMemory<byte> subjectPublicKeyInfo, SignatureAlgorithm algorithm, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        checkpoint = null;
        int gap = note is { Length: <= MaximumNoteLength } ? note.LastIndexOf("\n\n", StringComparison.Ordinal) : -1;
        if (gap < 0 || !TryParse(note![..(gap + 1)], out Checkpoint? parsed))
        {
            return false;
        }

        byte[] text = Encoding.UTF8.GetBytes(note[..(gap + 1)]);
        byte[] keyId = KeyId(parsed.Origin, subjectPublicKeyInfo.Span);
        string prefix = SignaturePrefix + parsed.Origin + " ";
        foreach (string line in note[(gap + 2)..].Split('\n'))
        {
            if (line.StartsWith(prefix, StringComparison.Ordinal)
                && TryDecodeBase64(line[prefix.Length..], out byte[] value)
                && value.Length > KeyIdSize
                && value.AsSpan(0, KeyIdSize).SequenceEqual(keyId)
                && SignatureVerifier.Verify(subjectPublicKeyInfo.Span, algorithm.Identifier, text, value.AsSpan(KeyIdSize)))
            {
                checkpoint = parsed;
                return true;
            }
        }

        return false;
    }

    // tlog-checkpoint: at least three lines; lines after the root are extensions and signed with it.
    private static bool TryParse(string text, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        string[] lines = text.Split('\n');
        if (lines.Length < 4 || lines[0].Length == 0
            || !long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            || (lines[1].Length > 1 && lines[1][0] == '0')
            || !TryDecodeBase64(lines[2], out byte[] root) || root.Length != MerkleHash.SizeInBytes)
        {
            return false;
        }

        checkpoint = new Checkpoint(lines[0], size, root);
        return true;
    }

    private static bool TryDecodeBase64(string text, out byte[] value)
    {
        byte[] buffer = new byte[text.Length];
        bool isBase64 = Convert.TryFromBase64String(text, buffer, out int length);
        value = buffer[..length];
        return isBase64;
    }

    private static byte[] KeyId(string name, ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        byte[] data = [.. Encoding.UTF8.GetBytes(name), (byte)'\n', OtherKeyType, .. subjectPublicKeyInfo];
        return SHA256.HashData(data)[..KeyIdSize];
    }
}
