namespace ESign.Cli;

/// <summary>Every exit code of <c>esign</c>: a verdict is 0, 1, 2 or 3; the rest follow BSD <c>sysexits.h</c>.</summary>
internal static class CliExit
{
    /// <summary>Done; or judged and valid.</summary>
    public const int Success = 0;

    /// <summary>Judged, and not valid.</summary>
    public const int Invalid = 1;

    /// <summary>Judged, but what is at hand does not decide.</summary>
    public const int Undetermined = 2;

    /// <summary>Judged: there is no signature.</summary>
    public const int Unsigned = 3;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>An input file cannot be understood.</summary>
    public const int DataError = 65;

    /// <summary>An input file is missing or cannot be opened.</summary>
    public const int NoInput = 66;

    /// <summary>A seal cannot go where it was asked to: keyword missing, outside the page, over another signature.</summary>
    public const int PlacementRefused = 67;

    /// <summary>A service outside (timestamp, OCSP, CRL, registry) did not answer usefully.</summary>
    public const int Unavailable = 69;

    /// <summary>A defect in ESign itself.</summary>
    public const int Software = 70;

    /// <summary>The output cannot be written.</summary>
    public const int CannotCreate = 73;

    /// <summary>A password, PIN or permission is missing or wrong.</summary>
    public const int NoPermission = 77;
}
