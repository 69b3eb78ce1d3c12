using ESign.Pki.Certificates;

namespace ESign.Pdf.Signing;

/// <summary>One of several signatures on one document.</summary>
/// <param name="Credential">Who signs; stays the caller's.</param>
/// <param name="Options">What and where; of a plan: <see cref="SigningPlan.OptionsFor"/>.</param>
public sealed record PartySignature(SigningCredential Credential, SignatureOptions Options);
