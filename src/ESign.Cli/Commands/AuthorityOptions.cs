using System.CommandLine;
using System.CommandLine.Completions;
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
}
