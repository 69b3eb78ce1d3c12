namespace ESign.Pdf.Verification.Modifications;

/// <summary>What can be wrong with a file itself: the keys of changes at <see cref="ChangePlace.File"/>.</summary>
internal static class FileChange
{
    public const string Freed = "freed";
    public const string Redirected = "redirected";
    public const string InGap = "in-gap";
    public const string Unlisted = "unlisted";
    public const string Broken = "broken";
    public const string Ambiguous = "ambiguous";
    public const string Trailing = "trailing";
    public const string NoRevision = "no-revision";
    public const string Unreadable = "unreadable";
}
