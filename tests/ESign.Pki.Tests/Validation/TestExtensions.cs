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

    private static X509Extension Alternative(int form, string text) => Make("2.5.29.17", false, writer =>
    {
        using (writer.PushSequence())
        {
            writer.WriteCharacterString(UniversalTagNumber.IA5String, text, new Asn1Tag(TagClass.ContextSpecific, form));
        }
    });

    private static X509Extension Make(string oid, bool critical, Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return new X509Extension(oid, writer.Encode(), critical);
    }
}
