namespace ESign.Pdf.Seals;

/// <summary>Why an image cannot become a seal. The names are stable and appear in JSON answers.</summary>
internal enum SealImageError
{
    /// <summary>The file is larger than 5 MB.</summary>
    FileTooLarge,

    /// <summary>The picture has more than 16 million pixels.</summary>
    TooManyPixels,

    /// <summary>Neither PNG nor JPEG, or a kind of them that PDF readers do not show.</summary>
    UnsupportedFormat,

    /// <summary>The file is cut off or its data is damaged.</summary>
    Corrupt,
}
