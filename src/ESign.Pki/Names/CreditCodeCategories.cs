namespace ESign.Pki.Names;

/// <summary>The registering departments and their categories of holders.</summary>
/// <remarks>
/// GB 32100-2015 with amendment 1 of 2016, table 1, as published with the codes' explanation 《统一社会信用代码解析登记管理部门和机构类别》
/// (osuse.cn/post/10002590.html): departments 1 to 9, A, N and Y; Y has the category 1 alone, and 9 has no "others". The civil
/// affairs departments have since registered villagers' and residents' committees under 54 and 55.
/// </remarks>
internal static class CreditCodeCategories
{
    public static string? Find(char department, char category) => (department, category) switch
    {
        ('1', '1') => "机关",
        ('1', '2') => "事业单位",
        ('1', '3') => "中央编办直接管理机构编制的群众团体",
        ('2', '1') => "外国常驻新闻机构",
        ('3', '1') => "律师执业机构",
        ('3', '2') => "公证处",
        ('3', '3') => "基层法律服务所",
        ('3', '4') => "司法鉴定机构",
        ('3', '5') => "仲裁委员会",
        ('4', '1') => "外国在华文化中心",
        ('5', '1') => "社会团体",
        ('5', '2') => "民办非企业单位",
        ('5', '3') => "基金会",
        ('5', '4' or '5') => "基层群众性自治组织",
        ('6', '1') => "外国旅游部门常驻代表机构",
        ('6', '2') => "港澳台地区旅游部门常驻内地（大陆）代表机构",
        ('7', '1') => "宗教活动场所",
        ('7', '2') => "宗教院校",
        ('8', '1') => "基层工会",
        ('9', '1') => "企业",
        ('9', '2') => "个体工商户",
        ('9', '3') => "农民专业合作社",
        ('A', '1') => "军队事业单位",
        ('N', '1') => "组级集体经济组织",
        ('N', '2') => "村级集体经济组织",
        ('N', '3') => "乡镇级集体经济组织",
        ('Y', '1') => "其他",
        ('1' or '2' or '3' or '4' or '5' or '6' or '7' or '8' or 'A' or 'N', '9') => "其他",
        _ => null,
    };
}
