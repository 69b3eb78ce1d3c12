namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>The gap that a signature leaves out for its own value holds an object: signature wrapping.</summary>
internal sealed class ObjectInGapRule()
    : ModificationRule("object-in-signature-gap", "ISO 32000-2 §12.8.1; signature wrapping (CCS 2019)", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.File, Key: FileChange.InGap };

    public override string Describe(Change change) => "有对象藏在签名未覆盖的 /Contents 间隙中 / An object lies in the gap for /Contents, which no signature covers";
}
