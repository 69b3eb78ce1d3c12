using ESign.Pdf.Document;

namespace ESign.Pdf.Signing;

/// <summary>The JSON form of <see cref="PreparedDocument"/>, version 1.</summary>
internal sealed record PreparedDocumentJson(int Version, string FieldName, long[] ByteRange, int Capacity, string DigestAlgorithm, byte[] Digest, string SubFilter)
{
    private const int CurrentVersion = 1;

    public static PreparedDocumentJson From(PreparedDocument prepared) => new(
        CurrentVersion,
        prepared.FieldName,
        WriteRange(prepared.ByteRange),
        prepared.Capacity,
        prepared.DigestAlgorithm.Name,
        prepared.Digest.ToArray(),
        prepared.Profile.SubFilter);

    public PreparedDocument ToPrepared() => new()
    {
        FieldName = Version == CurrentVersion ? FieldName ?? "" : throw new FormatException($"version {Version}; this program reads version {CurrentVersion}"),
        ByteRange = ReadRange(ByteRange),
        Capacity = Capacity,
        DigestAlgorithm = Pki.Keys.DigestAlgorithm.All.FirstOrDefault(known => known.Name == DigestAlgorithm) ?? throw new FormatException($"unknown digest algorithm {DigestAlgorithm}"),
        Digest = Digest ?? throw new FormatException("digest is missing"),
        Profile = SignatureProfile.FromSubFilter(SubFilter),
    };

    public static long[] WriteRange(ByteRange range) => [0, range.FirstLength, range.SecondStart, range.SecondLength];

    public static ByteRange ReadRange(long[]? numbers) => numbers is [0, >= 0 and var first, >= 0 and var start, >= 0 and var length] && start > first
        ? new ByteRange(first, start, length)
        : throw new FormatException("byteRange is not four increasing numbers from 0");
}
