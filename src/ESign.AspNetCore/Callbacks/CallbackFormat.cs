namespace ESign.AspNetCore.Callbacks;

/// <summary>What a receiver gets. The body is always signed.</summary>
internal enum CallbackFormat
{
    /// <summary>The message as JSON. What to use.</summary>
    Signed,

    /// <summary>The message under AES-256-GCM: <c>{"encrypt":base64(nonce ‖ ciphertext ‖ tag)}</c>.</summary>
    Sealed,

    /// <summary>As Chinese signing platforms do: AES-256-CBC, the initialisation vector the key's first 16 bytes, PKCS#7. Weak: for receivers that know nothing else.</summary>
    Platform,
}
