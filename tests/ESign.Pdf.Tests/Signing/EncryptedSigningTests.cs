using System.Text;
using ESign.Pdf.LongTerm;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pdf.Tests.LongTerm;
using ESign.Pki.Cms;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Signing;

/// <summary>Encrypted documents of every kind stay encrypted under the same passwords; only the signature value is in the clear.</summary>
/// <remarks>ISO 32000-2 §7.6.2: <c>/Contents</c> of a signature is not encrypted, all other new strings and streams are.</remarks>
public sealed class EncryptedSigningTests : IDisposable
{
    private const string Reason = "PlainlyReadableReason";

    private static readonly Seal Official = Seal.Draw(SealDesign.Official("深圳示例科技有限公司", "4403000000001"));
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, string> SchemesAndPasswords()
    {
        var rows = new TheoryData<string, string, string>();
        foreach (string scheme in (string[])["RC4-40 R2", "RC4-128 R3", "RC4-128 R4", "AES-128 R4", "AES-128 R4, metadata in the clear", "AES-256 R5", "AES-256 R6", "AES-256 R6, metadata in the clear"])
        {
            rows.Add(scheme, "", "");
            rows.Add(scheme, "user", "user");
            rows.Add(scheme, "user", "owner");
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(SchemesAndPasswords))]
    public async Task Trap33_signed_and_extended_under_the_same_passwords_with_the_value_alone_in_the_clear(string scheme, string userPassword, string given)
    {
        TestPki pki = await TestPki.SharedAsync();
        byte[] original = Encrypted(scheme, userPassword);
        var output = new MemoryStream();
        var options = new SignatureOptions
        {
            Seal = Official.Place(SealPlacement.At(1, 300, 300)),
            Stamps = [Official.Place(SealPlacement.AcrossPages(PageEdge.Right))],
            Reason = Reason,
            Password = given.Length == 0 ? null : given,
            Level = PadesLevel.T(pki.Timestamps),
        };
        await new PdfSigner(pki.Enterprise).SignAsync(new MemoryStream(original), output, options);
        AssertReadable(output.ToArray(), userPassword, original, signatures: 1, pki);

        var extended = new MemoryStream();
        await new PdfExtender(PadesLevel.LTA(pki.Timestamps, await TestRevocation.ListsAsync(pki))).ExtendAsync(output, extended, options.Password);
        AssertReadable(extended.ToArray(), userPassword, original, signatures: 2, pki);
        Assert.Equal((1, 1), new SignedFile(extended.ToArray()).CheckTimestamps(pki, _folder));
    }

    [Theory]
    [InlineData("128", "/StmF /StdCF", "/StmF/Identity", true)]
    [InlineData("128", "/StrF /StdCF", "/StrF/Identity", false)]
    [InlineData("256", "/StmF /StdCF", "/StmF/Identity", true)]
    public async Task What_a_document_leaves_in_the_clear_by_the_Identity_filter_stays_so(string bits, string named, string identity, bool streams)
    {
        TestPki pki = await TestPki.SharedAsync();
        string plain = _folder.Write("plain.pdf", TestPdf.WithPages(pages: 2).ToBytes());
        string encrypted = _folder.PathTo("encrypted.pdf");
        Assert.Equal(0, Tool.Run("qpdf", ["--object-streams=disable", "--encrypt", "user", "owner", bits, .. (string[])(bits == "128" ? ["--use-aes=y"] : []), "--", plain, encrypted]).ExitCode);
        string text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(encrypted));
        Assert.Contains(named, text, StringComparison.Ordinal);
        byte[] original = Encoding.Latin1.GetBytes(text.Replace(named, identity.PadRight(named.Length), StringComparison.Ordinal));
        var output = new MemoryStream();
        await new PdfSigner(pki.Enterprise).SignAsync(new MemoryStream(original), output, new SignatureOptions { Password = "user", Reason = Reason, Seal = Official.Place(SealPlacement.At(1, 300, 300)) });
        string signed = Encoding.Latin1.GetString(output.ToArray());
        bool isClear = signed.Contains(Reason, StringComparison.Ordinal) || signed.Contains(Convert.ToHexString(Encoding.ASCII.GetBytes(Reason)), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(!streams, isClear);
        string path = _folder.Write("signed.pdf", output.ToArray());
        Assert.Empty(Witness.QpdfComplaints(path, "owner"));
        Assert.True(Witness.PdfSig(path, "user") is [{ IsValid: true }]);
        string decrypted = _folder.PathTo("decrypted.pdf");
        Assert.Equal(0, Tool.Run("qpdf", "--decrypt", "--qdf", "--password=user", path, decrypted).ExitCode);
        string clear = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(decrypted));
        Assert.Contains(Reason, clear, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Public_key_security_is_refused_by_name()
    {
        byte[] original = TestPdf.WithPages(trailer: "/Encrypt 40 0 R/ID[<01><02>]")
            .Object(40, "<</Filter/Adobe.PubSec/SubFilter/adbe.pkcs7.s5/V 4/CF<</DefaultCryptFilter<</CFM/AESV2/Recipients[<00>]>>>>/StmF/DefaultCryptFilter/StrF/DefaultCryptFilter>>")
            .EndRevision(XrefStyle.Table, "/Root 1 0 R/Encrypt 40 0 R/ID[<01><02>]").ToBytes();
        PdfFormatException refused = await Assert.ThrowsAsync<PdfFormatException>(() => SignatureTrapTests.SignAsync(original));
        Assert.Equal(PdfErrorCode.Unsupported, refused.Code);
        Assert.Contains("/Adobe.PubSec; only password encryption", refused.Message, StringComparison.Ordinal);
        Assert.True(refused.Offset > 0);
    }

    [Fact]
    public async Task The_wrong_password_is_an_error_that_writes_nothing()
    {
        TestPki pki = await TestPki.SharedAsync();
        byte[] original = Encrypted("AES-256 R6", "user");
        foreach (string? password in (string?[])[null, "", "wrong"])
        {
            var output = new MemoryStream();
            PdfFormatException refused = await Assert.ThrowsAsync<PdfFormatException>(() => new PdfSigner(pki.Enterprise).SignAsync(new MemoryStream(original), output, new SignatureOptions { Password = password }));
            Assert.Equal(PdfErrorCode.PasswordRequired, refused.Code);
            Assert.Equal(0, output.Length);
        }
    }

    [Theory]
    [InlineData("user", false, SigningRefusal.Permissions)]
    [InlineData("user", true, null)]
    [InlineData("owner", false, null)]
    public async Task Permissions_bind_the_user_when_fields_would_be_added(string password, bool mayFill, SigningRefusal? expected)
    {
        TestPki pki = await TestPki.SharedAsync();
        string plain = _folder.Write("plain.pdf", await PlannedAsync());
        string restricted = _folder.PathTo("restricted.pdf");
        Assert.Equal(0, Tool.Run("qpdf", "--encrypt", "user", "owner", "256", mayFill ? "--modify=form" : "--modify=none", "--", plain, restricted).ExitCode);
        var options = new SignatureOptions { Password = password, FieldName = mayFill ? "甲方" : null };
        Task<SignatureReceipt> signing = new PdfSigner(pki.Enterprise).SignAsync(new MemoryStream(await File.ReadAllBytesAsync(restricted)), new MemoryStream(), options);
        if (expected is null)
        {
            await signing;
        }
        else
        {
            Assert.Equal(expected, (await Assert.ThrowsAsync<SigningRefusedException>(() => signing)).Code);
        }
    }

    private static async Task<byte[]> PlannedAsync()
    {
        var output = new MemoryStream();
        var plan = new SigningPlan { Parties = [new SigningParty { Name = "甲方", Seal = Official.Place(SealPlacement.At(1, 100, 100)) }] };
        await plan.WriteAsync(new MemoryStream(TestDocuments.TwoPages()), output);
        return output.ToArray();
    }

    private byte[] Encrypted(string scheme, string userPassword)
    {
        string[] method = scheme switch
        {
            "RC4-40 R2" => ["40"],
            "RC4-128 R3" => ["128", "--use-aes=n"],
            "RC4-128 R4" => ["128", "--use-aes=n", "--force-V4"],
            "AES-128 R4" => ["128", "--use-aes=y"],
            "AES-128 R4, metadata in the clear" => ["128", "--use-aes=y", "--cleartext-metadata"],
            "AES-256 R6, metadata in the clear" => ["256", "--cleartext-metadata"],
            "AES-256 R5" => ["256", "--force-R5"],
            _ => ["256"],
        };
        string plain = _folder.Write("plain.pdf", TestDocuments.TwoPages());
        string encrypted = _folder.PathTo("encrypted.pdf");
        Tool result = Tool.Run("qpdf", ["--allow-weak-crypto", "--encrypt", userPassword, "owner", .. method, "--", plain, encrypted]);
        Assert.True(result.ExitCode == 0, result.Error);
        return File.ReadAllBytes(encrypted);
    }

    private void AssertReadable(byte[] signed, string userPassword, byte[] original, int signatures, TestPki pki)
    {
        Assert.True(signed.AsSpan().StartsWith(original));
        string path = _folder.Write("signed.pdf", signed);
        foreach (string password in (string[])[userPassword, "owner"])
        {
            Assert.Empty(Witness.QpdfComplaints(path, password));
            Assert.Contains("Pages: 2", Tool.Run("mutool", "info", "-p", password, path).Output, StringComparison.Ordinal);
        }

        Witness.PdfSigEntry entry = Witness.PdfSig(path, userPassword)[0];
        Assert.True(entry.IsValid, entry.Text);
        IReadOnlyList<(byte[] Covered, byte[] Value, string VriKey)> found = new SignedFile(signed).Signatures();
        Assert.Equal(signatures, found.Count);
        Witness.OpenSslCms(found[0].Value, found[0].Covered, pki.Root.Certificate.ToPem(), _folder);
        Assert.All(found, signature => Assert.True(SignedData.TryDecode(signature.Value, out _, out _), "the CMS is found by a plain search"));

        string text = Encoding.Latin1.GetString(signed);
        Assert.DoesNotContain(Reason, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString(Encoding.ASCII.GetBytes(Reason)), text, StringComparison.OrdinalIgnoreCase);
        string decrypted = _folder.PathTo("decrypted.pdf");
        Assert.Equal(0, Tool.Run("qpdf", "--decrypt", "--qdf", "--object-streams=disable", "--password=" + userPassword, path, decrypted).ExitCode);
        string clear = Encoding.Latin1.GetString(File.ReadAllBytes(decrypted));
        Assert.Contains(Reason, clear, StringComparison.Ordinal);
        Assert.Equal(signatures == 2, clear.Contains("/" + found[0].VriKey, StringComparison.Ordinal));
    }
}
