namespace ESign.Fuzz;

/// <summary>Changes DER as a tree: values are dropped, doubled, swapped, retagged or spoiled, and the lengths around them are right again, or not.</summary>
internal static class DerMutator
{
    private const int MaxDepth = 32;

    public static byte[] Mutate(byte[] original, FuzzRandom random)
    {
        var roots = new List<Node>();
        Read(original, roots, 0);
        List<List<Node>> lists = [];
        Collect(roots, lists);
        if (lists.Count == 0)
        {
            return original;
        }

        for (int i = 1 + random.Next(3); i > 0; i--)
        {
            List<Node> siblings = lists[random.Next(lists.Count)];
            if (siblings.Count > 0)
            {
                Change(siblings, random);
            }
        }

        var output = new List<byte>();
        roots.ForEach(root => Write(root, output, random));
        return [.. output];
    }

    private static void Change(List<Node> siblings, FuzzRandom random)
    {
        int at = random.Next(siblings.Count);
        Node node = siblings[at];
        switch (random.Next(8))
        {
            case 0:
                siblings.RemoveAt(at);
                break;
            case 1:
                siblings.Insert(at, node);
                break;
            case 2:
                int other = random.Next(siblings.Count);
                (siblings[at], siblings[other]) = (siblings[other], siblings[at]);
                break;
            case 3:
                node.Tag = (byte)random.Next(256);
                break;
            case 4:
                node.Lies = true;
                break;
            case 5:
                node.Content = new byte[random.Next(3) == 0 ? 5000 : random.Next(20)];
                node.Children = null;
                break;
            default:
                if (node.Content.Length > 0)
                {
                    node.Content[random.Next(node.Content.Length)] = (byte)random.Next(256);
                }

                break;
        }
    }

    private static void Read(ReadOnlySpan<byte> bytes, List<Node> into, int depth)
    {
        while (bytes.Length >= 2)
        {
            int header = 2;
            long length = bytes[1];
            if (length > 0x80)
            {
                int count = (int)length & 0x7F;
                length = 0;
                for (int i = 0; i < count && header < bytes.Length && header < 6; i++)
                {
                    length = (length << 8) | bytes[header++];
                }
            }

            int taken = (int)Math.Min(length, bytes.Length - header);
            var node = new Node { Tag = bytes[0], Content = bytes.Slice(header, taken).ToArray() };
            if ((bytes[0] & 0x20) != 0 && depth < MaxDepth)
            {
                node.Children = [];
                Read(node.Content, node.Children, depth + 1);
            }

            into.Add(node);
            bytes = bytes[(header + taken)..];
        }
    }

    private static void Collect(List<Node> siblings, List<List<Node>> lists)
    {
        lists.Add(siblings);
        foreach (Node node in siblings)
        {
            if (node.Children is not null)
            {
                Collect(node.Children, lists);
            }
        }
    }

    private static void Write(Node node, List<byte> output, FuzzRandom random)
    {
        var content = new List<byte>();
        if (node.Children is null)
        {
            content.AddRange(node.Content);
        }
        else
        {
            node.Children.ForEach(child => Write(child, content, random));
        }

        int length = node.Lies ? random.Next(1 << (1 + random.Next(30))) : content.Count;
        output.Add(node.Tag);
        if (length < 0x80)
        {
            output.Add((byte)length);
        }
        else
        {
            output.AddRange([0x84, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length]);
        }

        output.AddRange(content);
    }

    private sealed class Node
    {
        public byte Tag { get; set; }

        public byte[] Content { get; set; } = [];

        public List<Node>? Children { get; set; }

        /// <summary>Whether its length is to be written wrong.</summary>
        public bool Lies { get; set; }
    }
}
