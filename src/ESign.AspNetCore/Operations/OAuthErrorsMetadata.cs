namespace ESign.AspNetCore.Operations;

/// <summary>Marks endpoints whose clients read errors as <c>error</c> and <c>error_description</c> (RFC 6749 §5.2, CSC API v2 §10.1).</summary>
internal sealed class OAuthErrorsMetadata;
