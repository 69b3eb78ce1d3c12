using System.Globalization;
using System.Security.Cryptography;
using ESign.Pki.Names;

namespace ESign.AspNetCore.Tests;

/// <summary>Well-formed numbers that no other test uses: the tests of this assembly share a server.</summary>
internal static class Numbers
{
    public static string ResidentId()
    {
        string head = "110105" + new DateOnly(1950, 1, 1).AddDays(RandomNumberGenerator.GetInt32(18_000)).ToString("yyyyMMdd", CultureInfo.InvariantCulture) + RandomNumberGenerator.GetInt32(100, 1000).ToString(CultureInfo.InvariantCulture);
        return "0123456789X".Select(check => head + check).Single(static text => IdentityDocument.TryParse(IdentityDocumentKind.ResidentIdentityCard, text, out _, out _));
    }

    public static string Mobile() => "13" + RandomNumberGenerator.GetInt32(1_000_000_000).ToString("D9", CultureInfo.InvariantCulture);

    public static string CreditCode()
    {
        const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        string head = "91350100" + RandomNumberGenerator.GetInt32(10_000_000, 100_000_000).ToString(CultureInfo.InvariantCulture);
        return "0123456789X".SelectMany(organization => Alphabet.Select(check => $"{head}{organization}{check}")).First(static text => UnifiedSocialCreditCode.TryParse(text, out _, out _));
    }
}
