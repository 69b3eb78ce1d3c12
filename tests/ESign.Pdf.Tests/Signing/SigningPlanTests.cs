using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pki.Certificates;
using ESign.Testing;

namespace ESign.Pdf.Tests.Signing;

public class SigningPlanTests
{
    private static readonly Seal SealA = Seal.Draw(SealDesign.Official("深圳示例科技有限公司", "4403000000001"));
    private static readonly Seal SealB = Seal.Draw(SealDesign.Contract("杭州样本软件有限公司", "3301000000002"));
    private static readonly Seal Name = Seal.Draw(SealDesign.WrittenName("张三"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Three_parties_sign_a_planned_document_and_every_signature_stays_valid(bool certified)
    {
        TestPki pki = await TestPki.SharedAsync();
        using var folder = new TemporaryFolder();
        SigningPlan plan = Plan();
        byte[] planned = await PlannedAsync(plan);
        byte[] document = planned;
        if (certified)
        {
            document = await SignAsync(pki.Enterprise, document, new SignatureOptions { FieldName = "Platform", Certification = CertificationLevel.FormFilling });
        }

        document = await SignAsync(pki.Enterprise, document, plan.OptionsFor("甲方") with { Level = PadesLevel.T(pki.Timestamps) });
        document = await SignAsync(await pki.EnterpriseAsync("杭州样本软件有限公司", "91330100MA0000349D"), document, plan.OptionsFor("乙方") with { Level = PadesLevel.T(pki.Timestamps) });
        document = await SignAsync(await pki.PersonAsync("张三", "11010519491231002X"), document, plan.OptionsFor("丙方"));

        Assert.True(document.AsSpan(0, planned.Length).SequenceEqual(planned));
        string file = folder.Write("signed.pdf", document);
        Assert.Empty(Witness.QpdfComplaints(file));
        IReadOnlyList<Witness.PdfSigEntry> entries = Witness.PdfSig(file);
        Assert.Equal(certified ? ["Platform", "甲方", "乙方", "丙方"] : ["甲方", "乙方", "丙方"], entries.Select(entry => entry.Field).Order(Comparer<string>.Create((a, b) => Array.IndexOf(Order, a).CompareTo(Array.IndexOf(Order, b)))));
        Assert.All(entries, entry => Assert.True(entry.IsValid, entry.Text));
        foreach ((byte[] covered, byte[] value) in Witness.SignaturesIn(document))
        {
            Witness.OpenSslCms(value, covered, pki.Root.Certificate.ToPem(), folder);
        }
    }

    [Fact]
    public async Task Without_a_plan_the_second_partys_stamps_become_signature_fields_that_share_one_value()
    {
        TestPki pki = await TestPki.SharedAsync();
        using var folder = new TemporaryFolder();
        byte[] first = await SignAsync(pki.Enterprise, TestDocuments.Pages(3), new SignatureOptions
        {
            FieldName = "A",
            Seal = SealA.Place(SealPlacement.At(1, 100, 100)),
            Stamps = [SealA.Place(SealPlacement.AcrossPages(PageEdge.Right, position: 100))],
        });
        byte[] second = await SignAsync(pki.Enterprise, first, new SignatureOptions
        {
            FieldName = "B",
            Seal = SealB.Place(SealPlacement.At(1, 300, 100)),
            Stamps = [SealB.Place(SealPlacement.AcrossPages(PageEdge.Right, position: 400))],
        });

        string file = folder.Write("signed.pdf", second);
        Assert.Empty(Witness.QpdfComplaints(file));
        IReadOnlyList<Witness.PdfSigEntry> entries = Witness.PdfSig(file);
        Assert.Equal(5, entries.Count); // A, and B with its three strips
        Assert.All(entries, entry => Assert.True(entry.IsValid, entry.Text));
        Assert.Equal(2, Witness.SignaturesIn(second).Count());
    }

    [Fact]
    public async Task A_plan_is_refused_once_someone_has_signed()
    {
        TestPki pki = await TestPki.SharedAsync();
        byte[] signed = await SignAsync(pki.Enterprise, TestDocuments.TwoPages(), new SignatureOptions());
        SigningRefusedException refused = await Assert.ThrowsAsync<SigningRefusedException>(() => Plan().WriteAsync(new MemoryStream(signed), new MemoryStream()));
        Assert.Equal(SigningRefusal.AlreadySigned, refused.Code);
    }

    [Fact]
    public async Task A_certified_document_takes_no_new_fields()
    {
        TestPki pki = await TestPki.SharedAsync();
        byte[] certified = await SignAsync(pki.Enterprise, TestDocuments.TwoPages(), new SignatureOptions { Certification = CertificationLevel.FormFilling });
        SigningRefusedException refused = await Assert.ThrowsAsync<SigningRefusedException>(() => SignAsync(pki.Enterprise, certified, new SignatureOptions()));
        Assert.Equal(SigningRefusal.Certification, refused.Code);
    }

    [Fact]
    public async Task A_locked_field_is_not_filled()
    {
        TestPki pki = await TestPki.SharedAsync();
        SigningPlan plan = Plan();
        byte[] document = await SignAsync(pki.Enterprise, await PlannedAsync(plan), plan.OptionsFor("甲方") with { Lock = FieldLock.Include("乙方") });
        SigningRefusedException refused = await Assert.ThrowsAsync<SigningRefusedException>(() => SignAsync(pki.Enterprise, document, plan.OptionsFor("乙方")));
        Assert.Equal(SigningRefusal.FieldLocked, refused.Code);
    }

    internal static async Task<byte[]> SignAsync(SigningCredential credential, byte[] document, SignatureOptions options)
    {
        var output = new MemoryStream();
        await new PdfSigner(credential).SignAsync(new MemoryStream(document), output, options);
        return output.ToArray();
    }

    private static SigningPlan Plan() => new()
    {
        Parties =
        [
            new SigningParty { Name = "甲方", Seal = SealA.Place(SealPlacement.At(3, 80, 500)), Stamps = [SealA.Place(SealPlacement.AcrossPages(PageEdge.Right, position: 100))] },
            new SigningParty { Name = "乙方", Seal = SealB.Place(SealPlacement.AtKeyword("Page 3", relative: Relative.Below)), Stamps = [SealB.Place(SealPlacement.AcrossPages(PageEdge.Right, position: 400))] },
            new SigningParty { Name = "丙方", Seal = Name.Place(SealPlacement.At(3, 300, 500)) },
        ],
    };

    private static async Task<byte[]> PlannedAsync(SigningPlan plan)
    {
        var output = new MemoryStream();
        await plan.WriteAsync(new MemoryStream(TestDocuments.Pages(3)), output);
        return output.ToArray();
    }

    private static readonly string[] Order = ["Platform", "甲方", "乙方", "丙方"];
}
