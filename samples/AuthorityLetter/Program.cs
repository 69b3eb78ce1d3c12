// An organisation names its super administrator: the letter is made, signed by the organisation, and checked on its return.
//   dotnet run --project samples/AuthorityLetter
using ESign.Pdf;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pdf.Verification;
using ESign.Pki.Certificates;
using ESign.Pki.Names;
using ESign.Pki.Validation;
using ESign.Registration;
using ESign.Registration.AuthorityLetters;
using Samples;

DemoAuthority authority = await DemoAuthority.CreateAsync();
using SigningCredential credential = await authority.EnterpriseAsync();
TimeProvider clock = TimeProvider.System;
var offline = new OfflineVerifier(clock); // says in every record that nobody was asked
DateOnly today = DateOnly.FromDateTime(clock.GetLocalNow().DateTime);

ResidentIdNumber document = ResidentIdNumber.Parse("11010519491231002X");
MobileNumber mobile = MobileNumber.Parse("13800138000");
PersonApplication person = PersonApplication.Submit("P-1", "张三", document, mobile, [new Consent("数字证书申请及使用协议", "1", clock.GetUtcNow())], today)
    .Record(await offline.VerifyAsync("张三", document, mobile));

UnifiedSocialCreditCode code = UnifiedSocialCreditCode.Parse("91350100M000100Y43");
EnterpriseApplication application = EnterpriseApplication.Submit("E-1", "深圳示例科技有限公司", code, "王五", person)
    .Record(await offline.VerifyAsync("深圳示例科技有限公司", code, "王五"));

// Given out: filled in, and the same bytes every time it is asked for.
var letter = new AuthorityLetter(application, "示例电子签平台");
await File.WriteAllBytesAsync("letter.pdf", letter.ToPdf());

// Signed by the organisation, with its seal in the marked area.
await new PdfSigner(credential).SignAsync("letter.pdf", "letter-signed.pdf", new SignatureOptions
{
    Seal = Seal.Draw(SealDesign.Official("深圳示例科技有限公司", "4403000000001")).Place(SealPlacement.AtKeyword(AuthorityLetter.SealKeyword)),
    Level = PadesLevel.T(authority.Timestamps),
});

// Taken back: ours, unaltered but for the signature, the organisation's, not older than a month.
var verifier = new AuthorityLetterVerifier(new VerificationPolicy
{
    TrustAnchors = new TrustAnchors([authority.Root.Certificate]),
    UnknownRevocation = UnknownRevocation.Accept,
});
await using FileStream upload = File.OpenRead("letter-signed.pdf");
AuthorityLetterVerdict verdict = await verifier.VerifyAsync(letter, upload);
foreach (AuthorityLetterFinding finding in verdict.Findings)
{
    Console.WriteLine($"{finding.Code}: {finding.Message}");
}

application = application.UploadLetter(verdict);
Console.WriteLine($"{application.State}: {application.Evidence[^1].Detail}");
application = application.Decide(approved: true, "审核员A", "公章清晰");
Console.WriteLine($"{application.State}: {application.Authorization}, letter of {application.LetterDate:yyyy-MM-dd}");
