namespace ESign.Registration.Seals;

/// <summary>That a person may use one seal (印章授权); no other seal comes with it.</summary>
/// <param name="PersonId">The holder's application.</param>
/// <param name="GrantedBy">Who granted it.</param>
/// <param name="At">When.</param>
/// <param name="Until">Until when.</param>
internal sealed record SealGrant(string PersonId, string GrantedBy, DateTimeOffset At, DateTimeOffset Until)
{
    /// <summary>What platforms write for "for ever": 2099-12-12 23:59:59 in China.</summary>
    public static readonly DateTimeOffset NoEnd = new(2099, 12, 12, 23, 59, 59, ChinaTime.Offset);
}
