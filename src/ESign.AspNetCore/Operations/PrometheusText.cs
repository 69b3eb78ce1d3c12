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

    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Family> _families = new(StringComparer.Ordinal);
    private readonly ServiceMetrics _metrics; // keeps the meter alive for as long as it is listened to

    public PrometheusText(ServiceMetrics metrics, IMeterFactory factory)
    {
        _metrics = metrics;
        object scope = factory;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (string.Equals(instrument.Meter.Name, ServiceMetrics.MeterName, StringComparison.Ordinal) && ReferenceEquals(instrument.Meter.Scope, scope))
            {
                lock (_gate)
                {
                    _families[instrument.Name] = new Family(instrument.Description ?? "", instrument is Histogram<double>);
                }

                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        lock (_gate)
        {
            foreach ((string name, Family family) in _families)
            {
                text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {family.Help}\n# TYPE {name} {(family.IsHistogram ? "histogram" : "counter")}\n");
                foreach ((string labels, Series series) in family.Series)
                {
                    Write(text, name, labels, family.IsHistogram, series);
                }
            }
        }

        return text.ToString();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _metrics.Dispose();
    }

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

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string>(tags.Length);
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            labels.Add(Label(tag));
        }

        string key = string.Join(',', labels);
        lock (_gate)
        {
            Family family = _families[instrument.Name];
            if (!family.Series.TryGetValue(key, out Series? series))
            {
                family.Series[key] = series = new Series(family.IsHistogram ? Buckets.Length + 1 : 0);
            }

            series.Sum += value;
            if (family.IsHistogram)
            {
                int bucket = Array.FindIndex(Buckets, bound => value <= bound);
                series.Counts[bucket < 0 ? Buckets.Length : bucket]++;
            }
        }
    }

    private sealed class Family(string help, bool isHistogram)
    {
        public string Help { get; } = help;

        public bool IsHistogram { get; } = isHistogram;

        public SortedDictionary<string, Series> Series { get; } = new(StringComparer.Ordinal);
    }

    private sealed class Series(int buckets)
    {
        public double Sum { get; set; }

        public long[] Counts { get; } = new long[buckets];
    }
}
