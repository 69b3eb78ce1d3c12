namespace ESign.Pki.Validation;

/// <summary>Collects why evidence could not be used, to be told when nothing else could either.</summary>
internal sealed class EvidenceRemarks
{
    /// <summary>Enough to explain; hostile evidence shall not fill the report.</summary>
    private const int MaximumCount = 8;

    private readonly List<string> _texts = [];

    public IReadOnlyList<string> Texts => _texts;

    /// <summary>Whether some evidence failed only for its age.</summary>
    public bool WasStale { get; private set; }

    /// <summary>Whether some evidence failed only because its signer's certificate has expired.</summary>
    public bool WasOutOfBounds { get; private set; }

    public void Add(string text)
    {
        if (_texts.Count < MaximumCount && !_texts.Contains(text))
        {
            _texts.Add(text);
        }
    }

    public void AddStale(string text)
    {
        WasStale = true;
        Add(text);
    }

    public void AddOutOfBounds(string text)
    {
        WasOutOfBounds = true;
        Add(text);
    }
}
