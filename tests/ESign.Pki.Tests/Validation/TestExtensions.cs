using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace ESign.Pki.Tests.Validation;

/// <summary>Extensions the platform has no builder for.</summary>
internal static class TestExtensions
{
    public static X509Extension NameConstraints(bool excluded, int form, string text) => Make("2.5.29.30", true, writer =>
    {
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, excluded ? 1 : 0)))
        using (writer.PushSequence())
        {
            writer.WriteCharacterString(UniversalTagNumber.IA5String, text, new Asn1Tag(TagClass.ContextSpecific, form));
        }
    });

    public static X509Extension Host(string name) => Alternative(2, name);

    public static X509Extension Mailbox(string name) => Alternative(1, name);

    public static X509Extension Policies(params string[] oids) => Make("2.5.29.32", false, writer =>
    {
        using (writer.PushSequence())
        {
            foreach (string oid in oids)
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(oid);
                }
            }
        }
    });

    public static X509Extension Mapping(params string[] pairs) => Make("2.5.29.33", true, writer =>
    {
        using (writer.PushSequence())
        {
            foreach (string[] pair in pairs.Chunk(2))
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(pair[0]);
                    writer.WriteObjectIdentifier(pair[1]);
                }
            }
        }
    });

    /// <summary>A distribution point: a URI, a directory name as cRLIssuer, or both (RFC 5280 §4.2.1.13).</summary>
    public static X509Extension CrlPoint(string? uri, ReadOnlyMemory<byte>? crlIssuer = null) => Make("2.5.29.31", false, writer =>
    {
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            if (uri is not null)
            {
                WriteUriPoint(writer, uri);
            }

            if (crlIssuer is { } name)
            {
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 2)))
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 4)))
                {
                    writer.WriteEncodedValue(name.Span);
                }
            }
        }
    });

    /// <summary>The value of an issuing distribution point: a URI, and whether the list is indirect (RFC 5280 §5.2.5).</summary>
    public static byte[] IssuingPoint(string? uri, bool indirect)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            if (uri is not null)
            {
                WriteUriPoint(writer, uri);
            }

            if (indirect)
            {
                writer.WriteBoolean(true, new Asn1Tag(TagClass.ContextSpecific, 4));
            }
        }

        return writer.Encode();
    }

    /// <summary>GeneralNames with one directory name: the value of certificateIssuer (RFC 5280 §5.3.3).</summary>
    public static byte[] DirectoryNames(ReadOnlyMemory<byte> name)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 4)))
        {
            writer.WriteEncodedValue(name.Span);
        }

        return writer.Encode();
    }

    private static void WriteUriPoint(AsnWriter writer, string uri)
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        {
            writer.WriteCharacterString(UniversalTagNumber.IA5String, uri, new Asn1Tag(TagClass.ContextSpecific, 6));
        }
    }

    private static X509Extension Alternative(int form, string text) => Make("2.5.29.17", false, writer =>
    {
        using (writer.PushSequence())
        {
            writer.WriteCharacterString(UniversalTagNumber.IA5String, text, new Asn1Tag(TagClass.ContextSpecific, form));
        }
    });

    /// <summary>Name constraints of one subtree.</summary>
    public static X509Extension Constraint(bool excluded, Action<AsnWriter> name) => Make("2.5.29.30", critical: true, writer =>
    {
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, excluded ? 1 : 0)))
        using (writer.PushSequence())
        {
            name(writer);
        }
    });

    /// <summary>Alternative names as the caller writes them.</summary>
    public static X509Extension Names(Action<AsnWriter> names) => Make("2.5.29.17", critical: false, writer =>
    {
        using (writer.PushSequence())
        {
            names(writer);
        }
    });

    public static X509Extension Make(string oid, bool critical, Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return new X509Extension(oid, writer.Encode(), critical);
    }
}
