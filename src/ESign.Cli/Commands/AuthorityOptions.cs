using System.CommandLine;
using System.CommandLine.Completions;
using System.Diagnostics.CodeAnalysis;
using ESign.Pki.Keys;

namespace ESign.Cli.Commands;

/// <summary>Options that several authority commands share.</summary>
internal static class AuthorityOptions
{
    private static string Algorithms => string.Join(", ", SignatureAlgorithm.All.Select(algorithm => algorithm.Name));

    public static Option<string> Folder() => new("--ca") { Description = "CA 目录，由 `esign ca init` 建立 / the authority's folder, made by `esign ca init`", Required = true };

    public static Option<string?> PasswordFile() => new("--password-file")
    {
        Description = "存放 CA 私钥口令的文件（首行）；PKCS#11 模块中的密钥不需要 / file whose first line is the password of the authority's keys; keys of a PKCS#11 module need none",
    };

    public static Option<string> Algorithm() => new("--algorithm")
    {
        Description = $"签名算法：{Algorithms} / signature algorithm: {Algorithms}",
        CompletionSources = { _ => SignatureAlgorithm.All.Select(algorithm => new CompletionItem(algorithm.Name)) },
        DefaultValueFactory = _ => SignatureAlgorithm.EcdsaP256Sha256.Name,
    };

    /// <summary>The first line of a password file, where one is given.</summary>
    [return: NotNullIfNotNull(nameof(path))]
    public static string? ReadPassword(string? path)
    {
        if (path is null)
        {
            return null;
        }

        string password = CliContext.ReadText(path).Split('\n')[0].TrimEnd('\r');
        return password.Length > 0
            ? password
            : throw new CliException(CliExit.NoPermission, $"口令文件为空：{path} / the password file is empty: {path}", "请把口令写在首行 / write the password into its first line");
    }

    /// <summary>The hint that lists what could be written.</summary>
    public static string OneOf(IEnumerable<string> names)
    {
        string list = string.Join(", ", names);
        return $"可用：{list} / one of {list}";
    }

    /// <summary>Where an output goes; asked before anything is signed, whose key would otherwise be lost.</summary>
    public static string RequireFolder(string output) => Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(output)))
        ? output
        : throw new CliException(CliExit.CannotCreate, $"输出目录不存在：{output} / the folder of the output does not exist: {output}", "请先建立文件夹；没有签出任何内容 / make the folder first; nothing was signed");

    public static SignatureAlgorithm ParseAlgorithm(string name) => SignatureAlgorithm.FromName(name)
        ?? throw new CliException(CliExit.Usage, $"未知的签名算法：{name} / unknown signature algorithm: {name}", OneOf(SignatureAlgorithm.All.Select(algorithm => algorithm.Name)));
}
