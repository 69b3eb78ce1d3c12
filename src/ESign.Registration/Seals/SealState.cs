namespace ESign.Registration.Seals;

/// <summary>Where a seal stands.</summary>
internal enum SealState
{
    /// <summary>审核中: an uploaded picture waits for a reviewer.</summary>
    UnderReview,

    /// <summary>已启用.</summary>
    Enabled,

    /// <summary>已停用: may be enabled again.</summary>
    Suspended,

    /// <summary>审核未通过.</summary>
    Rejected,

    /// <summary>作废: never used again.</summary>
    Void,
}
