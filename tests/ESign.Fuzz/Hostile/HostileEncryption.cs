using System.Text;
using ESign.Testing.PdfBuilder;
using static ESign.Fuzz.Hostile.HostileTrees;

namespace ESign.Fuzz.Hostile;

/// <summary>Encryption dictionaries that lie.</summary>
internal static class HostileEncryption
{
    private const string Bytes32 = "<4142434445464748494A4B4C4D4E4F505152535455565758595A303132333435>";
    private const string Bytes48 = "<4142434445464748494A4B4C4D4E4F505152535455565758595A3031323334354142434445464748494A4B4C4D4E4F50>";
    private const string Aes256 = "/Filter/Standard/V 5/R 6/P -4/O " + Bytes48 + "/U " + Bytes48 + "/OE " + Bytes32 + "/UE " + Bytes32;

    public static IReadOnlyList<HostileFile> Files { get; } =
    [
        new("encrypt-length-beyond", () => Encrypted($"/Filter/Standard/V 2/R 3/P -4/Length 2147483647/O {Bytes32}/U {Bytes32}")),
        new("encrypt-length-negative", () => Encrypted($"/Filter/Standard/V 2/R 3/P -4/Length -8/O {Bytes32}/U {Bytes32}")),
        new("encrypt-length-zero", () => Encrypted($"/Filter/Standard/V 2/R 3/P -4/Length 0/O {Bytes32}/U {Bytes32}")),
        new("encrypt-length-of-other-kind", () => Encrypted($"/Filter/Standard/V 2/R 3/P -4/Length/Many/O {Bytes32}/U {Bytes32}")),
        new("encrypt-v-unknown", () => Encrypted($"/Filter/Standard/V 3/R 3/P -4/O {Bytes32}/U {Bytes32}")),
        new("encrypt-r-unknown", () => Encrypted($"/Filter/Standard/V 5/R 7/P -4/O {Bytes48}/U {Bytes48}")),
        new("encrypt-v-and-r-beyond", () => Encrypted($"/Filter/Standard/V 4294967297/R 4294967298/P -4/O {Bytes32}/U {Bytes32}")),
        new("encrypt-o-and-u-empty", () => Encrypted("/Filter/Standard/V 1/R 2/P -4/O()/U()")),
        new("encrypt-o-and-u-of-megabytes", () => Encrypted($"/Filter/Standard/V 1/R 2/P -4/O({new string('o', 4_000_000)})/U({new string('u', 4_000_000)})")),
        new("encrypt-without-p", () => Encrypted($"/Filter/Standard/V 1/R 2/O {Bytes32}/U {Bytes32}")),
        new("encrypt-p-beyond", () => Encrypted($"/Filter/Standard/V 1/R 2/P 1e300/O {Bytes32}/U {Bytes32}")),
        new("encrypt-without-filter", () => Encrypted($"/V 1/R 2/P -4/O {Bytes32}/U {Bytes32}")),
        new("encrypt-public-key", () => Encrypted("/Filter/Adobe.PubSec/SubFilter/adbe.pkcs7.s5/V 4/CF<</DefaultCryptFilter<</CFM/AESV2/Recipients[<00>]>>>>/StmF/DefaultCryptFilter/StrF/DefaultCryptFilter")),
        new("encrypt-wrong-password", () => Encrypted($"/Filter/Standard/V 1/R 2/P -4/O {Bytes32}/U {Bytes32}")),
        new("encrypt-aes256-wrong-password", () => Encrypted(Aes256 + "/CF<</StdCF<</CFM/AESV3>>>>/StmF/StdCF/StrF/StdCF")),
        new("encrypt-aes256-short-keys", () => Encrypted($"/Filter/Standard/V 5/R 6/P -4/O {Bytes48}/U {Bytes48}/OE(x)/UE()")),
        new("encrypt-crypt-filter-missing", () => Encrypted(Aes256 + "/StmF/StdCF/StrF/StdCF")),
        new("encrypt-crypt-filter-of-itself", () => Encrypted(Aes256 + "/CF 40 0 R/StmF/CF/StrF/CF")),
        new("encrypt-crypt-filter-unknown", () => Encrypted(Aes256 + "/CF<</StdCF<</CFM/ROT13>>>>/StmF/StdCF/StrF/StdCF")),
        new("encrypt-crypt-filter-of-another-version", () => Encrypted(Aes256 + "/CF<</StdCF<</CFM/V2>>>>/StmF/StdCF/StrF/StdCF")),
        new("encrypt-crypt-filters-100000", () => Encrypted(Aes256 + "/CF<<" + string.Concat(Enumerable.Range(0, 100_000).Select(n => $"/C{n}<</CFM/AESV3>>")) + ">>/StmF/StdCF/StrF/StdCF")),
        new("encrypt-identity", () => Encrypted(Aes256 + "/StmF/Identity/StrF/Identity")),
        new("encrypt-is-itself", () => Trailer("/Encrypt 40 0 R", pdf => pdf.Object(40, "40 0 R"))),
        new("encrypt-is-an-array", () => Trailer("/Encrypt[40 0 R]", pdf => pdf)),
        new("encrypt-is-a-stream", () => Trailer("/Encrypt 40 0 R", pdf => pdf.Stream(40, $"/Filter/Standard/V 1/R 2/P -4/O {Bytes32}/U {Bytes32}", "xx"))),
        new("encrypt-is-the-catalog", () => Trailer("/Encrypt 1 0 R", pdf => pdf)),
        new("encrypt-is-missing", () => Trailer("/Encrypt 999 0 R", pdf => pdf)),
        new("encrypt-lies-in-an-object-stream", () => OnePage().ObjectStream(3, (40, $"<</Filter/Standard/V 1/R 2/P -4/O {Bytes32}/U {Bytes32}>>")).EndRevision(XrefStyle.Stream, "/Root 1 0 R/Encrypt 40 0 R").ToBytes()),
        new("id-of-megabytes", () => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(Trailer($"/Encrypt 40 0 R/ID[({new string('i', 4_000_000)})1 0 R]", pdf => pdf.Object(40, $"<</Filter/Standard/V 2/R 3/P -4/Length 128/O {Bytes32}/U {Bytes32}>>"))))),
    ];

    private static byte[] Encrypted(string entries) => Trailer("/Encrypt 40 0 R/ID[<41><42>]", pdf => pdf.Object(40, $"<<{entries}>>"));

    private static byte[] Trailer(string entries, Func<TestPdf, TestPdf> add) => add(OnePage()).EndRevision(XrefStyle.Table, "/Root 1 0 R" + entries).ToBytes();
}
