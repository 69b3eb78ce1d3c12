using ESign.Testing;

namespace ESign.AspNetCore.Tests;

public class ArchitectureTests
{
    [Fact]
    public void Folders_name_only_the_folders_below_them() => FolderArrows.Check("ESign.AspNetCore", new Dictionary<string, string[]>
    {
        ["Operations"] = [],
        ["Authorities"] = ["Operations"],
        ["Audit"] = ["Operations", "Authorities", "Access"],
        ["Timestamps"] = ["Operations", "Authorities", "Audit"],
        ["Access"] = ["Operations", "Authorities"],
        ["Api"] = ["Operations", "Authorities", "Audit", "Access"],
        ["Enrolment"] = ["Operations", "Authorities", "Access", "Api"],
        ["RemoteSigning"] = ["Operations", "Authorities", "Audit", "Access"],
        ["Health"] = ["Operations", "Authorities", "Audit"],
        ["Callbacks"] = ["Operations", "Authorities", "Audit", "Access", "Api"],
        ["Applications"] = ["Operations", "Authorities", "Audit", "Access", "Api", "Callbacks"],
        ["Accounts"] = ["Operations", "Audit", "Access", "Api", "Applications"],
        ["Approvals"] = ["Operations", "Authorities", "Audit", "Access", "Api", "Applications", "Accounts"],
        ["Seals"] = ["Operations", "Access", "Api", "Applications"],
        ["Development"] = ["Authorities", "Audit", "Access"],
    });
}
