using System.CommandLine;
using System.CommandLine.Completions;
using ESign.Pki.Keys;

namespace ESign.Cli.Signing;

/// <summary>The option that says what a signer's key signs with: <c>--algorithm</c>.</summary>
internal sealed class AlgorithmArgument
{
    private static readonly string[] s_names = [.. SignatureAlgorithm.All.Append(SignatureAlgorithm.Sm2Sm3EmptyUserId).Select(algorithm => algorithm.Name)];
    private static readonly string s_list = string.Join(", ", s_names);

    public Option<string?> Option { get; } = new("--algorithm")
    {
        Description = $"密钥的签名算法，默认为该种密钥常用的一种：{s_list} / what the key signs with, by default the usual algorithm of its kind: {s_list}",
        CompletionSources = { _ => s_names.Select(name => new CompletionItem(name)) },
    };

    /// <summary>The algorithm asked for, or null for the key's usual one.</summary>
    /// <exception cref="CliException">No algorithm has that name.</exception>
    public SignatureAlgorithm? Read(ParseResult parsed) => parsed.GetValue(Option) is { } name ? Parse(name, s_names) : null;

    /// <exception cref="CliException">No algorithm has that name.</exception>
    public static SignatureAlgorithm Parse(string name) => Parse(name, SignatureAlgorithm.All.Select(algorithm => algorithm.Name));

    private static SignatureAlgorithm Parse(string name, IEnumerable<string> names) => SignatureAlgorithm.FromName(name)
        ?? throw new CliException(CliExit.Usage, $"未知的签名算法：{name} / unknown signature algorithm: {name}", CliException.OneOf(names));
}
