namespace ESign.Packages.Tests;

/// <summary>What is published.</summary>
internal static class PackageList
{
    public static IReadOnlyList<string> Libraries { get; } = ["ESign.Pki", "ESign.Tsa", "ESign.Pdf", "ESign.Registration", "ESign.Storage", "ESign.AspNetCore"];

    public const string Command = "ESign.Cli";
}
