using ESign.Pdf.Document;
using ESign.Pdf.LongTerm;
using ESign.Pdf.Syntax;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using ESign.Pki.Revocation;
using ESign.Pki.Timestamping;

namespace ESign.Pdf.Signing;

/// <summary>Signs one document once: resolve, hash, sign, timestamp, embed, extend, write.</summary>
/// <remarks>
/// Everything that can be refused is refused before a byte is written. The original is read once, hashed and copied in the
/// same pass where the output can be truncated again; otherwise it is copied only after everything has succeeded.
/// </remarks>
internal sealed class SigningSession : IDisposable
{
    private readonly SignatureOptions _options;
    private readonly Certificate _certificate;
    private readonly CmsSignatureMaker _maker;
    private readonly SignatureValueMaker _value;
    private readonly SignatureProfile _profile;
    private readonly DraftedInput _input;
    private readonly DateTimeOffset _claimedTime;
    private readonly string _signerName;
    private readonly int _tokenRoom;
    private readonly List<string> _notes = [];

    /// <summary>The revision under way, this session's until the chain has it.</summary>
    private SignatureRevision? _pending;

    private RevisionChain Chain => _input.Chain;

    private SignatureDraft Draft => _input.Draft;

    /// <summary>Starts a session.</summary>
    /// <param name="open">Opens the document, given the digests the signature needs; what it returns is disposed of with the session.</param>
    /// <param name="maker">The signer.</param>
    /// <param name="options">What and where.</param>
    /// <param name="clock">The clock for the claimed time.</param>
    public SigningSession(Func<IEnumerable<DigestAlgorithm>, DraftedInput> open, CmsSignatureMaker maker, SignatureOptions options, TimeProvider clock)
    {
        _options = options;
        _certificate = maker.Certificate;
        _maker = maker;
        _value = maker.MakerFor(options);
        _claimedTime = options.ClaimedTime ?? clock.GetLocalNow();
        _signerName = options.SignerName ?? _certificate.Subject.CommonName ?? _certificate.Subject.ToString();
        _tokenRoom = options.Level.Timestamps?.MaximumTokenSize ?? 0; // before hashing: the source is somebody else's, and may throw
        CertificateUse.RefuseUnfit(_certificate, _claimedTime);
        _input = open(DigestsNeeded(maker.Algorithm.Digest, options.Level));
        _notes.AddRange(_input.Notes);
        try
        {
            _profile = Draft.ChooseProfile(maker.DefaultProfile, maker.Algorithm.Digest, [maker.Certificate, .. maker.Issuers]).WithCertificates(maker.Certificate, maker.Issuers);
        }
        catch
        {
            _input.Dispose();
            throw;
        }
    }

    /// <summary>The digests a chain needs for a signature of a level.</summary>
    public static IEnumerable<DigestAlgorithm> DigestsNeeded(DigestAlgorithm signature, PadesLevel level) =>
        level.Revocation is not null ? [signature, LongTermAppender.TimestampDigest] : [signature];

    /// <summary>Signs with a key at hand and writes the result.</summary>
    public async Task<SignatureReceipt> SignAsync(ISigningKey key, Stream output, CancellationToken cancellationToken)
    {
        long start = output.CanSeek ? output.Position : 0;
        try
        {
            Task hashing = await StartHashingAsync(output.CanSeek ? output : null, cancellationToken).ConfigureAwait(false);
            SignatureReceipt receipt = await AppendAsync(key, hashing, cancellationToken).ConfigureAwait(false);
            if (!output.CanSeek)
            {
                await Chain.CopyOriginalAsync(output, cancellationToken).ConfigureAwait(false);
            }

            await Chain.WriteAppendedAsync(output, cancellationToken).ConfigureAwait(false);
            return receipt;
        }
        catch when (output.CanSeek)
        {
            output.SetLength(start);
            throw;
        }
    }

    /// <summary>Whether what is signed are the bytes of the input, not those of a copy that had to be written first.</summary>
    public bool SignsItsInput => _input.File.Repair is null;

    /// <summary>Signs with a key at hand and appends to the file itself.</summary>
    public async Task<SignatureReceipt> SignInPlaceAsync(ISigningKey key, FileStream file, string path, CancellationToken cancellationToken)
    {
        Task hashing = await StartHashingAsync(copyTo: null, cancellationToken).ConfigureAwait(false);
        SignatureReceipt receipt = await AppendAsync(key, hashing, cancellationToken).ConfigureAwait(false);
        using OutputBuffer appended = Chain.CopyAppended();
        AppendJournal.Append(file, path, Chain.OriginalLength, appended.WrittenSpan);
        return receipt;
    }

    /// <summary>Writes the document with an empty signature and returns what the holder of the key has to sign.</summary>
    public async Task<PreparedSignature> PrepareAsync(Stream draft, CancellationToken cancellationToken)
    {
        long start = draft.CanSeek ? draft.Position : 0;
        try
        {
            Task hashing = await StartHashingAsync(draft, cancellationToken).ConfigureAwait(false);
            (SignatureRevision revision, byte[] digest) = await BuildRevisionAsync(_tokenRoom, hashing).ConfigureAwait(false);
            Append(revision);
            await Chain.WriteAppendedAsync(draft, cancellationToken).ConfigureAwait(false);
            return Prepared(revision, digest);
        }
        catch when (draft.CanSeek)
        {
            draft.SetLength(start);
            throw;
        }
    }

    public void Dispose()
    {
        _pending?.Dispose();
        _input.Dispose();
    }

    /// <summary>Signs and appends to the chain; nothing is written.</summary>
    /// <param name="key">The signer's.</param>
    /// <param name="hashing">Ends when the original is hashed.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async ValueTask<SignatureReceipt> AppendAsync(ISigningKey key, Task hashing, CancellationToken cancellationToken)
    {
        int room = _tokenRoom;
        for (int round = 1; ; round++)
        {
            (SignatureRevision revision, byte[] digest) = await BuildRevisionAsync(room, hashing).ConfigureAwait(false);
            PendingValue pending = _value.Prepare(digest, revision.ByteRange, _claimedTime);
            byte[] signature = await key.SignAsync(pending.BytesToSign, cancellationToken).ConfigureAwait(false);
            TimestampToken? token = await TimestampAsync(signature, cancellationToken).ConfigureAwait(false);
            byte[] value = pending.Complete(signature, token);
            if (ContentsReservation.MissingRoom(value.Length, revision.Capacity, round) is { } missing)
            {
                room += missing;
                continue;
            }

            revision.Embed(value);
            Append(revision);
            (string level, ArchivePeriod period) = await ExtendAsync(token is not null, cancellationToken).ConfigureAwait(false);
            return Receipt(revision, digest, token, level) with { ValidUntil = period.ValidUntil, RenewBefore = period.RenewBefore };
        }
    }

    /// <summary>Hashes the original, and copies it where asked to: to its end, or on other threads where the document may be read meanwhile.</summary>
    private async ValueTask<Task> StartHashingAsync(Stream? copyTo, CancellationToken cancellationToken)
    {
        Task hashing = Chain.HashOriginalAsync(copyTo, cancellationToken).AsTask();
        if (!Chain.CanBeReadWhileHashed(copyTo))
        {
            await hashing.ConfigureAwait(false);
        }

        return hashing;
    }

    private async ValueTask<(SignatureRevision Revision, byte[] Digest)> BuildRevisionAsync(int tokenRoom, Task hashing)
    {
        _pending?.Dispose();
        _pending = null;
        try
        {
            _pending = Draft.Build(_profile, _signerName, _claimedTime, _value.MaximumSize(tokenRoom));
        }
        finally
        {
            // Whatever became of the revision: nobody may touch the streams after this returns.
            await hashing.ConfigureAwait(false);
        }

        return (_pending, Chain.DigestWith(_value.Algorithm.Digest, _pending.BeforeGap, _pending.AfterGap));
    }

    private void Append(SignatureRevision revision)
    {
        Chain.Append(revision.Section);
        _pending = null;
    }

    private async ValueTask<TimestampToken?> TimestampAsync(byte[] signature, CancellationToken cancellationToken)
    {
        if (_options.Level.Timestamps is not { } source)
        {
            return null;
        }

        try
        {
            DigestAlgorithm digest = LongTermAppender.TimestampDigest;
            return await source.GetTimestampAsync(digest, digest.Compute(signature), cancellationToken).ConfigureAwait(false);
        }
        catch (TimestampUnavailableException exception) when (Draft.MayBeLower)
        {
            _notes.Add("未能取得时间戳，级别降为 B-B / No timestamp could be had, so the level is B-B.");
            _notes.Add(exception.Message);
            return null;
        }
    }

    private async ValueTask<(string Level, ArchivePeriod Period)> ExtendAsync(bool timestamped, CancellationToken cancellationToken)
    {
        if (!timestamped || _options.Level.Revocation is null)
        {
            return (timestamped ? "B-T" : "B-B", default);
        }

        try
        {
            LongTermOutcome outcome = await new LongTermAppender(_options.Level with { MayBeLower = Draft.MayBeLower })
                .AppendAsync(Chain, _input.File.UpTo(Chain, _options.Password), _maker.Issuers, Draft.FieldName, cancellationToken).ConfigureAwait(false);
            _notes.AddRange(outcome.Notes);
            CertificateUse.RefuseRevoked(outcome.Revoked);
            return (outcome.Level, outcome.Period);
        }
        catch (Exception exception) when (exception is RevocationUnavailableException or TimestampUnavailableException && Draft.MayBeLower)
        {
            _notes.Add("未能取得长期验证数据，级别降为 B-T / The long-term data could not be had, so the level is B-T.");
            _notes.Add(exception.Message);
            return ("B-T", default);
        }
    }

    private PreparedSignature Prepared(SignatureRevision revision, byte[] digest) => new()
    {
        FieldName = Draft.FieldName,
        ByteRange = revision.ByteRange,
        Capacity = revision.Capacity,
        Algorithm = _value.Algorithm,
        Digest = digest,
        SignedAttributes = _value.Prepare(digest, revision.ByteRange, _claimedTime).BytesToSign,
        Certificate = _certificate,
        Issuers = _maker.Issuers,
        NeedsTimestamp = Draft.NeedsTimestamp,
        Notes = _notes,
    };

    private SignatureReceipt Receipt(SignatureRevision revision, byte[] digest, TimestampToken? token, string level) => new()
    {
        FieldName = Draft.FieldName,
        Level = level,
        ByteRange = revision.ByteRange,
        Algorithm = _value.Algorithm,
        Digest = digest,
        ClaimedTime = _claimedTime,
        TimestampTime = token?.Time,
        Certificate = _certificate,
        Places = Draft.Places(),
        Length = Chain.Length,
        Notes = _notes,
    };
}
