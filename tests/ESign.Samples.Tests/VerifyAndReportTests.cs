using ESign.Testing;

namespace ESign.Samples.Tests;

/// <summary>The sample that verifies: it must tell the document from its forgery, as <c>pdfsig</c> does.</summary>
public sealed class VerifyAndReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void VerifyAndReport_tells_the_document_from_its_forgery()
    {
        string output = Sample.Run("VerifyAndReport", _folder);
        Assert.Contains("signed.pdf: Valid", output, StringComparison.Ordinal);
        Assert.Contains("forged.pdf: Invalid", output, StringComparison.Ordinal);
        Assert.True(Assert.Single(Witness.PdfSig(_folder.PathTo("signed.pdf"))).IsValid);
        Assert.False(Assert.Single(Witness.PdfSig(_folder.PathTo("forged.pdf"))).IsValid);
        Assert.Contains("签名", Sample.Witness("pdftotext", _folder, "signed.report.pdf", "-"), StringComparison.Ordinal);
        Assert.Empty(Witness.QpdfComplaints(_folder.PathTo("signed.report.pdf")));
    }
}
