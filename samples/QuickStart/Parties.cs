namespace QuickStart;

/// <summary>The parties of the sample contract. All names and numbers are made up; the numbers are well formed.</summary>
internal static class Parties
{
    public static (string Name, string CreditCode, string SealCode) CompanyA => ("深圳示例科技有限公司", "91350100M000100Y43", "4403000000001");

    public static (string Name, string CreditCode, string SealCode) CompanyB => ("杭州样本软件有限公司", "91330100MA0000349D", "3301000000002");

    public static (string Name, string ResidentId) Person => ("张三", "11010519491231002X");
}
