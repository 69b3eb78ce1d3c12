namespace ESign.Pki.Asn1;

/// <summary>Object identifiers in dotted form: one partial file per family.</summary>
internal static partial class Oids
{
}
