using System.Text;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Document;

/// <summary>ISO 32000-2 §7.6: files that qpdf encrypted are read, appended to, and read by qpdf again.</summary>
public sealed class EncryptionTests
{
    private const string Secret = "Vertraulich (geheim)";

    public static TheoryData<string, string> Schemes => new()
    {
        { "RC4-40", "40 --" },
        { "RC4-128", "128 --use-aes=n --" },
        { "RC4-128 crypt filters", "128 --use-aes=n --force-V4 --" },
        { "AES-128", "128 --use-aes=y --" },
        { "AES-128, clear metadata", "128 --use-aes=y --cleartext-metadata --" },
        { "AES-256 R5", "256 --force-R5 --" },
        { "AES-256 R6", "256 --" },
    };

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Read_with_either_password_and_append(string name, string scheme)
    {
        byte[] encrypted = Encrypt(scheme, "user", "owner", objectStreams: "disable");
        Assert.Equal(PdfErrorCode.PasswordRequired, Assert.Throws<PdfFormatException>(() => PdfDocument.Open(encrypted)).Code);
        Assert.Equal(PdfErrorCode.PasswordRequired, Assert.Throws<PdfFormatException>(() => PdfDocument.Open(encrypted, "wrong")).Code);
        foreach (string password in (string[])["user", "owner"])
        {
            using PdfDocument document = PdfDocument.Open(encrypted, password);
            Assert.Equal(password == "owner", document.Security!.IsOwner);
            Assert.Equal(PdfString.Text(Secret), ((PdfDictionary)document.Resolve(document.Trailer["Info"]))["Title"]);
            Assert.Contains("(Hello) Tj", Encoding.Latin1.GetString(document.Decode((PdfStream)document.Resolve(document.GetPage(1).Dictionary["Contents"])).Span), StringComparison.Ordinal);

            byte[] changed = IncrementalUpdateTests.Annotate(document, encrypted, page: 1, alsoCatalog: true);
            Witnesses.AssertClean(changed, "user");
            Witnesses.AssertClean(changed, "owner");
            Assert.Contains("zh-CN", ShowCatalog(changed, "user"), StringComparison.Ordinal);
            Assert.DoesNotContain("zh-CN", Encoding.Latin1.GetString(changed), StringComparison.Ordinal);
        }

        Assert.NotEmpty(name);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void The_empty_password_and_object_streams(string name, string scheme)
    {
        byte[] encrypted = Encrypt(scheme, "", "owner", objectStreams: name == "RC4-40" ? "disable" : "generate");
        using PdfDocument document = PdfDocument.Open(encrypted);
        Assert.Equal(PdfString.Text(Secret), ((PdfDictionary)document.Resolve(document.Trailer["Info"]))["Title"]);
        Witnesses.AssertClean(IncrementalUpdateTests.Annotate(document, encrypted, page: 1, alsoCatalog: true));
    }

    [Fact]
    public void Trap33_contents_of_a_signature_are_not_encrypted_and_other_new_strings_are()
    {
        byte[] encrypted = Encrypt("256 --", "", "owner", objectStreams: "disable");
        using PdfDocument document = PdfDocument.Open(encrypted);
        var update = new IncrementalUpdate(document, IncrementalUpdateTests.Sevens);
        PdfPlaceholder contents = PdfPlaceholder.Contents(4);
        PdfReference signature = update.Add(new PdfDictionary(("Type", new PdfName("Sig")), ("ByteRange", PdfPlaceholder.ByteRange()), ("Contents", contents), ("Reason", PdfString.Text("because"))));
        using AppendedSection section = update.Build();
        "<DEADBEEF>"u8.CopyTo(section.Patch(contents));
        using PdfDocument again = PdfDocument.Open((byte[])[.. encrypted, .. section.Bytes.Span]);
        var read = (PdfDictionary)again.Resolve(signature);
        Assert.Equal("DEADBEEF", Convert.ToHexString(((PdfString)read["Contents"]!).Bytes.Span));
        Assert.Equal("because", ((PdfString)read["Reason"]!).ToText());
        Assert.DoesNotContain("because", Encoding.Latin1.GetString(section.Bytes.Span), StringComparison.Ordinal);
    }

    /// <summary>The number of rounds of algorithm 2.B depends on the data: one file in ten or so ends on the boundary.</summary>
    [Fact]
    public void The_hash_of_revision_6_ends_at_the_right_round_for_every_salt()
    {
        for (int i = 0; i < 40; i++)
        {
            byte[] encrypted = Encrypt("256 --", $"user{i}", $"owner{i}", objectStreams: "disable");
            using PdfDocument user = PdfDocument.Open(encrypted, $"user{i}");
            using PdfDocument owner = PdfDocument.Open(encrypted, $"owner{i}");
            Assert.True(owner.Security!.IsOwner);
            Assert.Equal(PdfString.Text(Secret), ((PdfDictionary)user.Resolve(user.Trailer["Info"]))["Title"]);
        }
    }

    [Fact]
    public void Trap34_a_direct_encryption_dictionary()
    {
        byte[] encrypted = Encrypt("128 --use-aes=y --", "", "owner", objectStreams: "disable");
        string text = Encoding.Latin1.GetString(encrypted);
        int reference = text.LastIndexOf("/Encrypt ", StringComparison.Ordinal);
        string number = text[(reference + 9)..].Split(' ')[0];
        int start = text.IndexOf($"\n{number} 0 obj\n", StringComparison.Ordinal) + $"\n{number} 0 obj\n".Length;
        string dictionary = text[start..text.IndexOf("\nendobj", start, StringComparison.Ordinal)];
        byte[] direct = Encoding.Latin1.GetBytes(text.Replace($"/Encrypt {number} 0 R", "/Encrypt " + dictionary, StringComparison.Ordinal));
        using PdfDocument document = PdfDocument.Open(direct);
        Assert.Equal(PdfString.Text(Secret), ((PdfDictionary)document.Resolve(document.Trailer["Info"]))["Title"]);
        Witnesses.AssertClean(IncrementalUpdateTests.Annotate(document, direct, page: 1, alsoCatalog: true));
    }

    [Fact]
    public void A_normalised_copy_stays_encrypted_under_the_same_password()
    {
        string text = Encoding.Latin1.GetString(Encrypt("128 --use-aes=y --", "user", "owner", objectStreams: "disable"));
        using PdfDocument document = PdfDocument.Open(Encoding.Latin1.GetBytes(text.Replace("startxref", "startxxxx", StringComparison.Ordinal)), new PdfOpenOptions { Password = "user" });
        Assert.True(document.WasRepaired);
        using var copy = new MemoryStream();
        NormalizedCopy.Write(document, copy);
        Witnesses.AssertClean(copy.ToArray(), "user");
        using PdfDocument again = PdfDocument.Open(copy.ToArray(), new PdfOpenOptions { Password = "owner" });
        Assert.Equal(PdfString.Text(Secret), ((PdfDictionary)again.Resolve(again.Trailer["Info"]))["Title"]);
    }

    [Fact]
    public void Permissions_bind_the_user_and_not_the_owner()
    {
        byte[] encrypted = Encrypt("256 --modify=form --", "user", "owner", objectStreams: "disable");
        using PdfDocument user = PdfDocument.Open(encrypted, "user");
        using PdfDocument owner = PdfDocument.Open(encrypted, "owner");
        Assert.True(user.Permits(DocumentPermissions.FillForms));
        Assert.False(user.Permits(DocumentPermissions.Modify));
        Assert.True(owner.Permits(DocumentPermissions.Modify));
    }

    private static string ShowCatalog(byte[] pdf, string password)
    {
        using var file = new TemporaryFile(pdf);
        return Tool.Run("mutool", "show", "-p", password, file.Path, "trailer/Root").Output;
    }

    private static byte[] Encrypt(string scheme, string user, string owner, string objectStreams)
    {
        byte[] plain = new TestPdf().Object(1, "<</Type/Catalog/Pages 2 0 R>>").Object(2, "<</Type/Pages/Kids[10 0 R]/Count 1>>")
            .Object(5, "<</Title(Vertraulich \\(geheim\\))>>").Stream(6, "", "BT (Hello) Tj ET")
            .Object(10, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 6 0 R>>").EndRevision(XrefStyle.Table, "/Root 1 0 R/Info 5 0 R/ID[<01><02>]").ToBytes();
        using var input = new TemporaryFile(plain);
        using var output = new TemporaryFile([]);
        Tool qpdf = Tool.Run("qpdf", ["--allow-weak-crypto", "--static-id", "--object-streams=" + objectStreams, "--encrypt", user, owner, .. scheme.Split(' '), input.Path, output.Path]);
        Assert.True(qpdf.ExitCode == 0, qpdf.Error);
        return File.ReadAllBytes(output.Path);
    }
}
