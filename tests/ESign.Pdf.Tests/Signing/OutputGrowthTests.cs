using System.Globalization;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pdf.Tests.Verification;

namespace ESign.Pdf.Tests.Signing;

/// <summary>What a signature adds to a file: the key's work and the certificates, and little for what is seen.</summary>
public sealed class OutputGrowthTests
{
    /// <summary>The outlines of ten Chinese characters and thirteen digits, or a font subset of twenty, are most of what is seen.</summary>
    [Theory]
    [InlineData("official", 6300)]
    [InlineData("contract", 7800)]
    [InlineData("personal", 4000)]
    [InlineData("text", 5450)]
    [InlineData("date", 3300)]
    public async Task What_is_seen_adds_little(string kind, int limit)
    {
        Seal seal = Seal.Draw(kind switch
        {
            "official" => SealDesign.Official("深圳示例科技有限公司", "4403000000001"),
            "contract" => SealDesign.Contract("深圳示例科技有限公司", "4403000000001"),
            "personal" => SealDesign.PersonalName("张三"),
            "date" => SealDesign.Date(new DateOnly(2026, 1, 9)),
            _ => SealDesign.SignatureText("深圳示例科技有限公司", "签署：合同签署", "2026-01-01 12:00:00"),
        });
        byte[] original = TestDocuments.TwoPages();
        byte[] invisible = await SignatureTrapTests.SignAsync(original);
        byte[] visible = await SignatureTrapTests.SignAsync(original, new SignatureOptions { Seal = seal.Place(SealPlacement.At(1, 100, 100)) });
        int added = visible.Length - invisible.Length;
        Assert.True(added <= limit, $"{kind}: {added.ToString(CultureInfo.InvariantCulture)} bytes, at most {limit.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>A basic signature's value has a size known beforehand: its room holds a DER length's change and no more.</summary>
    [Fact]
    public async Task The_room_for_the_value_is_exact()
    {
        string signed = System.Text.Encoding.Latin1.GetString(await SignatureTrapTests.SignAsync(TestDocuments.TwoPages()));
        int start = signed.LastIndexOf("/Contents<", StringComparison.Ordinal) + "/Contents<".Length;
        string value = signed[start..signed.IndexOf('>', start)];
        int padding = (value.Length - value.TrimEnd('0').Length) / 2;
        Assert.True(padding <= 16, $"{padding} bytes of padding");
    }

    /// <summary>A text that fills its control needs no form of its own for each widget; sharing one object breaks no earlier signature.</summary>
    [Fact]
    public async Task A_text_in_several_places_is_one_object_and_every_signature_stays_valid()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        Seal text = Seal.Draw(SealDesign.SignatureText("深圳示例科技有限公司", "2026-01-01"));
        var plan = new SigningPlan
        {
            Parties =
            [
                new SigningParty { Name = "A", Seal = text.Place(SealPlacement.At(1, 100, 100)), Stamps = [text.Place(SealPlacement.At(2, 100, 100)), text.Place(SealPlacement.At(2, 100, 300))] },
                new SigningParty { Name = "B", Seal = text.Place(SealPlacement.At(1, 300, 100)), Stamps = [text.Place(SealPlacement.At(2, 300, 100))] },
            ],
        };
        var output = new MemoryStream();
        await plan.WriteAsync(new MemoryStream(TestDocuments.TwoPages()), output, TestContext.Current.CancellationToken);
        byte[] first = await fixture.SignAsync(output.ToArray(), options: plan.OptionsFor("A"));
        byte[] second = await fixture.SignAsync(first, options: plan.OptionsFor("B"));
        byte[] third = await fixture.SignAsync(second, options: new SignatureOptions { Seal = text.Place(SealPlacement.At(1, 300, 300)), Stamps = [text.Place(SealPlacement.At(2, 300, 300))] });
        Assert.All((await fixture.VerifyAsync(third)).Signatures, signature => Assert.Equal(Pki.Validation.Indication.Passed, signature.Indication));
        string added = System.Text.Encoding.Latin1.GetString(first.AsSpan((int)output.Length));
        Assert.Equal(1, added.Split("/Subtype/Form").Length - 1);
    }

    /// <summary>A seal on a hundred pages is drawn once.</summary>
    [Fact]
    public async Task A_seal_across_many_pages_is_written_once()
    {
        Seal seal = Seal.Draw(SealDesign.Official("深圳示例科技有限公司", "4403000000001"));
        byte[] original = TestDocuments.Pages(100);
        byte[] few = await SignatureTrapTests.SignAsync(TestDocuments.Pages(2), new SignatureOptions { Stamps = [seal.Place(SealPlacement.AcrossPages(PageEdge.Right))] });
        byte[] many = await SignatureTrapTests.SignAsync(original, new SignatureOptions { Stamps = [seal.Place(SealPlacement.AcrossPages(PageEdge.Right))] });
        int perPage = ((many.Length - original.Length) - (few.Length - TestDocuments.TwoPages().Length)) / 98;
        Assert.True(perPage < 1000, $"{perPage} bytes a page");
    }
}
