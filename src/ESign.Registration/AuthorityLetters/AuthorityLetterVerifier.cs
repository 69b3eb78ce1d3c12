using System.Security.Cryptography;
using ESign.Pdf;
using ESign.Pdf.Document;
using ESign.Pdf.Verification;
using ESign.Pdf.Verification.Modifications;
using ESign.Pki.Certificates;
using ESign.Pki.Names;
using ESign.Pki.Validation;

namespace ESign.Registration.AuthorityLetters;

/// <summary>Checks an authority letter that came back signed: ours, unaltered but for signatures, signed by the organisation, and not old.</summary>
/// <remarks>
/// The letter made anew must be the first revision of the upload, byte for byte; everything after it must be what signing does
/// (ISO 32000-2 §12.8.2). Thread-safe. A bad letter is a verdict, never an exception.
/// </remarks>
public sealed class AuthorityLetterVerifier
{
    /// <summary>A letter of one page with a seal has some hundred kilobytes.</summary>
    public const int MaximumSize = 20 * 1024 * 1024;


    private readonly VerificationPolicy _policy;

    /// <summary>Makes a verifier.</summary>
    /// <param name="policy">Whose certificates organisations may sign with, and what the time is.</param>
    public AuthorityLetterVerifier(VerificationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        _policy = policy;
    }

    /// <summary>Checks an upload.</summary>
    /// <param name="letter">The letter that was given out.</param>
    /// <param name="upload">The uploaded file, at most 20 MiB; read to its end, not closed.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The verdict, with every reason.</returns>
    public async Task<AuthorityLetterVerdict> VerifyAsync(AuthorityLetter letter, Stream upload, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(upload);
        byte[] file = await ReadAsync(upload, cancellationToken).ConfigureAwait(false);
        var verdict = new AuthorityLetterVerdict(letter.Application.Id, Convert.ToHexStringLower(SHA256.HashData(file)), _policy.Clock.GetUtcNow());
        if (file.Length > MaximumSize)
        {
            return verdict with { Findings = [new AuthorityLetterFinding("letter-unreadable", "授权书文件超过20MB / The letter is larger than 20 MiB")] };
        }

        try
        {
            return await JudgeAsync(letter, file, verdict, cancellationToken).ConfigureAwait(false);
        }
        catch (PdfFormatException exception)
        {
            return verdict with { Findings = [new AuthorityLetterFinding("letter-unreadable", $"授权书不是可读的PDF / The letter is not a PDF that can be read: {exception.Message}")] };
        }
    }

    private async Task<AuthorityLetterVerdict> JudgeAsync(AuthorityLetter letter, byte[] file, AuthorityLetterVerdict verdict, CancellationToken cancellationToken)
    {
        VerificationResult result = await new PdfVerifier(_policy).VerifyAsync(new MemoryStream(file, writable: false), cancellationToken).ConfigureAwait(false);
        SignatureVerdict? own = result.Signatures.FirstOrDefault(signature => !signature.IsDocumentTimestamp && IsOf(letter.Application, signature.Certificate));
        DateOnly? signedOn = (own?.BestSignatureTime ?? own?.SigningTime) is { } time ? ChinaTime.DayOf(time) : null;
        AuthorityLetterFinding?[] findings =
        [
            FindAlteration(letter.ToPdf(), file),
            FindBadSignature(result),
            own is null && result.Signatures.Count > 0
                ? new AuthorityLetterFinding("letter-signer", $"签名证书不属于“{letter.Application.Name}”（{letter.Application.Code.Value}） / No signature is by a certificate of {letter.Application.Name} ({letter.Application.Code.Value})")
                : null,
            own is null ? null : FindBadDate(signedOn),
        ];
        return verdict with
        {
            Findings = [.. findings.OfType<AuthorityLetterFinding>()],
            Signature = own,
            SignedOn = signedOn,
            Verification = result,
        };
    }

    private static AuthorityLetterFinding? FindAlteration(byte[] letter, byte[] file)
    {
        using PdfDocument document = PdfDocument.Open(new MemoryStream(file, writable: false));
        bool isOurs = file.AsSpan().StartsWith(letter) && document.Revisions[0].EndOffset == letter.Length;
        if (!isOurs)
        {
            return new AuthorityLetterFinding("letter-altered", "不是系统生成的授权书原文件，请下载模板、直接签署并原样上传 / This is not the letter that was given out: sign that file itself, without saving it anew");
        }

        ModificationVerdict changes = ModificationAnalyzer.Since(document, revision: 0);
        return changes is { Permitted: true, Level: <= ModificationLevel.FormFilling }
            ? null
            : new AuthorityLetterFinding("letter-altered", $"授权书除签名外另有改动 / The letter was changed apart from being signed: {string.Join("; ", changes.Findings.Where(static finding => !finding.Permitted).Select(static finding => finding.Message).DefaultIfEmpty(changes.Level.ToString()))}");
    }

    private static AuthorityLetterFinding? FindBadSignature(VerificationResult result)
    {
        if (result.Signatures.All(static signature => signature.IsDocumentTimestamp))
        {
            return new AuthorityLetterFinding("letter-unsigned", "授权书未签名 / The letter is not signed");
        }

        SignatureVerdict? bad = result.Signatures.FirstOrDefault(static signature => signature.Indication != Indication.Passed);
        CheckResult? reason = bad?.Checks.FirstOrDefault(static check => check.Outcome is CheckOutcome.Failed or CheckOutcome.Indeterminate);
        return bad is null
            ? null
            : new AuthorityLetterFinding("letter-signature", $"签名“{bad.FieldName}”未通过验证 / The signature \"{bad.FieldName}\" does not pass: {reason?.Message ?? bad.SubIndication.ToString()}");
    }

    private AuthorityLetterFinding? FindBadDate(DateOnly? signedOn)
    {
        if (signedOn is not { } signed)
        {
            return new AuthorityLetterFinding("letter-date", "签名没有时间 / The signature states no time");
        }

        try
        {
            AuthorityLetterDate.Check(signed, ChinaTime.DayOf(_policy.Clock.GetUtcNow()));
            return null;
        }
        catch (RegistrationException exception)
        {
            return new AuthorityLetterFinding(exception.Code, exception.Message);
        }
    }

    /// <summary>A credit code decides where the certificate has one; authorities that have none write the name into O or CN, some with separators.</summary>
    private static bool IsOf(EnterpriseApplication application, Certificate? certificate)
    {
        if (certificate is null)
        {
            return false;
        }

        if (certificate.Subject.GetValue(AttributeType.OrganizationIdentifier) is { } identifier)
        {
            return string.Equals(identifier, "NTRCN-" + application.Code.Value, StringComparison.Ordinal);
        }

        IEnumerable<string> names = [certificate.Subject.Organization ?? "", .. (certificate.Subject.CommonName ?? "").Split('@')];
        return names.Any(name => string.Equals(RegisteredName.Of(name), application.Name, StringComparison.Ordinal));
    }

    private static async Task<byte[]> ReadAsync(Stream upload, CancellationToken cancellationToken)
    {
        using var file = new MemoryStream();
        byte[] buffer = new byte[81920];
        int read;
        while (file.Length <= MaximumSize && (read = await upload.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            file.Write(buffer, 0, read);
        }

        return file.ToArray();
    }
}
