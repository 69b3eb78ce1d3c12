namespace ESign.Pdf.Reporting;

/// <summary>What the log says about an event of the timeline.</summary>
internal enum EventProof
{
    /// <summary>The evidence has no proof for it.</summary>
    Missing,

    /// <summary>The checkpoint's signature is wrong: nothing is proven.</summary>
    NoCheckpoint,

    /// <summary>The proof does not lead to the root.</summary>
    Failed,

    /// <summary>The record is in the log, but says something else.</summary>
    Differs,

    /// <summary>The record is in the log and says the same.</summary>
    Proved,
}
