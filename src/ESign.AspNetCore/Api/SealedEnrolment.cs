using System.Security.Cryptography;
using System.Text.Json;
using ESign.AspNetCore.Access;
using ESign.Registration.Protection;

namespace ESign.AspNetCore.Api;

/// <summary>For whom a token enrols, encrypted so that only the token opens it: identity numbers do not lie readable in the store.</summary>
/// <remarks>AES-256-GCM, key by HKDF-SHA-256 (RFC 5869) from the token's secret, the token's id as associated data; nonce ‖ tag ‖ ciphertext.</remarks>
internal static class SealedEnrolment
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public static byte[] Seal(EnrolmentDocument enrolment, AccessTokenText token)
    {
        byte[] plain = JsonSerializer.SerializeToUtf8Bytes(enrolment, ApiJson.Options);
        byte[] sealedBytes = new byte[NonceSize + TagSize + plain.Length];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, NonceSize));
        using AesGcm cipher = CreateCipher(token);
        cipher.Encrypt(sealedBytes.AsSpan(0, NonceSize), plain, sealedBytes.AsSpan(NonceSize + TagSize), sealedBytes.AsSpan(NonceSize, TagSize), Convert.FromHexString(token.Id));
        CryptographicOperations.ZeroMemory(plain);
        return sealedBytes;
    }

    public static EnrolmentDocument Open(ReadOnlySpan<byte> sealedBytes, AccessTokenText token)
    {
        byte[] plain = new byte[sealedBytes.Length - NonceSize - TagSize];
        using AesGcm cipher = CreateCipher(token);
        cipher.Decrypt(sealedBytes[..NonceSize], sealedBytes[(NonceSize + TagSize)..], sealedBytes.Slice(NonceSize, TagSize), plain, Convert.FromHexString(token.Id));
        try
        {
            return JsonSerializer.Deserialize<EnrolmentDocument>(plain, ApiJson.Options)!;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>For a client certificate, whose handshake gives no secret: sealed with the service's own data keys.</summary>
    public static byte[] Seal(EnrolmentDocument enrolment, DataKeyRing keys, string tokenId)
    {
        byte[] plain = JsonSerializer.SerializeToUtf8Bytes(enrolment, ApiJson.Options);
        byte[] sealedBytes = keys.Seal(plain, ContextOf(tokenId));
        CryptographicOperations.ZeroMemory(plain);
        return sealedBytes;
    }

    public static EnrolmentDocument Open(ReadOnlySpan<byte> sealedBytes, DataKeyRing keys, string tokenId)
    {
        byte[] plain = keys.Open(sealedBytes, ContextOf(tokenId));
        try
        {
            return JsonSerializer.Deserialize<EnrolmentDocument>(plain, ApiJson.Options)!;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static string ContextOf(string tokenId) => "enrolment/" + tokenId;

    private static AesGcm CreateCipher(AccessTokenText token)
    {
        byte[] key = HKDF.DeriveKey(HashAlgorithmName.SHA256, token.Secret, 32, info: "ESign enrolment"u8.ToArray());
        try
        {
            return new AesGcm(key, TagSize);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
