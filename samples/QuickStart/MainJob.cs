using ESign.Pdf;
using ESign.Pdf.Content;
using ESign.Pdf.Document;
using ESign.Pdf.Reporting;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pdf.Verification;
using ESign.Pdf.Verification.Modifications;
using ESign.Pki.Certificates;
using ESign.Pki.Timestamping;
using ESign.Pki.Validation;

namespace QuickStart;

/// <summary>What an electronic-contract platform does underneath, step by step.</summary>
internal static class MainJob
{
    public static async Task<int> RunAsync(string input)
    {
        DirectoryInfo output = Directory.CreateDirectory("out");
        string PathOf(string name) => Path.Combine(output.FullName, name);
        var steps = new Steps(total: 6);

        steps.Begin("创建根 CA、签发 CA 与时间戳机构 / Creating root CA, issuing CA and timestamp authority");
        Authorities authorities = await Authorities.CreateAsync();
        File.WriteAllText(PathOf("root-ca.pem"), authorities.Root.Certificate.ToPem());

        steps.Begin("核对证件号码并签发证书 / Checking identity numbers and issuing certificates");
        SigningCredential companyA = await authorities.EnterpriseAsync(Parties.CompanyA.Name, Parties.CompanyA.CreditCode);
        SigningCredential companyB = await authorities.EnterpriseAsync(Parties.CompanyB.Name, Parties.CompanyB.CreditCode);
        SigningCredential person = await authorities.PersonAsync(Parties.Person.Name, Parties.Person.ResidentId);
        foreach (SigningCredential credential in new[] { companyA, companyB, person })
        {
            steps.Say($"{credential.Certificate.Subject}   序列号 / serial {credential.Certificate.SerialNumberHex}");
        }

        steps.Begin("读取文件并规划签署位置 / Reading the file and planning who signs where");
        ContractPlan contract;
        using (FileStream file = File.OpenRead(input))
        using (PdfDocument document = PdfDocument.Open(file))
        {
            bool hasKeywords = new TextLocator(document).Find("乙方（盖章）").Any();
            contract = ContractPlan.For(document, hasKeywords, DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime));
            steps.Say($"{document.PageCount} 页 / pages, PDF {document.Version}");
        }

        await contract.Plan.WriteAsync(input, PathOf("planned.pdf"));
        foreach ((string name, Seal seal) in contract.Seals)
        {
            File.WriteAllText(PathOf(name + ".svg"), seal.ToSvg());
        }

        steps.Begin("三方依次签署（PAdES B-T） / Three parties sign, each in a revision of its own (PAdES B-T)");
        (string, SigningCredential)[] signers = [(ContractPlan.PartyA, companyA), (ContractPlan.PartyB, companyB), (ContractPlan.PartyC, person)];
        await SignInTurnAsync(PathOf("planned.pdf"), PathOf("signed.pdf"), contract.Plan, signers, authorities.Timestamps, steps);

        steps.Begin("验证签名与签后修改 / Verifying the signatures and what changed after each");
        VerificationResult result = await VerifyAsync(PathOf("signed.pdf"), PathOf("root-ca.pem"), steps);
        File.WriteAllText(PathOf("verdict.json"), ValidationReport.Create(result, "signed.pdf").ToJson());

        steps.Begin("完成 / Done");
        foreach (FileInfo file in output.GetFiles().OrderBy(file => file.Name))
        {
            steps.Say($"{file.FullName}  ({file.Length:N0} bytes)");
        }

        return result.Verdict == DocumentVerdict.Valid ? 0 : 1;
    }

    private static async Task SignInTurnAsync(
        string planned, string signed, SigningPlan plan, IEnumerable<(string Party, SigningCredential Credential)> signers, ITimestampSource timestamps, Steps steps)
    {
        string current = planned;
        foreach ((string party, SigningCredential credential) in signers)
        {
            SignatureOptions options = plan.OptionsFor(party) with { Level = PadesLevel.T(timestamps), Reason = "合同签署" };
            SignatureReceipt receipt = await new PdfSigner(credential).SignAsync(current, signed, options);
            steps.Say($"{party}：{receipt.Level}，{receipt.Places.Count} 处 / places，时间戳 / timestamp {receipt.TimestampTime:u}");
            current = signed;
        }
    }

    private static async Task<VerificationResult> VerifyAsync(string signed, string root, Steps steps)
    {
        var verifier = new PdfVerifier(new VerificationPolicy { TrustAnchors = TrustAnchors.FromPemFile(root), UnknownRevocation = UnknownRevocation.Accept });
        VerificationResult result = await verifier.VerifyAsync(signed);
        foreach (SignatureVerdict verdict in result.Signatures)
        {
            steps.Say($"{verdict.FieldName}：{verdict.Indication}，{verdict.Level}，{verdict.Certificate?.Subject.CommonName}，签后修改 / later changes: {verdict.LaterChanges.Count}");
            foreach (ModificationFinding finding in verdict.LaterChanges)
            {
                steps.Say($"    {(finding.Permitted ? "允许 / permitted" : "不允许 / forbidden")}: {finding.Message}");
            }
        }

        return result;
    }
}
