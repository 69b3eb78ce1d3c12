using System.Security.Cryptography;
using System.Text;
using ESign.AspNetCore.Authorities;

namespace ESign.AspNetCore.Callbacks;

/// <summary>A receiver with its secrets: makes the body and its signature.</summary>
/// <remarks>Header <c>Content-Signature: sha256=</c> and HMAC-SHA-256 over the body as sent, lower-case hexadecimal.</remarks>
internal sealed class CallbackReceiver
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int KeySize = 32;
    private const int ShortestToken = 16;

    private readonly CallbackEndpoint _endpoint;
    private readonly byte[] _token;
    private readonly byte[] _key;

    private CallbackReceiver(CallbackEndpoint endpoint, Uri url, byte[] token, byte[] key)
    {
        _endpoint = endpoint;
        Url = url;
        _token = token;
        _key = key;
    }

    public string Name => _endpoint.Name;

    public Uri Url { get; }

    /// <summary>Loads the receivers that settings name.</summary>
    /// <exception cref="InvalidOperationException">One is not allowed, or lacks a secret.</exception>
    public static IReadOnlyList<CallbackReceiver> Load(CallbackSettings settings)
    {
        CallbackReceiver[] receivers = [.. settings.Endpoints.Select(endpoint => Load(endpoint, settings))];
        bool isTwice = receivers.DistinctBy(static receiver => receiver.Name, StringComparer.Ordinal).Count() != receivers.Length
            || receivers.DistinctBy(static receiver => receiver.Url).Count() != receivers.Length;
        return isTwice
            ? throw new InvalidOperationException("回调的名称和地址不得重复，正式环境与测试环境须使用不同的回调地址 / Callback names and addresses must differ; live and test environments need addresses of their own")
            : receivers;
    }

    public bool Wants(string type) => _endpoint.Types.Count == 0 || _endpoint.Types.Contains(type, StringComparer.Ordinal);

    /// <summary>The body to send.</summary>
    public byte[] Write(string message)
    {
        byte[] plain = Encoding.UTF8.GetBytes(message);
        return _endpoint.Format switch
        {
            CallbackFormat.Sealed => Wrap(Encrypt(plain)),
            CallbackFormat.Platform => Wrap(EncryptAsPlatforms(plain)),
            _ => plain,
        };
    }

    public string Sign(ReadOnlySpan<byte> body) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(_token, body));

    private static byte[] Wrap(byte[] encrypted) => Encoding.ASCII.GetBytes($"{{\"encrypt\":\"{Convert.ToBase64String(encrypted)}\"}}");

    private static CallbackReceiver Load(CallbackEndpoint endpoint, CallbackSettings settings)
    {
        bool isAddress = Uri.TryCreate(endpoint.Url, UriKind.Absolute, out Uri? url)
            && (url.Scheme == Uri.UriSchemeHttps || (settings.AllowPrivateAddresses && url.Scheme == Uri.UriSchemeHttp))
            && url.UserInfo.Length == 0;
        if (!isAddress || !settings.AllowedHosts.Contains(url!.IdnHost, StringComparer.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException($"回调地址须为https，且主机在 Callbacks:AllowedHosts 中：{endpoint.Url} / A callback needs https and a host named in Callbacks:AllowedHosts: {endpoint.Url}");
        }

        if (endpoint.Name.Length is 0 or > 40 || endpoint.Name.Any(static c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-'))
        {
            throw new InvalidOperationException($"回调名称只能含小写字母、数字和连字符：{endpoint.Name} / A callback's name has lower-case letters, digits and hyphens only: {endpoint.Name}");
        }

        byte[] token = ReadSecret(endpoint.TokenFile, settings);
        byte[] key = endpoint.Format == CallbackFormat.Signed ? [] : ReadSecret(endpoint.KeyFile ?? "", settings);
        return token.Length < ShortestToken || (endpoint.Format != CallbackFormat.Signed && key.Length != KeySize)
            ? throw new InvalidOperationException($"回调令牌至少 {ShortestToken} 个字符，密钥为 {KeySize} 个：{endpoint.Name} / A callback's token has at least {ShortestToken} characters, its key {KeySize}: {endpoint.Name}")
            : new CallbackReceiver(endpoint, url, token, key);
    }

    private static byte[] ReadSecret(string file, CallbackSettings settings) =>
        file.Length == 0 ? [] : Encoding.UTF8.GetBytes(CredentialFiles.ReadPassword(CredentialFiles.PathOf(settings.Folder, file)));

    private byte[] Encrypt(byte[] plain)
    {
        byte[] output = new byte[NonceSize + plain.Length + TagSize];
        RandomNumberGenerator.Fill(output.AsSpan(0, NonceSize));
        using var cipher = new AesGcm(_key, TagSize);
        cipher.Encrypt(output.AsSpan(0, NonceSize), plain, output.AsSpan(NonceSize, plain.Length), output.AsSpan(NonceSize + plain.Length));
        return output;
    }

    private byte[] EncryptAsPlatforms(byte[] plain)
    {
        using var cipher = Aes.Create();
        cipher.Key = _key;
        return cipher.EncryptCbc(plain, _key.AsSpan(0, 16));
    }
}
