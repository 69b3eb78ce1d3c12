using System.Globalization;
using System.Text;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>The way through a document to a value; costs one link per level and is only spelled out for a finding.</summary>
internal sealed class Trail
{
    /// <summary>A longer way is shortened in the middle of nowhere: nobody reads it.</summary>
    private const int MaxSpelled = 24;

    private readonly Trail? _from;
    private readonly string _step;

    private Trail(Trail? from, string step, PdfReference? reference, ValueContext context)
    {
        _from = from;
        _step = step;
        Object = reference;
        Context = context;
    }

    /// <summary>The last indirect object on the way.</summary>
    public PdfReference? Object { get; }

    /// <summary>What the value stands for where it is.</summary>
    public ValueContext Context { get; }

    /// <summary>Begins at the value of a key, which is not spelled out; at none where the key is empty.</summary>
    public static Trail From(string key) => new(null, "", null, ValueContext.Of(key));

    public Trail Key(string key) => new(this, "/" + key, Object, Context.Under(key));

    public Trail Index(int index) => new(this, string.Create(CultureInfo.InvariantCulture, $"[{index}]"), Object, Context);

    public Trail At(PdfReference reference) => new(_from, _step, reference, Context);

    public override string ToString()
    {
        var steps = new List<string>();
        for (Trail? at = this; at is not null && steps.Count <= MaxSpelled; at = at._from)
        {
            steps.Add(at._step);
        }

        if (steps.Count > MaxSpelled)
        {
            steps[^1] = "…";
        }

        steps.Reverse();
        return new StringBuilder().AppendJoin("", steps).ToString();
    }
}
