using ESign.Testing;

namespace ESign.Samples.Tests;

/// <summary>The samples that sign, each judged by programs other people wrote.</summary>
public sealed class SigningSampleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void SealAndSign_signs_the_whole_document_and_draws_the_seal()
    {
        string output = Sample.Run("SealAndSign", _folder);
        Assert.Contains("B-T", output, StringComparison.Ordinal);
        Assert.Contains("x 380, y 520, 120 × 120", output, StringComparison.Ordinal);
        Assert.StartsWith("<svg", File.ReadAllText(_folder.PathTo("seal.svg"))[File.ReadAllText(_folder.PathTo("seal.svg")).IndexOf("<svg", StringComparison.Ordinal)..], StringComparison.Ordinal);
        AssertSigned(signatures: 1);
    }

    [Fact]
    public void KeywordAndCrossPage_puts_a_strip_on_every_page()
    {
        string output = Sample.Run("KeywordAndCrossPage", _folder);
        Assert.Contains("“甲方（盖章）”", output, StringComparison.Ordinal);
        int pages = int.Parse(Sample.Witness("qpdf", _folder, "--show-npages", "signed.pdf").Trim(), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(pages + 1, output.Split('\n').Count(line => line.StartsWith("Signature1", StringComparison.Ordinal)));
        AssertSigned(signatures: 1);
    }

    [Fact]
    public void ThreePartyPlan_leaves_every_earlier_signature_valid()
    {
        Sample.Run("ThreePartyPlan", _folder);
        IReadOnlyList<Witness.PdfSigEntry> signatures = AssertSigned(signatures: 3);
        Assert.Equal(["丙方", "乙方", "甲方"], signatures.Select(signature => signature.Field).Order());
    }

    [Fact]
    public void RemoteSigning_completes_what_another_process_could_have_prepared()
    {
        string output = Sample.Run("RemoteSigning", _folder);
        Assert.Contains("completed", output, StringComparison.Ordinal);
        Assert.Contains("signedAttributes", File.ReadAllText(_folder.PathTo("prepared.json")), StringComparison.OrdinalIgnoreCase);
        AssertSigned(signatures: 1);
    }

    [Fact]
    public void HsmSigning_signs_with_a_key_that_stays_in_the_token()
    {
        SoftwareToken token = SoftwareToken.Create(_folder);
        string output = Sample.Run("HsmSigning", _folder, token.Environment, token.KeyUri);
        Assert.Contains("ECDSA-P256-SHA256", output, StringComparison.Ordinal);
        AssertSigned(signatures: 1);
    }

    [Fact]
    public void Batch_signs_a_copy_for_every_one_of_1000_recipients()
    {
        string output = Sample.Run("Batch", _folder);
        Assert.StartsWith("1000 of 1000 signed", output, StringComparison.Ordinal);
        string[] files = Directory.GetFiles(_folder.PathTo("signed"));
        Assert.Equal(1000, files.Length);
        foreach (string file in (string[])["notice-0001.pdf", "notice-0500.pdf", "notice-1000.pdf"])
        {
            Witness.PdfSigEntry signature = Assert.Single(Witness.PdfSig(Path.Combine(_folder.PathTo("signed"), file)));
            Assert.True(signature.IsValid && signature.CoversTotalDocument, signature.Text);
        }
    }

    private IReadOnlyList<Witness.PdfSigEntry> AssertSigned(int signatures)
    {
        IReadOnlyList<Witness.PdfSigEntry> found = Witness.PdfSig(_folder.PathTo("signed.pdf"));
        Assert.Equal(signatures, found.Count);
        Assert.All(found, signature => Assert.True(signature.IsValid, signature.Text));
        Assert.Single(found, signature => signature.CoversTotalDocument);
        Assert.Empty(Witness.QpdfComplaints(_folder.PathTo("signed.pdf")));
        return found;
    }
}
