using ESign.Pdf.Content;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>Where a comment without an appearance is drawn: readers follow its points, wherever its rectangle is.</summary>
/// <remarks>ISO 32000-2 §12.5.6.6 to §12.5.6.13: /L, /CL, /Vertices, /InkList, /QuadPoints.</remarks>
/// <param name="Bounds">What the points take up; null when there are none.</param>
/// <param name="Length">How long the lines from point to point are.</param>
internal readonly record struct DrawnShape(PdfRectangle? Bounds, double Length)
{
    private static readonly string[] Lines = ["L", "CL", "Vertices"];

    public static DrawnShape Of(PdfDictionary annotation, PdfDocument view, AnalysisBudget budget)
    {
        var shape = new DrawnShape(null, 0);
        foreach (string key in Lines)
        {
            shape = shape.With(view.Resolve(annotation[key]), isLine: true, view, budget);
        }

        foreach (PdfObject stroke in view.Resolve(annotation["InkList"]) as PdfArray ?? PdfArray.Empty)
        {
            shape = shape.With(view.Resolve(stroke), isLine: true, view, budget);
        }

        return shape.With(view.Resolve(annotation["QuadPoints"]), isLine: false, view, budget);
    }

    /// <summary>The shape, as wide as its line, together with the rectangle.</summary>
    public PdfRectangle? Around(PdfRectangle? rectangle, double width)
    {
        if (Bounds is not { } drawn)
        {
            return rectangle;
        }

        var wide = new PdfRectangle(drawn.Left - (width / 2), drawn.Bottom - (width / 2), drawn.Right + (width / 2), drawn.Top + (width / 2));
        return rectangle is { } written ? Union(written, wide) : wide;
    }

    /// <summary>Whether a line of this width fills the place that it is drawn in.</summary>
    public bool Fills(double width) => Bounds is { } drawn && Length * width > (drawn.Width + width) * (drawn.Height + width) * Paint.Dense && drawn.Height > Paint.Thin && drawn.Width > Paint.Thin;

    private DrawnShape With(PdfObject points, bool isLine, PdfDocument view, AnalysisBudget budget)
    {
        if (points is not PdfArray numbers)
        {
            return this;
        }

        (PdfRectangle? bounds, double length, PdfPoint? last) = (Bounds, Length, (PdfPoint?)null);
        budget.Spend(numbers.Count);
        for (int i = 0; i + 1 < numbers.Count; i += 2)
        {
            var point = new PdfPoint(((IObjectResolver)view).Number(numbers[i], 0), ((IObjectResolver)view).Number(numbers[i + 1], 0));
            var at = new PdfRectangle(point.X, point.Y, point.X, point.Y);
            bounds = bounds is { } known ? Union(known, at) : at;
            length += isLine && last is { } from ? Math.Sqrt(((point.X - from.X) * (point.X - from.X)) + ((point.Y - from.Y) * (point.Y - from.Y))) : 0;
            last = point;
        }

        return new DrawnShape(bounds, length);
    }

    private static PdfRectangle Union(PdfRectangle one, PdfRectangle other) =>
        new(Math.Min(one.Left, other.Left), Math.Min(one.Bottom, other.Bottom), Math.Max(one.Right, other.Right), Math.Max(one.Top, other.Top));
}
