namespace ESign.Pdf.Verification.Modifications;

/// <summary>What judging the changes of one document may cost, counted in objects and values looked at.</summary>
internal sealed class AnalysisBudget
{
    /// <summary>
    /// A contract of 25 signatures costs some 200,000 steps; a hundred thousand objects compared over ten revisions two
    /// million. Beyond this a file was made to keep verifiers busy.
    /// </summary>
    public const long MaxSteps = 20_000_000;

    /// <summary>Bytes of maps and programs that fonts may share, each time they are read: a second of work.</summary>
    public const long MaxRepeatedFonts = 16 << 20;

    private long _steps;

    /// <exception cref="PdfFormatException">The budget is spent.</exception>
    public void Spend(long steps = 1)
    {
        _steps += steps;
        if (_steps > MaxSteps)
        {
            throw new PdfFormatException(PdfErrorCode.LimitExceeded, "比较该文件各修订版所需的处理量过大 / comparing the revisions of this document costs too much", clause: "7.5.6");
        }
    }
}
