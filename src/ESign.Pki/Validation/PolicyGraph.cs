using ESign.Pki.Certificates;

namespace ESign.Pki.Validation;

/// <summary>The valid policies along a path.</summary>
/// <remarks>
/// RFC 9618 §5, which replaces the exponential tree of RFC 5280 §6.1 by a graph: at each depth a policy has one node,
/// whatever the number of parents. Qualifiers are not carried: nothing here acts on them.
/// </remarks>
internal sealed class PolicyGraph
{
    private readonly List<Dictionary<string, Node>> _levels = [];

    /// <summary>§6.1.2 (a): one node of depth zero: anyPolicy, expecting anyPolicy.</summary>
    public PolicyGraph() => _levels.Add(new Dictionary<string, Node>(StringComparer.Ordinal)
    {
        [PolicyInformation.AnyPolicy] = new Node(PolicyInformation.AnyPolicy, [PolicyInformation.AnyPolicy], []),
    });

    /// <summary>Whether nothing is valid any more (the RFC's NULL graph).</summary>
    public bool IsEmpty { get; private set; }

    private Dictionary<string, Node> Current => _levels[^1];

    /// <summary>§6.1.3 (e): a certificate without policies empties the graph.</summary>
    public void Clear() => IsEmpty = true;

    /// <summary>§6.1.3 (d): the policies of the next certificate.</summary>
    public void AddCertificate(IReadOnlyList<PolicyInformation> policies, bool anyPolicyAllowed)
    {
        if (IsEmpty)
        {
            return;
        }

        Dictionary<string, List<Node>> expected = ExpectedPolicies();
        Current.TryGetValue(PolicyInformation.AnyPolicy, out Node? anyParent);
        var next = new Dictionary<string, Node>(StringComparer.Ordinal);
        bool namesAny = false;
        foreach (PolicyInformation policy in policies)
        {
            if (string.Equals(policy.Oid, PolicyInformation.AnyPolicy, StringComparison.Ordinal))
            {
                namesAny = true;
            }
            else if (expected.TryGetValue(policy.Oid, out List<Node>? parents))
            {
                next[policy.Oid] = new Node(policy.Oid, [policy.Oid], parents); // (1)(i)
            }
            else if (anyParent is not null)
            {
                next[policy.Oid] = new Node(policy.Oid, [policy.Oid], [anyParent]); // (1)(ii)
            }
        }

        if (namesAny && anyPolicyAllowed)
        {
            foreach ((string oid, List<Node> parents) in expected)
            {
                next.TryAdd(oid, new Node(oid, [oid], parents)); // (2)
            }
        }

        _levels.Add(next);
        Prune(); // (3)
    }

    /// <summary>§6.1.4 (b): maps policies of the issuer's domain to the subject's, or deletes what may not be mapped.</summary>
    public void Map(IReadOnlyList<PolicyMapping> mappings, bool mappingAllowed)
    {
        if (IsEmpty)
        {
            return;
        }

        foreach (IGrouping<string, PolicyMapping> group in mappings.GroupBy(mapping => mapping.IssuerPolicy, StringComparer.Ordinal))
        {
            string[] subjectPolicies = [.. group.Select(mapping => mapping.SubjectPolicy).Distinct(StringComparer.Ordinal)];
            if (!mappingAllowed)
            {
                Current.Remove(group.Key); // (2)
            }
            else if (Current.TryGetValue(group.Key, out Node? node))
            {
                node.Expected = subjectPolicies; // (1)
            }
            else if (Current.ContainsKey(PolicyInformation.AnyPolicy)
                && _levels[^2].TryGetValue(PolicyInformation.AnyPolicy, out Node? anyAbove))
            {
                Current[group.Key] = new Node(group.Key, subjectPolicies, [anyAbove]); // (1), second paragraph
            }
        }

        Prune();
    }

    /// <summary>§6.1.5 (g): the policies, in the anchor's domain, that hold for the whole path and that the user accepts.</summary>
    public IReadOnlyList<string> UserConstrainedPolicies(IReadOnlyCollection<string> userPolicies)
    {
        if (IsEmpty)
        {
            return [];
        }

        SortedSet<string> authority = AuthorityConstrainedPolicies();
        if (userPolicies.Contains(PolicyInformation.AnyPolicy))
        {
            return [.. authority];
        }

        return authority.Contains(PolicyInformation.AnyPolicy)
            ? [.. userPolicies.Order(StringComparer.Ordinal)]
            : [.. authority.Where(userPolicies.Contains)];
    }

    // The valid_policy_node_set: policies whose parent is an anyPolicy node, and anyPolicy if it reaches the end.
    private SortedSet<string> AuthorityConstrainedPolicies()
    {
        var policies = new SortedSet<string>(StringComparer.Ordinal);
        foreach (Dictionary<string, Node> level in _levels.Skip(1))
        {
            foreach (Node node in level.Values)
            {
                if (!node.IsAny && node.Parents.Exists(parent => parent.IsAny))
                {
                    policies.Add(node.Policy);
                }
            }
        }

        if (Current.ContainsKey(PolicyInformation.AnyPolicy))
        {
            policies.Add(PolicyInformation.AnyPolicy);
        }

        return policies;
    }

    private Dictionary<string, List<Node>> ExpectedPolicies()
    {
        var expected = new Dictionary<string, List<Node>>(StringComparer.Ordinal);
        foreach (Node node in Current.Values)
        {
            foreach (string policy in node.Expected)
            {
                if (!expected.TryGetValue(policy, out List<Node>? parents))
                {
                    expected[policy] = parents = [];
                }

                parents.Add(node);
            }
        }

        return expected;
    }

    // §6.1.3 (d)(3): nodes above the current depth without children go, level by level.
    private void Prune()
    {
        for (int depth = _levels.Count - 2; depth >= 0; depth--)
        {
            HashSet<Node> withChildren = [.. _levels[depth + 1].Values.SelectMany(node => node.Parents)];
            foreach (Node node in _levels[depth].Values.Where(node => !withChildren.Contains(node)).ToArray())
            {
                _levels[depth].Remove(node.Policy);
            }
        }

        IsEmpty = _levels[0].Count == 0;
    }

    private sealed class Node(string policy, string[] expected, List<Node> parents)
    {
        public string Policy { get; } = policy;

        public string[] Expected { get; set; } = expected;

        public List<Node> Parents { get; } = parents;

        public bool IsAny { get; } = string.Equals(policy, PolicyInformation.AnyPolicy, StringComparison.Ordinal);
    }
}
