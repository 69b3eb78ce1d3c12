using System.CommandLine;
using System.Security.Cryptography;
using ESign.Pdf;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using ESign.Pki.Revocation;
using ESign.Pki.Timestamping;

namespace ESign.Cli.Signing;

/// <summary>How long a signature shall last, and the services and files that make it so.</summary>
internal sealed class LevelArguments
{
    private readonly Option<string?> _level;
    private readonly Option<string[]> _tsa = new("--tsa") { CompletionSources = { "in-process" }, Description = "时间戳服务地址，可给多个依次尝试；in-process 为一次性测试时间戳 / a timestamp authority's URL; give several to try one after another; in-process for a throw-away test authority" };
    private readonly Option<string?> _tsaRoot = new("--tsa-root") { Description = "与 --tsa in-process 同用：将测试时间戳的根证书与吊销列表写入此文件，供 --timestamp-trust 与 --crl / with --tsa in-process: writes the test authority's root and CRL here, to try --timestamp-trust and --crl" };
    private readonly Option<string[]> _crls = new("--crl") { Description = "证书吊销列表文件 / a certificate revocation list to embed" };
    private readonly Option<string[]> _ocsp = new("--ocsp") { Description = "OCSP 响应文件 / an OCSP response to embed (DER)" };
    private readonly Option<string[]> _certificates = new("--cert") { Description = "补齐证书链的证书（PEM 或 DER） / certificates that complete a chain (PEM or DER)" };
    private readonly Option<bool> _online = new("--online") { Description = "也从证书所指的地址获取；未给 --crl 和 --ocsp 时默认如此 / also fetch from where certificates point; the default when no --crl and --ocsp is given" };

    private readonly bool _extends;

    private LevelArguments(Option<string?> level, bool extends)
    {
        _level = level;
        _extends = extends;
    }

    public static LevelArguments ForSigning() => new(
        new Option<string?>("--level") { CompletionSources = { "B", "T", "LT", "LTA" }, Description = "PAdES 级别：B（默认）、T、LT、LTA / the PAdES level: B (the default), T, LT, LTA", DefaultValueFactory = static _ => "B" }, extends: false);

    public static LevelArguments ForExtending() => new(
        new Option<string?>("--level") { CompletionSources = { "LT", "LTA" }, Description = "PAdES 级别：LT、LTA / the PAdES level: LT, LTA", Required = true }, extends: true);

    public IEnumerable<Option> Options => [_level, _tsa, _tsaRoot, _crls, _ocsp, _certificates, _online];

    /// <summary>Certificates that complete chains.</summary>
    public IReadOnlyList<Certificate> ReadCertificates(ParseResult parsed) => GivenValues.Load(parsed.GetValue(_certificates), Certificate.LoadMany);

    /// <summary>Whether a signature alone is asked for, which needs nobody's service.</summary>
    public bool IsBasic(ParseResult parsed) => Name(parsed) == "B";

    /// <summary>The level with its services.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="clock">The clock of an authority made on the spot.</param>
    /// <param name="client">For services across the network.</param>
    /// <param name="cancellationToken">Cancels the making of an authority.</param>
    public async Task<PadesLevel> ReadAsync(ParseResult parsed, TimeProvider clock, HttpClient client, CancellationToken cancellationToken)
    {
        string level = Name(parsed);
        if (level == "B")
        {
            return PadesLevel.B;
        }

        if (level is not ("T" or "LT" or "LTA"))
        {
            throw new ArgumentException($"没有这个级别：'{parsed.GetValue(_level)}'，可选 B、T、LT、LTA / No such level: '{parsed.GetValue(_level)}'; known are B, T, LT and LTA.");
        }

        (ITimestampSource timestamps, IReadOnlyList<CertificateRevocationList> own) = await TimestampsAsync(parsed, mayLack: _extends && level == "LT", clock, client, cancellationToken);
        if (level == "T")
        {
            return PadesLevel.T(timestamps);
        }

        IRevocationSource revocation = Revocation(parsed, client, own);
        return level == "LT" ? PadesLevel.LT(timestamps, revocation) : PadesLevel.LTA(timestamps, revocation);
    }

    private string Name(ParseResult parsed) => (parsed.GetValue(_level) ?? "").ToUpperInvariant().Replace("B-", "", StringComparison.Ordinal);

    private async Task<(ITimestampSource Timestamps, IReadOnlyList<CertificateRevocationList> Crls)> TimestampsAsync(ParseResult parsed, bool mayLack, TimeProvider clock, HttpClient client, CancellationToken cancellationToken)
    {
        string[] tsa = parsed.GetValue(_tsa) ?? [];
        if (tsa is ["in-process"])
        {
            InProcessTimestamps own = await InProcessTimestamps.CreateAsync(clock, cancellationToken);
            if (parsed.GetValue(_tsaRoot) is { } file)
            {
                await File.WriteAllTextAsync(file, $"{own.Root.ToPem()}\n{PemEncoding.WriteString("X509 CRL", own.Crl.RawData.Span)}\n", cancellationToken);
            }

            return (own.Source, [own.Crl]);
        }

        return tsa.Length == 0 && mayLack ? (new NoTimestamps(), [])
            : tsa.Length == 0 ? throw NotAnAuthority(null)
            : (Authorities(tsa, clock, client), []);
    }

    /// <summary>One authority, or several that are asked one after another.</summary>
    public static ITimestampSource Authorities(IReadOnlyList<string> addresses, TimeProvider clock, HttpClient client)
    {
        ITimestampSource[] sources = [.. addresses.Select(address => Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
            ? new HttpTimestampSource(client, uri, timeProvider: clock)
            : throw NotAnAuthority(address))];
        return sources is [var only] ? only : new FailoverTimestampSource(sources);
    }

    private static ArgumentException NotAnAuthority(string? address) =>
        new($"该级别需要时间戳服务：--tsa 后为 http 或 https 地址，或 in-process{(address is null ? "" : $"，而不是'{address}'")} / This level needs --tsa, a http or https URL or in-process{(address is null ? "" : $"; not '{address}'")}.");

    private FirstRevocationSource Revocation(ParseResult parsed, HttpClient client, IReadOnlyList<CertificateRevocationList> own)
    {
        IReadOnlyList<CertificateRevocationList> crls = GivenValues.Load(parsed.GetValue(_crls), CertificateRevocationList.LoadMany);
        IReadOnlyList<OcspResponse> responses = GivenValues.Load<OcspResponse>(parsed.GetValue(_ocsp), content => [OcspResponse.Decode(content)]);
        var sources = new List<IRevocationSource> { new GivenRevocationSource([.. own, .. crls], responses) };
        if (parsed.GetValue(_online) || crls.Count + responses.Count == 0)
        {
            sources.Add(new OnlineRevocationSource(client, new OnlineRevocationOptions { FetchesIssuers = true }));
        }

        return new FirstRevocationSource(sources);
    }

    /// <summary>Asks one source after another until one has evidence about the certificate.</summary>
    private sealed class FirstRevocationSource(IReadOnlyList<IRevocationSource> sources) : IRevocationSource, IIssuerSource
    {
        public async ValueTask<IReadOnlyList<Certificate>> FindIssuersAsync(Certificate certificate, CancellationToken cancellationToken)
        {
            var found = new List<Certificate>();
            foreach (IIssuerSource source in sources.OfType<IIssuerSource>())
            {
                found.AddRange(await source.FindIssuersAsync(certificate, cancellationToken));
            }

            return found;
        }

        public async ValueTask<RevocationEvidence> FindAsync(Certificate certificate, Certificate issuer, CancellationToken cancellationToken = default)
        {
            foreach (IRevocationSource source in sources)
            {
                RevocationEvidence found = (await source.FindAsync(certificate, issuer, cancellationToken)).About(certificate, issuer);
                if (!found.IsEmpty)
                {
                    return found;
                }
            }

            return RevocationEvidence.None;
        }
    }

    /// <summary>Enough for signatures that have timestamps already; the others need an authority.</summary>
    private sealed class NoTimestamps : ITimestampSource
    {
        public int MaximumTokenSize => 0;

        public ValueTask<TimestampToken> GetTimestampAsync(DigestAlgorithm algorithm, ReadOnlyMemory<byte> imprint, CancellationToken cancellationToken = default) =>
            throw new ArgumentException("有签名尚无时间戳 / A signature has no timestamp yet: give --tsa.");
    }
}
