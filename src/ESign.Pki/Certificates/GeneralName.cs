using System.Formats.Asn1;
using System.Net;
using ESign.Pki.Asn1;
using ESign.Pki.Names;

namespace ESign.Pki.Certificates;

/// <summary>The forms a GeneralName can have, numbered as their tags.</summary>
internal enum GeneralNameKind
{
    OtherName = 0,
    Email = 1,
    Dns = 2,
    X400Address = 3,
    Directory = 4,
    EdiParty = 5,
    Uri = 6,
    IpAddress = 7,
    RegisteredId = 8,
}

/// <summary>One general name: an address, host, URI, directory name or another form.</summary>
/// <remarks>RFC 5280 §4.2.1.6 GeneralName.</remarks>
internal sealed record GeneralName(GeneralNameKind Kind, string Text, ReadOnlyMemory<byte> Content, DistinguishedName? Directory)
{
    /// <summary>The most names one extension may hold; the widest in the conformance suites has 2,048.</summary>
    private const int MaximumCount = 8192;

    /// <summary>id-on-SmtpUTF8Mailbox: the otherName of a mailbox whose local part is not ASCII (RFC 9598 §3).</summary>
    private const string SmtpUtf8Mailbox = "1.3.6.1.5.5.7.8.9";

    /// <summary>Whether this is an otherName that holds a mailbox.</summary>
    public bool IsInternationalMailbox => Kind == GeneralNameKind.OtherName && string.Equals(Text, SmtpUtf8Mailbox, StringComparison.Ordinal);

    public static GeneralName ForDirectory(DistinguishedName name) => new(GeneralNameKind.Directory, name.ToString(), name.RawData, name);

    /// <summary>Reads <c>GeneralNames ::= SEQUENCE SIZE (1..MAX) OF GeneralName</c>.</summary>
    public static IReadOnlyList<GeneralName> DecodeAll(ReadOnlyMemory<byte> encoded)
    {
        var reader = new DerReader(encoded);
        DerReader names = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        return DecodeAll(names);
    }

    public static IReadOnlyList<GeneralName> DecodeAll(DerReader names)
    {
        var result = new List<GeneralName>();
        while (names.HasData)
        {
            if (result.Count == MaximumCount)
            {
                throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "More than 8,192 general names.");
            }

            result.Add(Decode(names));
        }

        return result.Count == 0 ? throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "GeneralNames is empty (RFC 5280 §4.2.1.6).") : result;
    }

    public static GeneralName Decode(DerReader reader)
    {
        Asn1Tag tag = reader.PeekTag();
        if (tag.TagClass != TagClass.ContextSpecific || tag.TagValue > (int)GeneralNameKind.RegisteredId)
        {
            throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "Not a GeneralName.");
        }

        var kind = (GeneralNameKind)tag.TagValue;
        ReadOnlyMemory<byte> content = reader.PeekContent();
        switch (kind)
        {
            case GeneralNameKind.Email or GeneralNameKind.Dns or GeneralNameKind.Uri:
                return new GeneralName(kind, reader.ReadCharacterString(UniversalTagNumber.IA5String, tag), content, Directory: null);
            case GeneralNameKind.Directory:
                // Name is a CHOICE, so its tag is explicit.
                DerReader inner = reader.ReadSequence(tag);
                DistinguishedName name = DistinguishedName.Decode(inner);
                inner.ThrowIfNotEmpty();
                return new GeneralName(kind, name.ToString(), content, name);
            case GeneralNameKind.IpAddress:
                RequirePrimitive(tag);
                reader.ReadEncodedValue();
                return new GeneralName(kind, DisplayAddress(content.Span), content, Directory: null);
            case GeneralNameKind.RegisteredId:
                return new GeneralName(kind, reader.ReadObjectIdentifier(tag), content, Directory: null);
            case GeneralNameKind.OtherName:
                // otherName [0] IMPLICIT SEQUENCE { type-id OBJECT IDENTIFIER, value [0] EXPLICIT ANY }
                DerReader other = reader.ReadSequence(tag);
                string type = other.ReadObjectIdentifier();
                other.ReadEncodedValue();
                other.ThrowIfNotEmpty();
                return new GeneralName(kind, type, content, Directory: null);
            default:
                reader.ReadEncodedValue();
                return new GeneralName(kind, Convert.ToHexString(content.Span), content, Directory: null);
        }
    }

    /// <summary>The mailbox of <see cref="IsInternationalMailbox"/>: <c>SmtpUTF8Mailbox ::= UTF8String (SIZE (1..MAX))</c>.</summary>
    /// <exception cref="Asn1FormatException">The value is no such string.</exception>
    public string ReadInternationalMailbox()
    {
        var other = new DerReader(Content);
        other.ReadObjectIdentifier();
        DerReader value = other.ReadExplicit(0);
        string mailbox = value.ReadCharacterString(UniversalTagNumber.UTF8String);
        value.ThrowIfNotEmpty();
        return mailbox;
    }

    /// <summary>Whether two names of a distribution point are the same name (RFC 5280 §6.3.3 (b)(2)).</summary>
    public bool Matches(GeneralName other) =>
        Kind == other.Kind && (Kind == GeneralNameKind.Directory ? Directory!.Equals(other.Directory) : Content.Span.SequenceEqual(other.Content.Span));

    private static void RequirePrimitive(Asn1Tag tag)
    {
        if (tag.IsConstructed)
        {
            throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "An address is constructed.");
        }
    }

    // Constraints carry address and mask in one value: twice the length.
    private static string DisplayAddress(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        4 or 16 => new IPAddress(bytes).ToString(),
        8 or 32 => new IPAddress(bytes[..(bytes.Length / 2)]) + "/" + new IPAddress(bytes[(bytes.Length / 2)..]),
        _ => "#" + Convert.ToHexString(bytes),
    };
}
