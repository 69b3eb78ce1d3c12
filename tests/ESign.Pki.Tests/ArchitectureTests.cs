using ESign.Testing;

namespace ESign.Pki.Tests;

public class ArchitectureTests
{
    [Fact]
    public void Folders_name_only_the_folders_below_them() => FolderArrows.Check("ESign.Pki", new Dictionary<string, string[]>
    {
        ["Asn1"] = [],
        ["Keys"] = ["Asn1"],
        ["Names"] = ["Asn1"],
        ["Certificates"] = ["Asn1", "Keys", "Names"],
        ["Cms"] = ["Asn1", "Keys", "Names", "Certificates"],
        ["Timestamping"] = ["Asn1", "Keys", "Certificates", "Cms"],
        ["ElectronicSeals"] = ["Asn1", "Keys", "Certificates", "Cms", "Timestamping"],
        ["Revocation"] = ["Asn1", "Keys", "Names", "Certificates"],
        ["Validation"] = ["Asn1", "Keys", "Names", "Certificates", "Revocation"],
        ["Issuance"] = ["Asn1", "Keys", "Names", "Certificates", "Revocation"],
        ["Transparency"] = ["Keys"],
    });
}
