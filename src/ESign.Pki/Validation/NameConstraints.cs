using ESign.Pki.Certificates;
using ESign.Pki.Names;

namespace ESign.Pki.Validation;

/// <summary>The name constraints that hold at one point of a path.</summary>
/// <remarks>
/// RFC 5280 §6.1.2 (b), (c), §6.1.3 (b), (c), §6.1.4 (g). The permitted subtrees are an intersection: they are kept as
/// one list per certificate, and a name must lie in a subtree of each list that has subtrees of its form.
/// </remarks>
internal sealed class NameConstraints(WorkBudget.Spending budget, bool strict)
{
    private const string Citation = "RFC 5280 §4.2.1.10";

    private readonly List<ILookup<GeneralNameKind, GeneralName>> _permitted = [];
    private readonly List<ILookup<GeneralNameKind, GeneralName>> _excluded = [];
    private readonly Dictionary<GeneralNameKind, PathFinding> _malformed = [];
    private long _subtrees;

    /// <summary>§6.1.4 (g): adds the constraints of an authority.</summary>
    public PathFinding? Add(Certificate authority)
    {
        if (authority.NameConstraints is not { } constraints)
        {
            return null;
        }

        foreach (GeneralSubtree subtree in constraints.Permitted.Concat(constraints.Excluded))
        {
            if (subtree.Minimum != 0 || subtree.Maximum is not null)
            {
                return Finding("名称约束含有 minimum 或 maximum / a name constraint has a minimum or maximum distance", authority);
            }

            if (!NameMatching.IsWellFormed(subtree.Base, strict))
            {
                var malformed = new PathFinding(PathErrorCode.MalformedExtension, Citation, $"名称约束格式错误：{subtree.Base.Text} / malformed name constraint: {subtree.Base.Text}", authority);
                if (strict)
                {
                    return malformed;
                }

                _malformed.TryAdd(subtree.Base.Kind, malformed);
            }
        }

        _subtrees += constraints.Permitted.Count + constraints.Excluded.Count;
        AddTo(_permitted, constraints.Permitted);
        AddTo(_excluded, constraints.Excluded);
        return null;
    }

    /// <summary>§6.1.3 (b), (c): every name of the certificate is permitted and none excluded.</summary>
    public PathFinding? Check(Certificate certificate)
    {
        if (_permitted.Count + _excluded.Count == 0)
        {
            return null;
        }

        List<GeneralName> names = NamesOf(certificate);
        if (!budget.TryNameComparisons(Comparisons(certificate, names)))
        {
            return new PathFinding(PathErrorCode.WorkLimit, Citation, "名称与名称约束过多 / too many names and name constraints to compare", certificate);
        }

        foreach (GeneralName name in names)
        {
            if (CheckName(name, certificate) is { } finding)
            {
                return finding;
            }
        }

        return null;
    }

    private PathFinding? CheckName(GeneralName name, Certificate certificate)
    {
        // "If … an instance of that name form appears …, then the application MUST either process the constraint or reject the certificate."
        if (_malformed.TryGetValue(name.Kind, out PathFinding? malformed))
        {
            return malformed;
        }

        bool understood = name.Kind is GeneralNameKind.Directory or GeneralNameKind.Dns or GeneralNameKind.Email or GeneralNameKind.Uri or GeneralNameKind.IpAddress;
        foreach (ILookup<GeneralNameKind, GeneralName> subtrees in _permitted)
        {
            if (subtrees.Contains(name.Kind) && !(understood && subtrees[name.Kind].Any(subtree => NameMatching.IsWithin(name, subtree))))
            {
                return Finding($"名称不在允许的范围内：{Describe(name)} / the name lies outside the permitted subtrees: {Describe(name)}", certificate);
            }
        }

        foreach (ILookup<GeneralNameKind, GeneralName> subtrees in _excluded)
        {
            if (subtrees.Contains(name.Kind) && (!understood || subtrees[name.Kind].Any(subtree => NameMatching.Touches(name, subtree))))
            {
                return Finding($"名称在排除的范围内：{Describe(name)} / the name lies in an excluded subtree: {Describe(name)}", certificate);
            }
        }

        return null;
    }

    // The subject, the alternative names, mailboxes of either form among them, and – where no alternative name is a mailbox – the subject's emailAddress attributes.
    private static List<GeneralName> NamesOf(Certificate certificate)
    {
        List<GeneralName> names = [.. certificate.SubjectAlternativeName ?? []];
        names.AddRange(names.Where(static name => name.IsInternationalMailbox).Select(static name => Mailbox(name.ReadInternationalMailbox())).ToArray());
        if (!names.Exists(name => name.Kind == GeneralNameKind.Email))
        {
            names.AddRange(certificate.Subject.RelativeNames.SelectMany(set => set)
                .Where(attribute => attribute.IsText && string.Equals(attribute.Oid, AttributeType.EmailAddress, StringComparison.Ordinal))
                .Select(attribute => Mailbox(attribute.Text)));
        }

        if (!certificate.Subject.IsEmpty)
        {
            names.Add(GeneralName.ForDirectory(certificate.Subject));
        }

        return names;
    }

    // RFC 9598 §6: constraints on mailboxes hold for international ones too, the host compared in ASCII, the local part octet by octet.
    private static GeneralName Mailbox(string address)
    {
        int host = address.LastIndexOf('@') + 1;
        return new GeneralName(GeneralNameKind.Email, address[..host] + HostName.ToAscii(address[host..]), default, Directory: null);
    }

    // Every name and every part of the subject with every subtree, whatever their forms: an upper bound that costs nothing to know.
    private long Comparisons(Certificate certificate, List<GeneralName> names)
    {
        long parts = names.Count + certificate.Subject.RelativeNames.Sum(set => set.Count);
        return parts * _subtrees;
    }

    private static void AddTo(List<ILookup<GeneralNameKind, GeneralName>> lists, IReadOnlyList<GeneralSubtree> subtrees)
    {
        if (subtrees.Count > 0)
        {
            lists.Add(subtrees.ToLookup(subtree => subtree.Base.Kind, subtree => subtree.Base));
        }
    }

    private static string Describe(GeneralName name) => name.Text.Length <= 200 ? name.Text : name.Text[..200] + "…";

    private static PathFinding Finding(string message, Certificate certificate) =>
        new(PathErrorCode.NameConstraints, Citation, message, certificate);
}
