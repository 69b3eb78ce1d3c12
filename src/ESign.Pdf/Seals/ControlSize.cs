namespace ESign.Pdf.Seals;

/// <summary>The size of a control in points.</summary>
internal readonly record struct ControlSize(double Width, double Height)
{
    /// <summary>The control of a seal: 42 mm.</summary>
    public static ControlSize Seal { get; } = new(119, 119);

    public static ControlSize Signature { get; } = new(119, 43);

    public static ControlSize Date { get; } = new(119, 20);
}
