using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace ESign.AspNetCore.Operations;

/// <summary>Listens to the service's meter and writes what it heard in the Prometheus text format.</summary>
/// <remarks>Prometheus exposition format 0.0.4: HELP, TYPE, samples; label values escape backslash, quote and line feed.</remarks>
internal sealed class PrometheusText : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Seconds; from a cached answer to a request that waited for its turn.</summary>
    private static readonly double[] Buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private const string Histogram = "histogram";
    private const string Gauge = "gauge";

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, Family> _families = new(StringComparer.Ordinal);

    public PrometheusText(IMeterFactory factory)
    {
        object scope = factory;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (string.Equals(instrument.Meter.Name, ServiceMetrics.MeterName, StringComparison.Ordinal) && ReferenceEquals(instrument.Meter.Scope, scope))
            {
                Family family = _families.GetOrAdd(instrument.Name, _ => new Family(instrument.Description ?? "", KindOf(instrument)));
                listener.EnableMeasurementEvents(instrument, family);
            }
        };
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => ((Family)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => ((Family)family!).Record(value, tags));
        _listener.Start();
    }

    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach ((string name, Family family) in _families.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {family.Help}\n# TYPE {name} {family.Kind}\n");
            foreach ((string labels, Series series) in family.Describe())
            {
                Write(text, name, labels, string.Equals(family.Kind, Histogram, StringComparison.Ordinal), series);
            }
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private static string KindOf(Instrument instrument) => instrument switch
    {
        Histogram<double> => Histogram,
        ObservableGauge<double> => Gauge,
        _ => "counter",
    };

    private static void Write(StringBuilder text, string name, string labels, bool isHistogram, Series series)
    {
        if (!isHistogram)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{Braced(labels)} {series.Sum}\n");
            return;
        }

        long below = 0;
        for (int i = 0; i <= Buckets.Length; i++)
        {
            below += series.Counts[i];
            string bound = i == Buckets.Length ? "+Inf" : Buckets[i].ToString(CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{Braced(labels + (labels.Length > 0 ? "," : "") + $"le=\"{bound}\"")} {below}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{name}_sum{Braced(labels)} {series.Sum}\n{name}_count{Braced(labels)} {below}\n");
    }

    private static string Braced(string labels) => labels.Length == 0 ? "" : "{" + labels + "}";

    private static string Label(KeyValuePair<string, object?> tag)
    {
        string value = Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "";
        value = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return $"{tag.Key}=\"{value}\"";
    }

    /// <summary>The labels of a series, compared by value: no text is made of them until somebody reads.</summary>
    private readonly record struct Labels(KeyValuePair<string, object?> First, KeyValuePair<string, object?> Second)
    {
        public override string ToString() => string.Join(',', new[] { First, Second }.Where(static tag => tag.Key is not null).Select(Label));
    }

    private sealed class Family(string help, string kind)
    {
        private readonly ConcurrentDictionary<Labels, Series> _series = new();

        public string Help { get; } = help;

        public string Kind { get; } = kind;

        public IEnumerable<(string Labels, Series Series)> Describe() =>
            _series.Select(static pair => (Labels: pair.Key.ToString(), pair.Value)).OrderBy(static pair => pair.Labels, StringComparer.Ordinal);

        /// <summary>Counts, with two labels at most.</summary>
        public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var labels = new Labels(tags.Length > 0 ? tags[0] : default, tags.Length > 1 ? tags[1] : default);
            Series series = _series.GetOrAdd(labels, static (_, kind) => new Series(string.Equals(kind, Histogram, StringComparison.Ordinal) ? Buckets.Length + 1 : 0), Kind);
            lock (series)
            {
                series.Sum = string.Equals(Kind, Gauge, StringComparison.Ordinal) ? value : series.Sum + value;
                if (series.Counts.Length > 0)
                {
                    int bucket = Array.FindIndex(Buckets, bound => value <= bound);
                    series.Counts[bucket < 0 ? Buckets.Length : bucket]++;
                }
            }
        }
    }

    private sealed class Series(int buckets)
    {
        public double Sum { get; set; }

        public long[] Counts { get; } = new long[buckets];
    }
}
