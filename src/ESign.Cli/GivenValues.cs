using System.Formats.Asn1;
using System.Globalization;
using ESign.Pki.Asn1;
using ESign.Pki.Validation;

namespace ESign.Cli;

/// <summary>Reads what options of several commands are given: files of certificates and the like, moments, addresses.</summary>
internal static class GivenValues
{
    /// <summary>Certificates, CRLs or OCSP responses from files, PEM or DER.</summary>
    public static List<T> Load<T>(IEnumerable<string>? paths, Func<ReadOnlyMemory<byte>, IReadOnlyList<T>> load)
    {
        var all = new List<T>();
        foreach (string path in paths ?? [])
        {
            byte[] content = CliContext.ReadInput(path);
            try
            {
                all.AddRange(load(content));
            }
            catch (Asn1FormatException exception)
            {
                throw CliException.Because(exception, CliExit.DataError, $"无法解析 {path}", $"{path} cannot be understood", "请给出该选项所要求种类的 PEM 或 DER 文件 / give a PEM or DER file of the kind the option asks for");
            }
        }

        return all;
    }

    /// <summary>A moment in ISO 8601; UTC where no offset is written.</summary>
    public static DateTimeOffset? ParseTime(string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time) ? time
        : throw new CliException(CliExit.Usage, $"不是时间：{text} / not a time: {text}", "请写成 2026-01-31T12:00:00Z / write it as 2026-01-31T12:00:00Z");

    /// <summary>An object identifier in dotted form.</summary>
    /// <param name="text">The text.</param>
    /// <param name="option">The option it was given to.</param>
    public static string ParseOid(string text, string option)
    {
        try
        {
            new AsnWriter(AsnEncodingRules.DER, initialCapacity: 64).WriteObjectIdentifier(text);
            return text;
        }
        catch (ArgumentException exception)
        {
            throw new CliException(CliExit.Usage, $"不是对象标识符：{text} / not an object identifier: {text}", $"{option} 请写成点分形式，如 2.5.29.32.0 / write {option} in dotted form, for example 2.5.29.32.0", exception);
        }
    }

    /// <summary>What an unknown revocation status means.</summary>
    /// <param name="text">require, soft or off.</param>
    /// <param name="otherwise">What it means when nothing is given.</param>
    public static UnknownRevocation ParseRevocation(string? text, UnknownRevocation otherwise) => text switch
    {
        null => otherwise,
        "require" => UnknownRevocation.Reject,
        "soft" => UnknownRevocation.Accept,
        "off" => UnknownRevocation.Off,
        _ => throw new CliException(CliExit.Usage, $"未知的吊销检查方式：{text} / unknown revocation mode: {text}", "请用 --revocation require、soft 或 off / use --revocation require, soft or off"),
    };

    /// <summary>The address of a service.</summary>
    /// <param name="text">The address.</param>
    /// <param name="example">How it would be written.</param>
    public static Uri ParseAddress(string text, string example) => Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" ? address
        : throw new CliException(CliExit.Usage, $"不是http或https地址：{text} / not an http or https address: {text}", $"例如 {example} / for example {example}");
}
