using ESign.Pdf.Verification;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Verification;

/// <summary>However many have signed, the bytes of a file are read once, and what lies in its objects once more.</summary>
public class OnePassTests
{
    private const int Parties = 25;
    private const int ContentSize = 4 << 20;

    [Fact]
    public async Task Twenty_five_signatures_are_verified_in_one_pass_over_the_file()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] document = new TestPdf()
            .Object(1, "<</Type/Catalog/Pages 2 0 R>>")
            .Object(2, "<</Type/Pages/Count 1/Kids[3 0 R]>>")
            .Object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents 4 0 R>>")
            .Stream(4, "", new string(' ', ContentSize))
            .EndRevision(XrefStyle.Table, "/Root 1 0 R")
            .ToBytes();
        for (int i = 0; i < Parties; i++)
        {
            document = await fixture.SignAsync(document);
        }

        using var counted = new CountingStream(document);
        VerificationPolicy policy = fixture.Policy(online: false) with { UnknownRevocation = Pki.Validation.UnknownRevocation.Off };
        VerificationResult result = await new PdfVerifier(policy).VerifyAsync(counted, TestContext.Current.CancellationToken);

        Assert.True(result.Verdict == DocumentVerdict.Valid, LevelTests.Explain(result));
        Assert.Equal(Parties, result.Signatures.Count);
        // One pass for the digests; the revisions, their objects and the page take less than two more together.
        Assert.InRange(counted.BytesRead, document.Length, 3L * document.Length);
    }

    /// <summary>A stream that is neither a file nor memory, so that nothing can be had but by reading.</summary>
    private sealed class CountingStream(byte[] content) : Stream
    {
        private long _position;

        public long BytesRead { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => content.Length;

        public override long Position
        {
            get => _position;
            set => _position = value;
        }

        public override int Read(Span<byte> buffer)
        {
            int length = (int)Math.Min(buffer.Length, content.Length - _position);
            content.AsSpan((int)_position, length).CopyTo(buffer);
            _position += length;
            BytesRead += length;
            return length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override long Seek(long offset, SeekOrigin origin) => _position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => content.Length + offset,
        };

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
