namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>Explains one kind of change, and says what it takes to allow it.</summary>
/// <param name="rule">The rule's name; stable between versions.</param>
/// <param name="citation">The clause it rests on.</param>
/// <param name="level">How grave the change is; <see cref="ModificationLevel.Other"/> is never permitted.</param>
internal abstract class ModificationRule(string rule, string citation, ModificationLevel level)
{
    public string Rule { get; } = rule;

    public string Citation { get; } = citation;

    public ModificationLevel Level { get; } = level;

    /// <summary>Whether the change is of this kind.</summary>
    public abstract bool Explains(Change change, RevisionStep step);

    /// <summary>What happened, in Chinese and English.</summary>
    public abstract string Describe(Change change);

    /// <summary>Why the restrictions in force forbid it, in Chinese and English; null when they do not.</summary>
    public virtual string? Objection(Change change, Restrictions inForce) => Level switch
    {
        ModificationLevel.None or ModificationLevel.LongTermData => null,
        ModificationLevel.FormFilling when !inForce.AllowsForms => "认证签名不允许任何更改 / the certification allows no changes",
        ModificationLevel.FormFilling when change.Field is { } field && inForce.Locks(field.Name) => $"域“{field.Name}”已被签名锁定 / a signature locks the field {field.Name}",
        ModificationLevel.FormFilling => null,
        ModificationLevel.Annotations when inForce.AllowsAnnotations => null,
        ModificationLevel.Annotations => "签名不允许批注更改 / the signatures do not allow changes to annotations",
        _ => "任何签名都不允许此类更改 / no signature allows this",
    };
}
