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
    private const double Dense = 0.4;

    private const int MaxForms = 64;
    private const int MaxDepth = 8;
    private const int MaxStates = 256;

    private readonly IObjectResolver _view;
    private readonly double[] _operands = new double[6];
    private int _count;
    private int _forms;
    private Painting _painting;
    private double _filled;
    private Bounds _opaque = Bounds.Empty;

    private Paint(IObjectResolver view) => _view = view;

    /// <summary>What a normal appearance paints; a dictionary of states, or something else than a stream, counts as a picture.</summary>
    /// <param name="appearance">The stream.</param>
    /// <param name="view">Its document.</param>
    /// <param name="place">The annotation's rectangle, into which the appearance is scaled (§12.5.5); null for its natural size.</param>
    public static Painting Of(PdfObject? appearance, IObjectResolver view, PdfRectangle? place = null)
    {
        switch (view.Resolve(appearance))
        {
            case PdfNull:
                return Painting.Nothing;
            case PdfStream form:
                var paint = new Paint(view);
                paint.Run(form, new State(Placement(form, view, place), 1, false), 0);
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
        var lexer = new Lexer(_view.DecodeOrEmpty(form).Span);
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
                    content.Path = PathAfter(@operator, content);
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
                content.State = state with { IsTranslucent = IsTranslucent(content.Resources, content.Name) };
                break;
        }
    }

    private Bounds PathAfter(string @operator, Content content)
    {
        Bounds path = content.Path;
        PdfMatrix matrix = content.State.Matrix;
        return @operator switch
        {
            "m" or "l" => path.With(matrix, At(1), At(0)),
            "c" => path.With(matrix, At(5), At(4)).With(matrix, At(3), At(2)).With(matrix, At(1), At(0)),
            "v" or "y" => path.With(matrix, At(3), At(2)).With(matrix, At(1), At(0)),
            "re" => path.With(matrix, At(3), At(2)).With(matrix, At(3) + At(1), At(2) + At(0)),
            "f" or "F" or "f*" or "B" or "B*" or "b" or "b*" or "S" or "s" or "n" => Bounds.Empty,
            _ => path,
        };
    }

    private void PaintBy(string @operator, Content content)
    {
        switch (@operator)
        {
            case "f" or "F" or "f*":
                Fill(content.Path, content.State);
                break;
            case "B" or "B*" or "b" or "b*":
                Fill(content.Path, content.State);
                Stroke(content.State);
                break;
            case "S" or "s":
                Stroke(content.State);
                break;
            case "Do" when Form(content) is { } form:
                PdfMatrix matrix = _view.Matrix(form.Dictionary["Matrix"]) ?? PdfMatrix.Identity;
                Run(form, content.State with { Matrix = matrix.Then(content.State.Matrix) }, content.Depth + 1);
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

    private void Fill(Bounds path, State state)
    {
        if (path.IsEmpty)
        {
            return;
        }

        Raise(Painting.Lines);
        if (!state.IsTranslucent)
        {
            // Strips that lie close together hide what one of them would not.
            _filled += path.Width * path.Height;
            _opaque = _opaque.With(path);
            bool isArea = _opaque.Width > Thin && _opaque.Height > Thin && _filled > _opaque.Width * _opaque.Height * Dense;
            Raise(isArea || (path.Width > Thin && path.Height > Thin) ? Painting.Areas : Painting.Lines);
        }
    }

    private void Stroke(State state) => Raise(!state.IsTranslucent && state.Width * Math.Sqrt(Math.Abs((state.Matrix.A * state.Matrix.D) - (state.Matrix.B * state.Matrix.C))) > Thin ? Painting.Areas : Painting.Lines);

    private bool IsTranslucent(PdfDictionary resources, string? name) =>
        name is not null
        && _view.Dictionary(_view.Dictionary(resources["ExtGState"])?[name]) is { } parameters
        && (_view.Number(parameters["ca"], 1) <= Translucent || Blends(_view.Resolve(parameters["BM"])));

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

        public Bounds Path { get; set; } = Bounds.Empty;

        /// <summary>The last name read: the operand of <c>gs</c> and <c>Do</c>.</summary>
        public string? Name { get; set; }
    }

    private readonly record struct State(PdfMatrix Matrix, double Width, bool IsTranslucent);

    private readonly record struct Bounds(double Left, double Bottom, double Right, double Top)
    {
        public static Bounds Empty { get; } = new(double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);

        public bool IsEmpty => Left > Right;

        public double Width => Right - Left;

        public double Height => Top - Bottom;

        public Bounds With(Bounds other) => new(Math.Min(Left, other.Left), Math.Min(Bottom, other.Bottom), Math.Max(Right, other.Right), Math.Max(Top, other.Top));

        public Bounds With(PdfMatrix matrix, double x, double y)
        {
            PdfPoint point = matrix.Apply(new PdfPoint(x, y));
            return new Bounds(Math.Min(Left, point.X), Math.Min(Bottom, point.Y), Math.Max(Right, point.X), Math.Max(Top, point.Y));
        }
    }
}
