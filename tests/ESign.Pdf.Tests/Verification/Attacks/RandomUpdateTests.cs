using ESign.Fuzz;
using ESign.Pdf.Objects;
using ESign.Pdf.Verification;

namespace ESign.Pdf.Tests.Verification.Attacks;

/// <summary>The property behind the whitelist: whatever is put anywhere outside of it, the update is not permitted.</summary>
public class RandomUpdateTests
{
    /// <summary>What no rule lets anybody change. Left out: the fields that are filled in, the comment (38), and the entries below.</summary>
    private static readonly int[] s_guarded = [1, 2, 4, 7, 10, 11, 12, 13, 17, 20, 39, 45, 46, 47, 48, 49];

    /// <summary>Entries that show nowhere, or that every form filler writes anew.</summary>
    private static readonly HashSet<(int Object, string Key)> s_free =
    [
        (1, "Metadata"), (1, "Version"), (1, "MarkInfo"), (1, "Extensions"), (1, "DSS"),
        (4, "DA"), (4, "Q"), (4, "Type"), (4, "NeedAppearances"), (4, "DR"), (4, "SigFlags"),
        (10, "Tabs"), (11, "Tabs"), (10, "StructParents"), (11, "StructParents"), (12, "Length"), (17, "Length"), (47, "Length"),
    ];

    private static readonly string[] s_keys =
        ["Type", "AA", "A", "OC", "AP", "AS", "F", "Rect", "MK", "Contents", "Resources", "MediaBox", "CropBox", "Rotate", "UserUnit", "Annots", "Kids", "Count", "Parent", "Group", "OpenAction", "Names", "Dests", "Perms", "Private", "Filter", "Encoding", "Widths", "Subtype", "SMask", "V", "T", "FT", "Lock", "Lang", "Outlines", "PageLabels"];

    private static readonly string[] s_values =
        ["null", "0", "90", "-1", "3.5", "true", "/Name", "(text)", "<00>", "[]", "[0 0 10 10]", "<<>>", "<</S/JavaScript/JS(x)>>", "10 0 R", "14 0 R", "15 0 R", "16 0 R", "1 0 R", "99 0 R", "[12 0 R 15 0 R]", "[20 0 R]"];

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public async Task No_update_outside_the_whitelist_is_permitted(int? certification)
    {
        Victim victim = await Victim.CreateAsync(certification);
        var slipped = new List<string>();
        int tried = 0;
        for (ulong seed = 1; seed <= 600; seed++)
        {
            var random = new FuzzRandom(seed);
            var forgery = new Forgery(victim.Signed);
            int number = s_guarded[random.Next(s_guarded.Length)];
            PdfDictionary before = forgery.Dictionary(number);
            string[] own = [.. before.Keys];
            string key = random.Next(2) == 0 ? own[random.Next(own.Length)] : s_keys[random.Next(s_keys.Length)];
            string value = s_values[random.Next(s_values.Length)];
            bool isSame = before[key] is { } old ? Forgery.Text(old) == value : value is "null" or "99 0 R";
            if (isSame || IsFree(number, key, value))
            {
                continue;
            }

            tried++;
            byte[] changed = IsStream(number) ? Rewrite(forgery, number, before, key, value) : forgery.Edit(number, (key, value)).End();
            VerificationResult? result = await victim.VerifyAsync(changed);
            if (result is { Verdict: DocumentVerdict.Valid } || result?.Signatures.Any(signature => signature is { FieldName: "A", Modifications.Permitted: true, Indication: Pki.Validation.Indication.Passed }) == true)
            {
                slipped.Add($"seed {seed}: {number} /{key} {value}: {string.Join(' ', result.Signatures[0].Modifications!.Findings.Select(finding => finding.Rule))}");
            }
        }

        Assert.True(tried > 300, $"only {tried} were tried");
        Assert.True(slipped.Count == 0, string.Join('\n', slipped));
    }

    /// <summary>A node of the page tree has eight entries and no reader looks at more; page 1 inherits the box that it states.</summary>
    private static bool IsFree(int number, string key, string value) => s_free.Contains((number, key))
        || (number == 2 && key is not ("Type" or "Kids" or "Count" or "Parent" or "Resources" or "MediaBox" or "CropBox" or "Rotate"))
        || (number == 10 && key == "MediaBox" && value is "null" or "99 0 R");

    private static bool IsStream(int number) => number is 12 or 17 or 47;

    private static byte[] Rewrite(Forgery forgery, int number, PdfDictionary before, string key, string value)
    {
        string entries = string.Concat(before.Where(entry => entry.Key is not "Length" && entry.Key != key).Select(entry => $"/{entry.Key} {Forgery.Text(entry.Value)} "));
        // Another content as well: an entry alone that no reader knows leaves a stream what it was.
        return forgery.Stream(number, $"{entries}/{key} {value}", "0 0 m").End();
    }
}
