namespace ESign.Pki.Names;

/// <summary>One attribute of a distinguished name: a type and the text of its value.</summary>
/// <remarks>RFC 5280 §4.1.2.4 AttributeTypeAndValue.</remarks>
/// <param name="Oid">The attribute type in dotted form.</param>
/// <param name="Text">The value as text, or <c>#</c> and the hexadecimal DER of a value that is no text (RFC 4514 §2.4).</param>
/// <param name="IsText">Whether the value is one of the string types.</param>
internal sealed record RelativeName(string Oid, string Text, bool IsText)
{
    /// <summary>The form two equal values share (RFC 5280 §7.1): a type, then the prepared text or the exact DER.</summary>
    public string Canonical { get; } = Oid + "=" + (IsText ? StringPreparation.Prepare(Text) : Separator + Text);

    /// <summary>Stands in no prepared text, so joined canonical forms stay unambiguous.</summary>
    public const string Separator = "\0";
}
