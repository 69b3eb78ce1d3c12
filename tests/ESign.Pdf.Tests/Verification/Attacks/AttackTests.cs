using System.Text;
using ESign.Pdf.Verification;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Verification.Attacks;

/// <summary>Every attack, on every kind of signature: none is called valid.</summary>
public class AttackTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_victim_itself_is_valid(int? certification)
    {
        foreach (XrefStyle style in Enum.GetValues<XrefStyle>())
        {
            Victim victim = await Victim.CreateAsync(certification, style);
            VerificationResult? result = await victim.VerifyAsync(victim.Signed);
            Assert.True(result is { Verdict: DocumentVerdict.Valid }, LevelTests.Explain(result!));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_update_deceives(int? certification) => await AssertNoneAsync(UpdateAttacks.All, await Victim.CreateAsync(certification));

    [Theory]
    [InlineData(XrefStyle.Stream)]
    [InlineData(XrefStyle.Hybrid)]
    public async Task No_update_deceives_however_the_file_is_written(XrefStyle style) => await AssertNoneAsync(UpdateAttacks.All, await Victim.CreateAsync(certification: 3, style));

    /// <summary>The store and its timestamp stand between the signature and the attack; they vouch for what was, not for what comes.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task No_update_deceives_after_an_archive_timestamp(int certification)
    {
        Victim victim = await Victim.CreateArchivedAsync(certification);
        VerificationResult? result = await victim.VerifyAsync(victim.Signed);
        Assert.True(result is { Verdict: DocumentVerdict.Valid }, LevelTests.Explain(result!));
        await AssertNoneAsync(UpdateAttacks.All, victim);
        await AssertNoneAsync(FileAttacks.All, victim);
    }

    /// <summary>Whoever changed the document has a trusted authority timestamp it, or a trusted party sign it: that makes nothing undone.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_attack_becomes_honest_by_what_follows(bool isTimestamped)
    {
        Victim victim = await Victim.CreateAsync(certification: 3);
        var followed = new Dictionary<string, Func<Victim, byte[]>>(StringComparer.Ordinal);
        foreach ((string name, Func<Victim, byte[]> attack) in UpdateAttacks.All)
        {
            try
            {
                byte[] attacked = attack(victim);
                byte[] followedBy = isTimestamped
                    ? await SignedFixture.ExtendAsync(attacked, victim.Fixture.LTA)
                    : await victim.Fixture.SignAsync(attacked, options: new Pdf.Signing.SignatureOptions { FieldName = "B" });
                followed[name] = _ => followedBy;
            }
            catch (Exception exception) when (exception is PdfFormatException or Pdf.Signing.SigningRefusedException or Pki.Revocation.RevocationUnavailableException or InvalidOperationException)
            {
                // The signer refuses such files, which is better still.
            }
        }

        Assert.True(followed.Count > 60, $"only {followed.Count} could be followed up");
        await AssertNoneAsync(followed, victim);
    }

    [Theory]
    [InlineData(null, XrefStyle.Table)]
    [InlineData(3, XrefStyle.Table)]
    [InlineData(3, XrefStyle.Stream)]
    [InlineData(3, XrefStyle.Hybrid)]
    public async Task No_way_to_write_a_file_deceives(int? certification, XrefStyle style) => await AssertNoneAsync(FileAttacks.All, await Victim.CreateAsync(certification, style));

    [Fact]
    public async Task No_missing_or_garbled_entry_makes_a_signature_pass_or_vanish()
    {
        Victim victim = await Victim.CreateAsync(certification: 2);
        var attacks = new Dictionary<string, Func<Victim, byte[]>>(StringComparer.Ordinal);
        foreach (string range in ForgeryAttacks.ByteRanges)
        {
            attacks["/ByteRange" + range] = v => ForgeryAttacks.WithByteRange(v, range);
            attacks["update: /ByteRange" + range] = v => ForgeryAttacks.WithEntry(v, "ByteRange", range.Length == 0 ? null : string.Format(System.Globalization.CultureInfo.InvariantCulture, range.Replace("<<>>", "<< >>", StringComparison.Ordinal), 1, 2, 3));
        }

        foreach (string value in ForgeryAttacks.Values)
        {
            attacks["/Contents" + value] = v => ForgeryAttacks.WithValue(v, value);
            attacks["update: /Contents" + value] = v => ForgeryAttacks.WithEntry(v, "Contents", value.Length == 0 ? null : value);
        }

        foreach (string value in (string[])["null", "/Unknown", "(ETSI.CAdES.detached)", "/adbe.x509.rsa_sha1", "/ETSI.RFC3161", "/adbe.pkcs7.sha1", "[/ETSI.CAdES.detached]"])
        {
            attacks["update: /SubFilter" + value] = v => ForgeryAttacks.WithEntry(v, "SubFilter", value);
        }

        foreach (string key in (string[])["Filter", "SubFilter", "Type", "M", "Reason", "Reference"])
        {
            attacks["update: no /" + key] = v => ForgeryAttacks.WithEntry(v, key, null);
        }

        await AssertNoneAsync(attacks, victim);
        foreach ((string name, Func<Victim, byte[]> attack) in attacks)
        {
            VerificationResult? result = await victim.VerifyAsync(attack(victim));
            Assert.True(result is not { Verdict: DocumentVerdict.Unsigned }, name + " makes the file unsigned");
        }
    }

    /// <summary>What a private entry of the trailer leads to may be part of the document all the same: overwritten, it is shared content overwritten.</summary>
    [Theory]
    [InlineData("/FooBar 34 0 R", DocumentVerdict.Invalid)]
    [InlineData("/FooBar 99 0 R", DocumentVerdict.Valid)]
    public async Task A_private_trailer_entry_clears_nothing_of_the_document(string entry, DocumentVerdict expected)
    {
        byte[] prepared = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(Victim.Unsigned()).Replace("/Info 6 0 R", "/Info 6 0 R" + entry, StringComparison.Ordinal));
        Victim victim = await Victim.CreateAsync(prepared, certification: 2);
        byte[] filled = UpdateAttacks.F(victim).Edit(30, ("V", "(2000)")).Stream(34, Victim.FormEntries, "BT /F1 10 Tf 2 2 Td (2000) Tj ET").End(Victim.Trailer + entry);

        VerificationResult? result = await victim.VerifyAsync(filled);
        Assert.True(result?.Verdict == expected, LevelTests.Explain(result!));
    }

    /// <summary>The shadow attack "replace" by one entry: the signed field hides its value, and readers are told to draw all fields anew.</summary>
    [Fact]
    public async Task Fields_that_hide_their_values_are_not_drawn_anew()
    {
        byte[] prepared = Victim.Unsigned(more: pdf => pdf.Stream(34, Victim.FormEntries, "BT /F1 10 Tf 2 2 Td (9000) Tj ET"));
        Victim victim = await Victim.CreateAsync(prepared);
        await AssertNoneAsync(new Dictionary<string, Func<Victim, byte[]>>(StringComparer.Ordinal)
        {
            ["drawn anew"] = v => new Forgery(v.Signed).Edit(4, ("NeedAppearances", "true")).End(),
            ["shown"] = v => new Forgery(v.Signed).Stream(34, Victim.FormEntries, "BT /F1 10 Tf 2 2 Td (1000) Tj ET").End(),
        }, victim);
        Victim honest = await Victim.CreateAsync();
        Assert.True(await honest.VerifyAsync(new Forgery(honest.Signed).Edit(4, ("NeedAppearances", "true")).End()) is { Verdict: DocumentVerdict.Valid });
    }

    /// <summary>The same by the two names of an option (table 234): what was signed is the one it is stored under, what is drawn anew is the other.</summary>
    [Fact]
    public async Task An_option_that_was_signed_under_its_stored_name_does_not_change_to_the_other()
    {
        byte[] prepared = Victim.Unsigned(more: pdf => pdf
            .Object(32, "<</Type/Annot/Subtype/Widget/FT/Ch/Ff 131072/T(price)/V(1000)/Opt[[(1000)(9000)]]/DA(/F1 10 Tf)/F 4/Rect[420 600 520 620]/P 10 0 R/AP<</N 42 0 R>>>>")
            .Stream(42, Victim.FormEntries, "BT /F1 10 Tf 2 2 Td (1000) Tj ET"));
        await AssertNoneAsync(new Dictionary<string, Func<Victim, byte[]>>(StringComparer.Ordinal)
        {
            ["drawn anew"] = v => new Forgery(v.Signed).Edit(4, ("NeedAppearances", "true")).End(),
            ["shown"] = v => new Forgery(v.Signed).Stream(42, Victim.FormEntries, "BT /F1 10 Tf 2 2 Td (9000) Tj ET").End(),
        }, await Victim.CreateAsync(prepared));
    }

    [Fact]
    public async Task No_object_with_two_roles_deceives() => await AssertNoneAsync(RoleAttacks.All);

    [Fact]
    public async Task Nothing_that_reads_two_ways_deceives() => await AssertNoneAsync(AmbiguityAttacks.All);

    [Fact]
    public async Task No_field_deceives_about_its_value() => await AssertNoneAsync(FieldAttacks.All);

    [Fact]
    public async Task No_comment_deceives_about_what_was_signed() => await AssertNoneAsync(CommentAttacks.All);

    private async Task AssertNoneAsync(Dictionary<string, PreparedAttack> attacks)
    {
        var deceived = new List<string>();
        foreach ((string name, PreparedAttack attack) in attacks)
        {
            Victim victim = await attack.SignAsync();
            VerificationResult? before = await victim.VerifyAsync(victim.Signed);
            Assert.True(before is { Verdict: DocumentVerdict.Valid }, name + ": " + Summary(before));
            await FindDeceivedAsync(name, attack.Update, victim, deceived);
        }

        Assert.True(deceived.Count == 0, string.Join('\n', deceived));
    }

    private async Task AssertNoneAsync(Dictionary<string, Func<Victim, byte[]>> attacks, Victim victim)
    {
        var deceived = new List<string>();
        foreach ((string name, Func<Victim, byte[]> attack) in attacks)
        {
            await FindDeceivedAsync(name, attack, victim, deceived);
        }

        Assert.True(deceived.Count == 0, string.Join('\n', deceived));
    }

    private async Task FindDeceivedAsync(string name, Func<Victim, byte[]> attack, Victim victim, List<string> deceived)
    {
        VerificationResult? result = await victim.VerifyAsync(attack(victim));
        output.WriteLine($"{name}: {Summary(result)}");
        // The attacked signature itself, too: that another signature is bad does not warn of what this one vouches for.
        if (result is { Verdict: DocumentVerdict.Valid } || result?.Signatures.FirstOrDefault(signature => signature.FieldName == "A") is { Indication: Pki.Validation.Indication.Passed })
        {
            deceived.Add($"{name}: {Summary(result)}");
        }
    }

    private static string Summary(VerificationResult? result)
    {
        if (result is null)
        {
            return "unreadable";
        }

        var text = new StringBuilder(result.Verdict.ToString());
        foreach (SignatureVerdict verdict in result.Signatures)
        {
            text.Append($" · {verdict.FieldName} {verdict.Indication}/{verdict.SubIndication} {verdict.Coverage}");
            text.Append(string.Concat(verdict.Modifications?.Findings.Select(finding => $" {(finding.Permitted ? "+" : "-")}{finding.Rule}") ?? []));
        }

        return text.ToString();
    }
}
