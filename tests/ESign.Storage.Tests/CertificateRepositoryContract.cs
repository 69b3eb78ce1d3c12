using ESign.Pki.Issuance;
using ESign.Pki.Revocation;

namespace ESign.Storage.Tests;

/// <summary>What every certificate repository promises; run against memory, SQLite and PostgreSQL alike.</summary>
public abstract class CertificateRepositoryContract
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 8, 30, 15, 123, TimeSpan.Zero);

    private readonly string _issuer = Guid.NewGuid().ToString("N");

    protected abstract ValueTask<ICertificateRepository> OpenAsync();

    [Fact]
    public async Task An_intent_becomes_a_certificate_and_is_read_back_whole()
    {
        ICertificateRepository repository = await OpenAsync();
        IssuanceIntent intent = Intent("01aa") with { CreditCode = "91350100M000100Y43", Pseudonym = "ABC", EvidenceReference = "档案 7", Partition = 3 };
        Assert.True(await repository.TryRecordIntentAsync(intent));
        Assert.Equal(CertificateState.Intended, (await repository.FindAsync(_issuer, "01aa"))!.Status);
        await repository.RecordCertificateAsync(_issuer, "01aa", new byte[] { 1, 2, 3 }, Start.AddSeconds(1));

        CertificateRecord record = (await repository.FindAsync(_issuer, "01aa"))!;
        Assert.Equal(CertificateState.Issued, record.Status);
        Assert.Equal(new byte[] { 1, 2, 3 }, record.Certificate.ToArray());
        Assert.Equal(Start.AddSeconds(1), record.IssuedAt);
        Assert.Equal(intent.TbsCertificate.ToArray(), record.Intent.TbsCertificate.ToArray());
        Assert.Equal(intent with { TbsCertificate = default }, record.Intent with { TbsCertificate = default });
        Assert.Null(await repository.FindAsync(_issuer, "01ab"));
        Assert.Null(await repository.FindAsync("another", "01aa"));
    }

    [Fact]
    public async Task A_serial_number_is_taken_once_even_by_many_at_once()
    {
        ICertificateRepository repository = await OpenAsync();
        bool[] answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () => await repository.TryRecordIntentAsync(Intent("02bb") with { ProfileName = $"p{i}" }))));
        Assert.Single(answers, taken => taken);
        Assert.True(await repository.TryRecordIntentAsync(Intent("02bb") with { IssuerId = _issuer + "x" }));
    }

    [Fact]
    public async Task Only_an_open_intent_can_be_settled()
    {
        ICertificateRepository repository = await OpenAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await repository.RecordCertificateAsync(_issuer, "03", new byte[] { 1 }, Start));
        await repository.TryRecordIntentAsync(Intent("03"));
        await repository.RecordRefusalAsync(_issuer, "03", "lint");
        Assert.Equal("lint", (await repository.FindAsync(_issuer, "03"))!.RefusalReason);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await repository.RecordCertificateAsync(_issuer, "03", new byte[] { 1 }, Start));
    }

    [Fact]
    public async Task A_status_changes_only_from_what_the_caller_saw()
    {
        ICertificateRepository repository = await OpenAsync();
        await IssueAsync(repository, "04", 0);
        var hold = new CertificateRevocation(Start.AddHours(1), RevocationReason.CertificateHold);
        Assert.False(await repository.TryChangeStatusAsync(_issuer, "04", CertificateState.OnHold, CertificateState.Issued, null, Start));
        Assert.True(await repository.TryChangeStatusAsync(_issuer, "04", CertificateState.Issued, CertificateState.OnHold, hold, Start.AddHours(1)));
        Assert.Equal(hold, (await repository.FindAsync(_issuer, "04"))!.Revocation);
        Assert.True(await repository.TryChangeStatusAsync(_issuer, "04", CertificateState.OnHold, CertificateState.Issued, null, Start.AddHours(2)));
        CertificateRecord released = (await repository.FindAsync(_issuer, "04"))!;
        Assert.Null(released.Revocation);
        Assert.Equal(Start.AddHours(2), released.StatusChangedAt);
        Assert.False(await repository.TryChangeStatusAsync(_issuer, "05", CertificateState.Issued, CertificateState.Revoked, hold, Start));
    }

    [Fact]
    public async Task Revocations_are_listed_by_partition_and_by_change()
    {
        ICertificateRepository repository = await OpenAsync();
        await IssueAsync(repository, "0601", 0);
        await IssueAsync(repository, "0602", 1);
        await IssueAsync(repository, "0603", 1);
        await IssueAsync(repository, "0604", 0);
        await RevokeAsync(repository, "0601", RevocationReason.Superseded, Start.AddHours(1));
        await RevokeAsync(repository, "0602", RevocationReason.KeyCompromise, Start.AddHours(2), invalidity: Start.AddDays(-1));
        await RevokeAsync(repository, "0603", RevocationReason.CertificateHold, Start.AddHours(1));
        await repository.TryChangeStatusAsync(_issuer, "0603", CertificateState.OnHold, CertificateState.Issued, null, Start.AddHours(3));

        Assert.Equal(["0601", "0602"], await SerialsAsync(repository, new RevocationQuery { IssuerId = _issuer }));
        Assert.Equal(["0602"], await SerialsAsync(repository, new RevocationQuery { IssuerId = _issuer, Partition = 1 }));
        Assert.Equal(["0602", "0603"], await SerialsAsync(repository, new RevocationQuery { IssuerId = _issuer, ChangedSince = Start.AddHours(2) }));
        RevokedCertificate released = await EntryAsync(repository, "0603", new RevocationQuery { IssuerId = _issuer, ChangedSince = Start.AddHours(2) });
        Assert.Equal(RevocationReason.RemoveFromCrl, released.Reason);
        RevokedCertificate revoked = await EntryAsync(repository, "0602", new RevocationQuery { IssuerId = _issuer });
        Assert.Equal((RevocationReason.KeyCompromise, Start.AddHours(2), Start.AddDays(-1)), (revoked.Reason, revoked.RevokedAt, revoked.InvalidityDate!.Value));
    }

    [Fact]
    public async Task A_compromised_key_is_remembered()
    {
        ICertificateRepository repository = await OpenAsync();
        await IssueAsync(repository, "0701", 0);
        await IssueAsync(repository, "0702", 0);
        await RevokeAsync(repository, "0701", RevocationReason.KeyCompromise, Start);
        await RevokeAsync(repository, "0702", RevocationReason.Superseded, Start);
        Assert.True(await repository.IsKeyCompromisedAsync(_issuer + "0701"));
        Assert.False(await repository.IsKeyCompromisedAsync(_issuer + "0702"));
    }

    [Fact]
    public async Task Queries_combine_their_conditions()
    {
        ICertificateRepository repository = await OpenAsync();
        for (int i = 0; i < 4; i++)
        {
            await repository.TryRecordIntentAsync(Intent($"080{i}") with
            {
                CreditCode = i < 2 ? "A" + _issuer : null,
                Pseudonym = i % 2 == 0 ? "P" + _issuer : null,
                NotAfter = Start.AddDays(i),
                IntendedAt = Start.AddMinutes(-i),
            });
        }

        Assert.Equal(["0801", "0800"], await ListAsync(new CertificateQuery { CreditCode = "A" + _issuer }));
        Assert.Equal(["0800"], await ListAsync(new CertificateQuery { CreditCode = "A" + _issuer, Pseudonym = "P" + _issuer }));
        Assert.Equal(["0802", "0801"], await ListAsync(new CertificateQuery { IssuerId = _issuer, NotAfterFrom = Start.AddDays(1), NotAfterBefore = Start.AddDays(3) }));
        Assert.Equal(["0803", "0802"], await ListAsync(new CertificateQuery { IssuerId = _issuer, Limit = 2 }));
        Assert.Empty(await ListAsync(new CertificateQuery { IssuerId = _issuer, Status = CertificateState.Issued }));

        async Task<List<string>> ListAsync(CertificateQuery query)
        {
            var serials = new List<string>();
            await foreach (CertificateRecord record in repository.ListAsync(query))
            {
                serials.Add(record.SerialNumber);
            }

            return serials;
        }
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition()
    {
        ICertificateRepository repository = await OpenAsync();
        foreach ((string serial, int minute) in ((string, int)[])[("0ac1", 0), ("0a9f", 1), ("0ab0", 1), ("0af0", 1), ("0a01", 2)])
        {
            await repository.TryRecordIntentAsync(Intent(serial) with { IntendedAt = Start.AddMinutes(minute) });
            await repository.TryRecordIntentAsync(Intent(serial) with { IssuerId = _issuer + "x", IntendedAt = Start.AddMinutes(minute) });
        }

        var pages = new List<string>();
        CertificateCursor? after = null;
        do
        {
            List<CertificateRecord> page = await repository.ListAsync(new CertificateQuery { IssuerId = _issuer, After = after, Limit = 2 }).ToListAsync();
            pages.Add(string.Join(' ', page.Select(record => record.SerialNumber)));
            after = page.Count == 0 ? null : CertificateCursor.Of(page[^1]);
        }
        while (after is not null);
        Assert.Equal(["0ac1 0a9f", "0ab0 0af0", "0a01", ""], pages);

        // A record that never was is a place in the order; other conditions hold on every page.
        Assert.Equal(["0ab0", "0af0", "0a01"], await ListAsync(new CertificateCursor(Start.AddMinutes(1), "0aa0"), null));
        Assert.Empty(await ListAsync(new CertificateCursor(Start, ""), CertificateState.Issued));

        ValueTask<List<string>> ListAsync(CertificateCursor place, CertificateState? status) =>
            repository.ListAsync(new CertificateQuery { IssuerId = _issuer, Status = status, After = place }).Select(record => record.SerialNumber).ToListAsync();
    }

    [Fact]
    public async Task Crl_numbers_never_repeat()
    {
        ICertificateRepository repository = await OpenAsync();
        long[] numbers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () => await repository.TakeCrlNumberAsync(_issuer))));
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), numbers.Order());
    }

    [Fact]
    public async Task Concurrent_writers_lose_nothing()
    {
        ICertificateRepository repository = await OpenAsync();
        await Parallel.ForAsync(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (i, _) => await IssueAsync(repository, $"09{i:x2}", 0));
        int issued = 0;
        await foreach (CertificateRecord record in repository.ListAsync(new CertificateQuery { IssuerId = _issuer, Status = CertificateState.Issued }))
        {
            issued++;
        }

        Assert.Equal(60, issued);
    }

    private async Task IssueAsync(ICertificateRepository repository, string serial, int partition)
    {
        Assert.True(await repository.TryRecordIntentAsync(Intent(serial) with { Partition = partition }));
        await repository.RecordCertificateAsync(_issuer, serial, new byte[] { 1 }, Start);
    }

    private async Task RevokeAsync(ICertificateRepository repository, string serial, RevocationReason reason, DateTimeOffset at, DateTimeOffset? invalidity = null)
    {
        CertificateState target = reason == RevocationReason.CertificateHold ? CertificateState.OnHold : CertificateState.Revoked;
        Assert.True(await repository.TryChangeStatusAsync(_issuer, serial, CertificateState.Issued, target, new CertificateRevocation(at, reason, invalidity), at));
    }

    private static async Task<List<string>> SerialsAsync(ICertificateRepository repository, RevocationQuery query)
    {
        var serials = new List<string>();
        await foreach (RevokedCertificate entry in repository.ListRevokedAsync(query))
        {
            serials.Add(Convert.ToHexStringLower(entry.SerialNumber.Span));
        }

        serials.Sort(StringComparer.Ordinal);
        return serials;
    }

    private static async Task<RevokedCertificate> EntryAsync(ICertificateRepository repository, string serial, RevocationQuery query)
    {
        await foreach (RevokedCertificate entry in repository.ListRevokedAsync(query))
        {
            if (Convert.ToHexStringLower(entry.SerialNumber.Span) == serial)
            {
                return entry;
            }
        }

        throw new InvalidOperationException(serial);
    }

    private IssuanceIntent Intent(string serial) => new()
    {
        IssuerId = _issuer,
        SerialNumber = serial,
        ProfileName = "person",
        SubjectName = "张*",
        KeyHash = _issuer + serial,
        NotBefore = Start,
        NotAfter = Start.AddYears(1),
        TbsCertificate = new byte[] { 0x30, 0x00 },
        IntendedAt = Start,
    };
}
