using ESign.Pdf;
using ESign.Pdf.Content.Decoding;
using ESign.Pdf.Fonts;
using ESign.Pdf.Seals;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.Revocation;
using ESign.Pki.Timestamping;

namespace ESign.Fuzz;

/// <summary>Gives bytes to every reader of their kind: each answers, or refuses with its documented error.</summary>
public static class DecoderTarget
{
    /// <returns>Whether any reader accepted it.</returns>
    /// <remarks>An exception that is not documented comes out.</remarks>
    public static bool Run(SampleKind kind, byte[] input) => kind switch
    {
        SampleKind.Der => RunDer(input),
        SampleKind.Font => RunFont(input),
        SampleKind.CharacterMap => RunMap(input),
        _ => RunPicture(input),
    };

    private static bool RunDer(byte[] input)
    {
        bool accepted = false;
        if (Certificate.TryDecode(input, out Certificate? certificate))
        {
            accepted = true;
            _ = certificate.Subject.ToString() + certificate.Issuer + certificate.Shown(static found => found.BasicConstraints) + certificate.Shown(static found => found.KeyUsage) + certificate.Extensions.Count;
        }

        if (SignedData.TryDecode(input, out SignedData? signed, out _))
        {
            accepted = true;
            _ = signed.Certificates.Count + signed.SignerInfos.Count;
        }

        accepted |= TimestampToken.TryDecode(input, out _);
        accepted |= CertificateRevocationList.TryDecode(input, out _);
        accepted |= OcspResponse.TryDecode(input, out _);
        return accepted;
    }

    private static bool RunFont(byte[] input)
    {
        bool accepted = Try(() =>
        {
            FontProgram program = input.AsSpan().StartsWith("%!"u8) ? Type1Program.Read(input) : input is [1, 0, ..] ? CffProgram.Read(input) : TrueTypeProgram.Read(input);
            for (int glyph = 0; glyph < 300; glyph++)
            {
                _ = program.TextOfGlyph(glyph);
            }
        });
        return Try(() =>
        {
            TrueTypeFont font = TrueTypeFont.Read(input);
            for (int codepoint = 'A'; codepoint < 'Z'; codepoint++)
            {
                _ = font.GetOutline(codepoint);
            }
        }) || accepted;
    }

    private static bool RunMap(byte[] input) => Try(() =>
    {
        CMap map = CMapReader.Read(input);
        for (uint code = 0; code < 300; code++)
        {
            _ = map.ToText(code);
        }
    });

    private static bool RunPicture(byte[] input)
    {
        try
        {
            _ = Seal.FromImage(input);
            return true;
        }
        catch (SealImageException)
        {
            return false;
        }
    }

    private static bool Try(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (Exception e) when (e is PdfFormatException or MissingGlyphException)
        {
            return false;
        }
    }
}
