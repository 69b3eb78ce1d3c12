using ESign.Pdf.Document;
using ESign.Pdf.LongTerm;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
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
    /// <summary>A token that outgrew its room asks for one more round with its true size; a third one is a faulty authority.</summary>
    private const int MaximumRounds = 3;

    private readonly SignatureOptions _options;
    private readonly Certificate _certificate;
    private readonly CmsSignatureMaker _maker;
    private readonly SignedDataBuilder _builder;
    private readonly SignatureProfile _profile;
    private readonly AppendableDocument _input;
    private readonly SignatureDraft _draft;
    private readonly RevisionChain _chain;
    private readonly DateTimeOffset _claimedTime;
    private readonly string _signerName;
    private readonly List<string> _notes = [];

    public SigningSession(Stream input, Certificate certificate, CmsSignatureMaker maker, SignatureOptions options, TimeProvider clock)
    {
        _options = options;
        _certificate = certificate;
        _maker = maker;
        _builder = maker.BuilderFor(options);
        _profile = options.Profile ?? maker.DefaultProfile;
        _claimedTime = options.ClaimedTime ?? clock.GetLocalNow();
        _signerName = options.SignerName ?? certificate.Subject.CommonName ?? certificate.Subject.ToString();
        CertificateUse.RefuseUnfit(certificate, _claimedTime);
        _input = AppendableDocument.Open(input, options.Password);
        try
        {
            _draft = SignatureDraft.Create(_input.Document, options);
            if (_input.Document.Objects.IsRebuilt)
            {
                _input = _input.Normalised(options.Password);
                _draft = SignatureDraft.Create(_input.Document, options);
            }
        }
        catch
        {
            _input.Dispose();
            throw;
        }

        _notes.AddRange(_input.Notes());
        _chain = new RevisionChain(_input.Stream, DigestsNeeded(_builder.Algorithm.Digest, options.Level));
    }

    /// <summary>Signs with a key at hand and writes the result.</summary>
    public async Task<SignatureReceipt> SignAsync(ISigningKey key, Stream output, CancellationToken cancellationToken)
    {
        long start = output.CanSeek ? output.Position : 0;
        try
        {
            await _chain.HashOriginalAsync(output.CanSeek ? output : null, cancellationToken).ConfigureAwait(false);
            SignatureReceipt receipt = await AppendAsync(key, cancellationToken).ConfigureAwait(false);
            if (!output.CanSeek)
            {
                await _chain.CopyOriginalAsync(output, cancellationToken).ConfigureAwait(false);
            }

            await _chain.WriteAppendedAsync(output, cancellationToken).ConfigureAwait(false);
            return receipt;
        }
        catch when (output.CanSeek)
        {
            output.SetLength(start);
            throw;
        }
    }

    /// <summary>Writes the document with an empty signature and returns what the holder of the key has to sign.</summary>
    public async Task<PreparedSignature> PrepareAsync(Stream draft, CancellationToken cancellationToken)
    {
        await _chain.HashOriginalAsync(draft, cancellationToken).ConfigureAwait(false);
        (SignatureRevision revision, byte[] digest) = BuildRevision(TokenRoom());
        _chain.Append(revision.Section);
        await _chain.WriteAppendedAsync(draft, cancellationToken).ConfigureAwait(false);
        return new PreparedSignature
        {
            FieldName = _draft.FieldName,
            ByteRange = revision.ByteRange,
            Capacity = revision.Capacity,
            Algorithm = _builder.Algorithm,
            Digest = digest,
            SignedAttributes = _builder.Prepare(digest).BytesToSign,
            Certificate = _certificate,
            Issuers = _maker.Issuers,
        };
    }

    public void Dispose()
    {
        _chain.Dispose();
        _input.Dispose();
    }

    private static IEnumerable<DigestAlgorithm> DigestsNeeded(DigestAlgorithm signature, PadesLevel level) =>
        level.IsArchive ? [signature, LongTermAppender.TimestampDigest] : [signature];

    private async ValueTask<SignatureReceipt> AppendAsync(ISigningKey key, CancellationToken cancellationToken)
    {
        int room = TokenRoom();
        for (int round = 1; ; round++)
        {
            (SignatureRevision revision, byte[] digest) = BuildRevision(room);
            PreparedSignedData prepared = _builder.Prepare(digest);
            byte[] signature = await key.SignAsync(prepared.BytesToSign, cancellationToken).ConfigureAwait(false);
            TimestampToken? token = await TimestampAsync(signature, cancellationToken).ConfigureAwait(false);
            byte[] cms = prepared.Complete(signature, token is null ? null : [PreparedSignedData.SignatureTimestamp(token.ToDer())]);
            if (cms.Length > revision.Capacity && round < MaximumRounds)
            {
                room += cms.Length - revision.Capacity;
                revision.Dispose();
                continue;
            }

            revision.Embed(cms);
            _chain.Append(revision.Section);
            string level = await ExtendAsync(token is not null, cancellationToken).ConfigureAwait(false);
            return Receipt(revision, digest, token, level);
        }
    }

    private (SignatureRevision Revision, byte[] Digest) BuildRevision(int tokenRoom)
    {
        SignatureRevision revision = _draft.Build(_profile, _signerName, _claimedTime, _builder.MaximumSize(tokenRoom));
        return (revision, _chain.DigestWith(_builder.Algorithm.Digest, revision.BeforeGap, revision.AfterGap));
    }

    private int TokenRoom() => _options.Level.Timestamps?.MaximumTokenSize ?? 0;

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
        catch (TimestampUnavailableException exception) when (_options.WhenServiceFails == ServiceFailure.LowerLevel)
        {
            _notes.Add($"未能取得时间戳，级别降为 B-B / No timestamp could be had, so the level is B-B: {exception.Message}");
            return null;
        }
    }

    private async ValueTask<string> ExtendAsync(bool timestamped, CancellationToken cancellationToken)
    {
        if (!timestamped || _options.Level.Revocation is null)
        {
            return timestamped ? "B-T" : "B-B";
        }

        try
        {
            await new LongTermAppender(_options.Level).AppendAsync(_chain, _options.Password, _maker.Issuers, cancellationToken).ConfigureAwait(false);
            return _options.Level.Name;
        }
        catch (Exception exception) when (exception is RevocationUnavailableException or TimestampUnavailableException && _options.WhenServiceFails == ServiceFailure.LowerLevel)
        {
            _notes.Add($"未能取得长期验证数据，级别降为 B-T / The long-term data could not be had, so the level is B-T: {exception.Message}");
            return "B-T";
        }
    }

    private SignatureReceipt Receipt(SignatureRevision revision, byte[] digest, TimestampToken? token, string level) => new()
    {
        FieldName = _draft.FieldName,
        Level = level,
        ByteRange = revision.ByteRange,
        Algorithm = _builder.Algorithm,
        Digest = digest,
        ClaimedTime = _claimedTime,
        TimestampTime = token?.Time,
        Certificate = _certificate,
        Widgets = _draft.Widgets(),
        Length = _chain.Length,
        Notes = _notes,
    };
}
