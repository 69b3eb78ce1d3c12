using ESign.Pki.Names;

namespace ESign.Pki.Issuance;

/// <summary>How an authority works: its store, its addresses, its clock.</summary>
public sealed record CertificateAuthorityOptions
{
    /// <summary>Where certificates are recorded. In memory unless given.</summary>
    public ICertificateRepository Repository { get; init; } = new InMemoryCertificateRepository();

    /// <summary>The addresses put into every certificate this authority issues. None unless given.</summary>
    public PublicationPoints Publication { get; init; } = new();

    /// <summary>
    /// The secret behind pseudonyms in personal certificates. A fresh one per authority unless given: pseudonyms then
    /// cannot be recomputed after the process ends. Whoever keeps an authority keeps this key.
    /// </summary>
    public PseudonymKey Pseudonyms { get; init; } = PseudonymKey.Create();

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// The first octet of every serial number, 1 to 127: several instances that share an issuer key never meet.
    /// </summary>
    public byte InstanceId
    {
        get;
        init => field = value is >= 1 and <= 127
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "实例号应在1至127之间 / An instance id is 1 to 127");
    } = 1;
}
