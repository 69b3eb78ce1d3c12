using ESign.Pdf.Document;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Syntax;

/// <summary>ISO 32000-2 §7.6: malformed encryption dictionaries are errors, never keys of the wrong size.</summary>
public sealed class EncryptionParametersTests
{
    private static readonly string Bytes32 = $"<{new string('A', 64)}>";
    private static readonly string Bytes48 = $"<{new string('A', 96)}>";

    [Theory]
    [InlineData("/V 5/R 6/CF<</StdCF<</CFM/AESV2>>>>/StmF/StdCF/StrF/StdCF", PdfErrorCode.Encryption)]
    [InlineData("/V 4/R 4/CF<</StdCF<</CFM/AESV3>>>>/StmF/StdCF/StrF/StdCF", PdfErrorCode.Encryption)]
    [InlineData("/V 4/R 4/StmF/Missing", PdfErrorCode.Encryption)]
    [InlineData("/V 4/R 4/CF<</StdCF<</CFM/Own>>>>/StmF/StdCF", PdfErrorCode.Unsupported)]
    [InlineData("/V 2/R 3/Length 4096", PdfErrorCode.Encryption)]
    [InlineData("/V 2/R 3/Length 41", PdfErrorCode.Encryption)]
    [InlineData("/V 3/R 3", PdfErrorCode.Unsupported)]
    [InlineData("/V 5/R 4", PdfErrorCode.Unsupported)]
    [InlineData("/V 1/R 99999999999", PdfErrorCode.Unsupported)]
    [InlineData("/V 1", PdfErrorCode.Encryption)]
    [InlineData("/V 1/R 2", PdfErrorCode.PasswordRequired)]
    public void Malformed_dictionaries(string entries, PdfErrorCode expected)
    {
        string keys = entries.Contains("/V 5", StringComparison.Ordinal) ? $"/O {Bytes48}/U {Bytes48}/OE {Bytes32}/UE {Bytes32}" : $"/O {Bytes32}/U {Bytes32}";
        byte[] pdf = new TestPdf().Object(1, "<</Type/Catalog/Pages 2 0 R>>").Object(2, "<</Type/Pages/Kids[]/Count 0>>")
            .EndRevision(XrefStyle.Table, $"/Root 1 0 R/ID[<01><02>]/Encrypt<</Filter/Standard/P -4{entries}{keys}>>").ToBytes();
        Assert.Equal(expected, Assert.Throws<PdfFormatException>(() => PdfDocument.Open(pdf)).Code);
    }

    [Fact]
    public void Public_key_encryption_is_unsupported_and_says_so()
    {
        byte[] pdf = new TestPdf().Object(1, "<</Type/Catalog/Pages 2 0 R>>").Object(2, "<</Type/Pages/Kids[]/Count 0>>")
            .EndRevision(XrefStyle.Table, "/Root 1 0 R/Encrypt<</Filter/Adobe.PubSec>>").ToBytes();
        var error = Assert.Throws<PdfFormatException>(() => PdfDocument.Open(pdf));
        Assert.Equal(PdfErrorCode.Unsupported, error.Code);
        Assert.Contains("Adobe.PubSec", error.Message, StringComparison.Ordinal);
    }
}
