using System.CommandLine;
using System.Text.Json.Nodes;
using ESign.Cli.Signing;
using ESign.Pdf;
using ESign.Pdf.Document;
using ESign.Pdf.Signing;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;

namespace ESign.Cli.Commands;

/// <summary><c>esign prepare IN DRAFT</c>: writes a document with room for a signature whose key is elsewhere; <c>esign complete</c> fills it in.</summary>
internal sealed class PrepareCommand
{
    private readonly Argument<string> _input = new("IN") { Description = "待签署的 PDF / the PDF to sign" };
    private readonly Argument<string> _draft = new("DRAFT") { Description = "预留签名位置的 PDF / the PDF with room for the signature" };
    private readonly Option<string> _state = new("--state") { Required = true, Description = "保存待完成的签名（JSON） / where the prepared signature is kept, JSON; `esign complete` needs it" };
    private readonly Option<string?> _signer = new("--signer") { Description = "签名证书，可含证书链 / the signer's certificate, perhaps with those above it (PEM or DER)" };
    private readonly Option<string[]> _certificates = new("--cert") { Description = "补充证书文件 / certificates that complete the chain (PEM or DER)" };
    private readonly AlgorithmArgument _algorithm = new();
    private readonly Option<bool> _container = new("--container") { Description = "证书尚不可知，对方返回整个 CMS / the certificate is not known yet: somebody will return a whole CMS container" };
    private readonly Option<bool> _timestamp = new("--timestamp-room") { Description = "为时间戳预留位置 / keep room for a timestamp (B-T)" };
    private readonly Option<string?> _toSign = new("--to-sign") { Description = "将密钥须签署的字节写入此文件 / write the bytes that the key has to sign here" };
    private readonly Option<bool> _json = CliJson.CreateOption();
    private readonly SignatureArguments _signature = new();
    private readonly CliContext _context;

    private PrepareCommand(CliContext context) => _context = context;

    public static Command Create(CliContext context)
    {
        var prepare = new PrepareCommand(context);
        var command = new Command("prepare", "为远程密钥准备签名 / Prepare a signature for a key elsewhere; `esign complete` fills it in.") { prepare._input, prepare._draft };
        foreach (Option option in (Option[])
        [
            prepare._state, prepare._signer, prepare._certificates, prepare._algorithm.Option, prepare._container, prepare._timestamp, prepare._toSign, .. prepare._signature.Options, prepare._json,
        ])
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => SigningErrors.CatchAsync(() => prepare.RunAsync(parsed, cancellationToken)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string input = parsed.GetValue(_input)!;
        PdfInput.OpenFile(input).Dispose();
        IReadOnlyList<Certificate> signer = parsed.GetValue(_signer) is { } file ? Certificate.LoadMany(CliContext.ReadInput(file)) : [];
        if (signer.Count == 0 != parsed.GetValue(_container))
        {
            throw new ArgumentException($"须给出 {_signer.Name}，或证书未知时 {_container.Name} / Give {_signer.Name}, or {_container.Name} where the certificate is not known.");
        }

        SignatureOptions options = _signature.Read(parsed, input, signer.Count > 0 ? signer[0] : null, _context.Clock.GetLocalNow());
        return signer.Count == 0
            ? await PrepareContainerAsync(parsed, input, options, cancellationToken)
            : await PrepareValueAsync(parsed, input, signer, options, cancellationToken);
    }

    private async Task<int> PrepareValueAsync(ParseResult parsed, string input, IReadOnlyList<Certificate> signer, SignatureOptions options, CancellationToken cancellationToken)
    {
        SignatureAlgorithm algorithm = AlgorithmOf(parsed, signer[0]);
        var deferred = new DeferredPdfSigner(signer[0], [.. signer.Skip(1), .. GivenValues.Load(parsed.GetValue(_certificates), Certificate.LoadMany)], algorithm, _context.Clock);
        options = options with { Level = parsed.GetValue(_timestamp) ? PadesLevel.T(new Room()) : PadesLevel.B };
        PreparedSignature prepared = await WholeFile.WriteAsync(input, parsed.GetValue(_draft)!, (from, to) => deferred.PrepareAsync(from, to, options, cancellationToken));
        _context.WriteNotes(prepared.Notes);
        byte[]? digest = algorithm.Digest == DigestAlgorithm.Sm3 ? null : prepared.ComputeDigestToSign();
        await WriteAsync(parsed, prepared.ToJson(), prepared.SignedAttributes, prepared.FieldName, algorithm.Name, digest, cancellationToken);
        return CliExit.Success;
    }

    private async Task<int> PrepareContainerAsync(ParseResult parsed, string input, SignatureOptions options, CancellationToken cancellationToken)
    {
        PreparedDocument prepared = await WholeFile.WriteAsync(
            input, parsed.GetValue(_draft)!, (from, to) => PreparedDocument.PrepareAsync(from, to, DigestAlgorithm.Sha256, capacity: null, options, _context.Clock, cancellationToken));
        _context.WriteNotes(prepared.Notes);
        await WriteAsync(parsed, prepared.ToJson(), prepared.Digest, prepared.FieldName, prepared.DigestAlgorithm.Name, prepared.Digest.ToArray(), cancellationToken);
        return CliExit.Success;
    }

    private async Task WriteAsync(ParseResult parsed, string state, ReadOnlyMemory<byte> toSign, string field, string algorithm, byte[]? digest, CancellationToken cancellationToken)
    {
        string path = parsed.GetValue(_state)!;
        await File.WriteAllTextAsync(path, state + "\n", cancellationToken);
        if (parsed.GetValue(_toSign) is { } bytes)
        {
            await File.WriteAllBytesAsync(bytes, toSign.ToArray(), cancellationToken);
        }

        string draft = parsed.GetValue(_draft)!;
        string? hex = digest is null ? null : Convert.ToHexStringLower(digest);
        _context.Output.WriteLine(parsed.GetValue(_json)
            ? CliJson.Line(new JsonObject
            {
                ["draft"] = draft,
                ["state"] = path,
                ["field"] = field,
                ["algorithm"] = algorithm,
                ["toSign"] = Convert.ToBase64String(toSign.Span),
                ["digestToSign"] = hex,
            })
            : $"{draft}: {field}, {algorithm}{(hex is null ? "" : ", " + hex)}");
    }

    private SignatureAlgorithm AlgorithmOf(ParseResult parsed, Certificate certificate) =>
        _algorithm.Read(parsed) ?? SignatureAlgorithm.FromPublicKey(certificate.SubjectPublicKeyInfo)
            ?? throw new ArgumentException($"请用 {_algorithm.Option.Name} 指明签名算法 / Name the algorithm of this key with {_algorithm.Option.Name}.");

    /// <summary>Keeps room for a token that is asked for when the signature is completed.</summary>
    private sealed class Room : ITimestampSource
    {
        public int MaximumTokenSize => 16_384;

        public ValueTask<TimestampToken> GetTimestampAsync(DigestAlgorithm algorithm, ReadOnlyMemory<byte> imprint, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("A draft is timestamped when it is completed.");
    }
}
