using System.Security.Cryptography;
using ESign.Pdf.Fonts;
using ESign.Pdf.Seals;
using ESign.Pdf.Seals.Drawing;
using ESign.Registration.Protection;
using ESign.Registration.Records;

namespace ESign.Registration.Operators;

/// <summary>Draws a short text as outlines to be read and typed: five characters, five minutes, once.</summary>
/// <remarks>It slows guessing machines down; what stops them is the lock.</remarks>
internal sealed class CaptchaDesk(IRecordStore store, DataKeyRing keys, TimeProvider clock)
{
    /// <summary>Characters that nobody mistakes for each other.</summary>
    private const string Alphabet = "ACDEFHJKLMNPRTUVWXY34679";
    public const string Kind = "captcha";
    private const string Open = "open";
    private const int Length = 5;
    private const int MaximumOpen = 10_000;
    private const int CleanUp = 100;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly RecordSet<Captcha> _captchas = new(store, keys, Kind, OperatorJsonContext.Default.Captcha, static captcha => new RecordFacts(captcha.Id, Open) { DueAt = captcha.ExpiresAt });

    /// <summary>Makes one.</summary>
    /// <returns>Its identifier and its picture (SVG), which says nothing but what it shows.</returns>
    /// <exception cref="RegistrationException">Too many are open (<c>captcha-busy</c>).</exception>
    public async ValueTask<(string Id, string Svg)> CreateAsync(CancellationToken cancellationToken)
    {
        await ForgetOldAsync(cancellationToken).ConfigureAwait(false);
        if (await _captchas.CountAsync(Open, cancellationToken).ConfigureAwait(false) >= MaximumOpen)
        {
            throw new RegistrationException("captcha-busy", "验证码请求过多，请稍后重试 / Too many captchas are open; try again later");
        }

        string text = RandomNumberGenerator.GetString(Alphabet, Length);
        var captcha = new Captcha(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), text, clock.GetUtcNow() + Life);
        await _captchas.AddAsync(captcha, cancellationToken).ConfigureAwait(false);
        SealDesign design = SealDesign.WrittenName(text);
        return (captcha.Id, SvgWriter.Write(design.DrawFinished(BundledFont.Regular) with { AlternateText = "" }));
    }

    /// <summary>Takes an answer; right or wrong, the captcha is gone.</summary>
    public async ValueTask<bool> TryTakeAsync(string? id, string? answer, CancellationToken cancellationToken)
    {
        if (id is null || answer is null || (await _captchas.FindAsync(id, cancellationToken).ConfigureAwait(false))?.Value is not { } captcha || !await _captchas.RemoveAsync(id, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        return clock.GetUtcNow() < captcha.ExpiresAt && string.Equals(captcha.Text, answer.Trim(), StringComparison.OrdinalIgnoreCase);
    }

    private async ValueTask ForgetOldAsync(CancellationToken cancellationToken)
    {
        var old = new List<string>();
        await foreach (Versioned<Captcha> captcha in _captchas.ListAsync(dueBy: clock.GetUtcNow(), limit: CleanUp, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            old.Add(captcha.Value.Id);
        }

        foreach (string id in old)
        {
            await _captchas.RemoveAsync(id, cancellationToken).ConfigureAwait(false);
        }
    }
}
