using System.Text;
using ESign.Pdf.Content;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>Reads the content of an appearance for what it paints: nothing, lines, areas or pictures.</summary>
/// <remarks>ISO 32000-2 annex A; §11.6.4 and §11.3.5 for what is painted so that what lies below stays readable.</remarks>
internal sealed class Paint
{
    /// <summary>In points on the page: a rule, an underline or a frame stays below, a line of text does not.</summary>
    public const double Thin = 4;

    /// <summary>What is at most so opaque leaves black text below it readable.</summary>
    public const double Translucent = 0.7;

    /// <summary>The part of a place that must be painted before it counts as covered.</summary>
    public const double Dense = 0.4;

    /// <summary>Several veils over one place, as the logarithm of what they let through together: what one opaque by 0.73 lets through.</summary>
    private const double ManyVeils = 1.3;

    private const int MaxForms = 64;
    private const int MaxDepth = 8;
    private const int MaxStates = 256;

    /// <summary>Bytes of content that count as one step: each is an operator or half a number to look at.</summary>
    private const int BytesPerStep = 2;

    private readonly IObjectResolver _view;
    private readonly AnalysisBudget _budget;
    private readonly bool _countsText;
    private readonly double[] _operands = new double[6];
    private int _count;
    private int _forms;
    private Painting _painting;
    private double _filled;
    private Bounds _opaque = Bounds.Empty;
    private double _veil;
    private Bounds _veiled = Bounds.Empty;

    private Paint(IObjectResolver view, AnalysisBudget budget, bool countsText) => (_view, _budget, _countsText) = (view, budget, countsText);

    /// <summary>What a normal appearance paints; a dictionary of states, or something else than a stream, counts as a picture.</summary>
    /// <param name="appearance">The stream.</param>
    /// <param name="view">Its document.</param>
    /// <param name="budget">What reading the content is charged to.</param>
    /// <param name="place">The annotation's rectangle, into which the appearance is scaled (§12.5.5); null for its natural size.</param>
    /// <param name="countsText">Whether text is a picture; else it is nothing: it hides little of what lies below.</param>
    public static Painting Of(PdfObject? appearance, IObjectResolver view, AnalysisBudget budget, PdfRectangle? place = null, bool countsText = true)
    {
        switch (view.Resolve(appearance))
        {
            case PdfNull:
                return Painting.Nothing;
            case PdfStream form:
                var paint = new Paint(view, budget, countsText);
                paint.Run(form, new State(Placement(form, view, place), 1, Ink.Black, Ink.Black, false), 0);
                return paint._painting;
            default:
                return Painting.Pictures;
        }
    }

    private static PdfMatrix Placement(PdfStream form, IObjectResolver view, PdfRectangle? place) =>
        place is { } box
        && view.Array(form.Dictionary["BBox"]) is { Count: 4 } bounds
        && Math.Abs(view.Number(bounds[2], 0) - view.Number(bounds[0], 0)) is > 0 and var width
        && Math.Abs(view.Number(bounds[3], 0) - view.Number(bounds[1], 0)) is > 0 and var height
            ? PdfMatrix.Scaling(box.Width / width, box.Height / height)
            : PdfMatrix.Identity;

    private void Run(PdfStream form, State state, int depth)
    {
        if (++_forms > MaxForms || depth > MaxDepth)
        {
            Raise(Painting.Pictures);
            return;
        }

        var content = new Content(_view.Dictionary(form.Dictionary["Resources"]) ?? PdfDictionary.Empty, state, depth);
        ReadOnlySpan<byte> bytes = _view.DecodeOrEmpty(form).Span;
        _budget.Spend(1 + (bytes.Length / BytesPerStep));
        var lexer = new Lexer(bytes);
        while (lexer.Next() && _painting < Painting.Pictures)
        {
            switch (lexer.Kind)
            {
                case TokenKind.Integer or TokenKind.Real:
                    Push(lexer.Number);
                    break;
                case TokenKind.Name:
                    content.Name = StringDecoder.Name(lexer.Text);
                    break;
                case TokenKind.Keyword:
                    string @operator = Encoding.Latin1.GetString(lexer.Text);
                    ChangeState(@operator, content);
                    PaintBy(@operator, content);
                    content.Path = PathAfter(@operator, content.Path, content.State.Matrix);
                    _count = 0;
                    break;
            }
        }
    }

    private void ChangeState(string @operator, Content content)
    {
        State state = content.State;
        switch (@operator)
        {
            case "q" when content.Saved.Count < MaxStates:
                content.Saved.Push(state);
                break;
            case "Q" when content.Saved.Count > 0:
                content.State = content.Saved.Pop();
                break;
            case "cm":
                content.State = state with { Matrix = new PdfMatrix(At(5), At(4), At(3), At(2), At(1), At(0)).Then(state.Matrix) };
                break;
            case "w":
                content.State = state with { Width = At(0) };
                break;
            case "gs":
                content.State = WithParameters(state, content);
                break;
            case "g" or "rg" or "k" or "sc" or "scn" or "cs":
                content.State = state with { Fill = state.Fill with { Light = Light(@operator) } };
                break;
            case "G" or "RG" or "K" or "SC" or "SCN" or "CS":
                content.State = state with { Stroke = state.Stroke with { Light = Light(@operator) } };
                break;
        }
    }

    private State WithParameters(State state, Content content)
    {
        if (content.Name is not { } name || _view.Dictionary(_view.Dictionary(content.Resources["ExtGState"])?[name]) is not { } parameters)
        {
            return state;
        }

        return state with
        {
            Fill = state.Fill with { Alpha = _view.Number(parameters["ca"], state.Fill.Alpha) },
            Stroke = state.Stroke with { Alpha = _view.Number(parameters["CA"], state.Stroke.Alpha) },
            Blends = parameters.ContainsKey("BM") ? Blends(_view.Resolve(parameters["BM"])) : state.Blends,
        };
    }

    /// <summary>How light a colour is by its strongest component: black text stands out on pure blue still. A pattern may be anything.</summary>
    private double Light(string @operator) => (@operator is "cs" or "CS" ? 0 : _count) switch
    {
        1 => At(0),
        3 => Math.Max(At(0), Math.Max(At(1), At(2))),
        4 => (1 - At(0)) * (1 - Math.Min(At(1), Math.Min(At(2), At(3)))),
        _ => 0,
    };

    private Path PathAfter(string @operator, Path path, PdfMatrix matrix) => @operator switch
    {
        "m" => path.From(matrix, At(1), At(0)),
        "l" => path.To(matrix, At(1), At(0)),
        "c" => path.To(matrix, At(5), At(4)).To(matrix, At(3), At(2)).To(matrix, At(1), At(0)),
        "v" or "y" => path.To(matrix, At(3), At(2)).To(matrix, At(1), At(0)),
        "re" => path.From(matrix, At(3), At(2)).To(matrix, At(3) + At(1), At(2)).To(matrix, At(3) + At(1), At(2) + At(0)).To(matrix, At(3), At(2) + At(0)).To(matrix, At(3), At(2)),
        "f" or "F" or "f*" or "B" or "B*" or "b" or "b*" or "S" or "s" or "n" => Path.Empty,
        _ => path,
    };

    private void PaintBy(string @operator, Content content)
    {
        switch (@operator)
        {
            case "f" or "F" or "f*":
                Fill(content.Path, content.State);
                break;
            case "B" or "B*" or "b" or "b*":
                Fill(content.Path, content.State);
                Stroke(content.Path, content.State);
                break;
            case "S" or "s":
                Stroke(content.Path, content.State);
                break;
            case "Do" when Form(content) is { } form:
                PdfMatrix matrix = _view.Matrix(form.Dictionary["Matrix"]) ?? PdfMatrix.Identity;
                Run(form, content.State with { Matrix = matrix.Then(content.State.Matrix) }, content.Depth + 1);
                break;
            case "Tj" or "TJ" or "'" or "\"" when !_countsText:
                break;
            case "Tj" or "TJ" or "'" or "\"" or "Do" or "BI" or "sh":
                Raise(Painting.Pictures);
                break;
        }
    }

    private PdfStream? Form(Content content) =>
        content.Name is { } name
        && _view.Dictionary(content.Resources["XObject"]) is { } objects
        && _view.Resolve(objects[name]) is PdfStream form
        && _view.Name(form.Dictionary["Subtype"]) == "Form"
            ? form
            : null;

    private void Fill(Path path, State state)
    {
        Bounds bounds = path.Bounds;
        Cover(bounds, bounds.Width * bounds.Height, state.Fill.LetsThrough(state.Blends), isSolid: bounds.Width > Thin && bounds.Height > Thin);
    }

    private void Stroke(Path path, State state)
    {
        double width = state.Width * Math.Sqrt(Math.Abs((state.Matrix.A * state.Matrix.D) - (state.Matrix.B * state.Matrix.C)));
        Cover(path.Bounds.Widened(width / 2), path.Length * width, state.Stroke.LetsThrough(state.Blends), isSolid: width > Thin);
    }

    /// <summary>Strips and lines that lie close together hide what one of them would not, and so do several veils upon each other.</summary>
    private void Cover(Bounds bounds, double area, double letsThrough, bool isSolid)
    {
        if (bounds.IsEmpty)
        {
            return;
        }

        Raise(Painting.Lines);
        if (letsThrough < 1 - Translucent)
        {
            _filled += area;
            _opaque = _opaque.With(bounds);
            Raise(isSolid || (_opaque.IsWide && _filled > _opaque.Width * _opaque.Height * Dense) ? Painting.Areas : Painting.Lines);
        }
        else
        {
            _veil -= area * Math.Log(letsThrough);
            _veiled = _veiled.With(bounds);
            Raise(_veiled.IsWide && _veil > _veiled.Width * _veiled.Height * ManyVeils ? Painting.Areas : Painting.Lines);
        }
    }

    private bool Blends(PdfObject mode) => (mode is PdfArray { Count: > 0 } modes ? _view.Resolve(modes[0]) : mode) is PdfName { Value: "Multiply" or "Darken" or "ColorBurn" };

    private void Raise(Painting painting) => _painting = painting > _painting ? painting : _painting;

    private void Push(double number)
    {
        _operands.AsSpan(0, 5).CopyTo(_operands.AsSpan(1));
        _operands[0] = number;
        _count = Math.Min(_count + 1, _operands.Length);
    }

    /// <summary>The operand that stands so many places before the operator.</summary>
    private double At(int fromEnd) => fromEnd < _count ? _operands[fromEnd] : 0;

    /// <summary>Where the reading of one content stream stands.</summary>
    private sealed class Content(PdfDictionary resources, State state, int depth)
    {
        public PdfDictionary Resources { get; } = resources;

        public int Depth { get; } = depth;

        public Stack<State> Saved { get; } = [];

        public State State { get; set; } = state;

        public Path Path { get; set; } = Path.Empty;

        /// <summary>The last name read: the operand of <c>gs</c> and <c>Do</c>.</summary>
        public string? Name { get; set; }
    }

    private readonly record struct State(PdfMatrix Matrix, double Width, Ink Fill, Ink Stroke, bool Blends);

    /// <summary>What is painted with: how opaque, and how light.</summary>
    private readonly record struct Ink(double Alpha, double Light)
    {
        public static Ink Black { get; } = new(1, 0);

        /// <summary>How much of white paper is left: a colour that is multiplied with it leaves what is as light as the colour.</summary>
        public double LetsThrough(bool blends) => Math.Clamp(1 - (Alpha * (blends ? 1 - Light : 1)), 0, 1);
    }

    /// <summary>A path as far as it is drawn: where it lies, how long it is and where it stands.</summary>
    private readonly record struct Path(Bounds Bounds, double Length, PdfPoint Last)
    {
        public static Path Empty { get; } = new(Bounds.Empty, 0, default);

        public Path From(PdfMatrix matrix, double x, double y)
        {
            PdfPoint point = matrix.Apply(new PdfPoint(x, y));
            return new Path(Bounds.With(point), Length, point);
        }

        public Path To(PdfMatrix matrix, double x, double y)
        {
            PdfPoint point = matrix.Apply(new PdfPoint(x, y));
            return new Path(Bounds.With(point), Length + (Bounds.IsEmpty ? 0 : Math.Sqrt(((point.X - Last.X) * (point.X - Last.X)) + ((point.Y - Last.Y) * (point.Y - Last.Y)))), point);
        }
    }

    private readonly record struct Bounds(double Left, double Bottom, double Right, double Top)
    {
        public static Bounds Empty { get; } = new(double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);

        public bool IsEmpty => Left > Right;

        public bool IsWide => Width > Thin && Height > Thin;

        public double Width => Right - Left;

        public double Height => Top - Bottom;

        public Bounds With(Bounds other) => new(Math.Min(Left, other.Left), Math.Min(Bottom, other.Bottom), Math.Max(Right, other.Right), Math.Max(Top, other.Top));

        public Bounds With(PdfPoint point) => new(Math.Min(Left, point.X), Math.Min(Bottom, point.Y), Math.Max(Right, point.X), Math.Max(Top, point.Y));

        public Bounds Widened(double by) => IsEmpty ? this : new(Left - by, Bottom - by, Right + by, Top + by);
    }
}
