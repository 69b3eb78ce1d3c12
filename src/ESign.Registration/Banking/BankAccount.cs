namespace ESign.Registration.Banking;

/// <summary>An organisation's account at a bank (对公账户).</summary>
/// <param name="Holder">In whose name; the organisation's.</param>
/// <param name="Number">Its number, 8 to 32 digits.</param>
/// <param name="Bank">The bank and branch.</param>
public sealed record BankAccount(string Holder, string Number, string Bank)
{
    /// <summary>The last four digits, the others as stars.</summary>
    public string MaskedNumber => Number.Length <= 4 ? new string('*', Number.Length) : new string('*', Number.Length - 4) + Number[^4..];

    /// <summary>The masked number, never the full one.</summary>
    /// <returns>Holder, masked number and bank.</returns>
    public override string ToString() => $"{Holder} {MaskedNumber} {Bank}";
}
