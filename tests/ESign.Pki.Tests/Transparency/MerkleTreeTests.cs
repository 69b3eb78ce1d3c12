using ESign.Pki.Transparency;

namespace ESign.Pki.Tests.Transparency;

public class MerkleTreeTests
{
    /// <summary>The eight records and roots of the Certificate Transparency reference implementation's RFC 6962 tests.</summary>
    private static readonly byte[][] Records =
        [.. new[] { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" }.Select(Convert.FromHexString)];

    [Fact]
    public async Task Rfc6962_roots_of_the_reference_records()
    {
        string[] roots =
        [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        MerkleTree tree = await TreeOfAsync(Records);
        for (int size = 0; size < roots.Length; size++)
        {
            Assert.Equal(roots[size], Convert.ToHexStringLower(await tree.RootAsync(size, TestContext.Current.CancellationToken)));
        }
    }

    [Fact]
    public async Task Every_leaf_of_every_size_is_proved_and_no_other_record_is()
    {
        byte[][] records = [.. Enumerable.Range(0, 70).Select(i => new[] { (byte)i, (byte)(i >> 3) })];
        MerkleTree tree = await TreeOfAsync(records);
        for (long size = 1; size <= tree.Size; size++)
        {
            byte[] root = await tree.RootAsync(size, TestContext.Current.CancellationToken);
            for (long leaf = 0; leaf < size; leaf++)
            {
                IReadOnlyList<byte[]> path = await tree.ProveInclusionAsync(leaf, size, TestContext.Current.CancellationToken);
                Assert.True(MerkleProof.VerifyInclusion(records[leaf], leaf, size, root, path));
                Assert.False(MerkleProof.VerifyInclusion([0xFF, .. records[leaf]], leaf, size, root, path));
                Assert.False(MerkleProof.VerifyInclusion(records[leaf], leaf, size, root, [.. path, root]));
                if (size > 1)
                {
                    Assert.False(MerkleProof.VerifyInclusion(records[leaf], leaf ^ 1, size, root, path));
                }
            }
        }
    }

    [Fact]
    public async Task Every_growth_is_proved_and_a_changed_past_is_not()
    {
        MerkleTree tree = await TreeOfAsync([.. Enumerable.Range(0, 40).Select(i => new[] { (byte)i })]);
        MerkleTree forged = await TreeOfAsync([.. Enumerable.Range(0, 40).Select(i => new[] { (byte)(i == 0 ? 99 : i) })]);
        for (long earlier = 1; earlier <= 40; earlier++)
        {
            byte[] earlierRoot = await tree.RootAsync(earlier, TestContext.Current.CancellationToken);
            for (long later = earlier; later <= 40; later++)
            {
                byte[] laterRoot = await tree.RootAsync(later, TestContext.Current.CancellationToken);
                IReadOnlyList<byte[]> proof = await tree.ProveConsistencyAsync(earlier, later, TestContext.Current.CancellationToken);
                Assert.True(MerkleProof.VerifyConsistency(earlier, earlierRoot, later, laterRoot, proof), $"{earlier} to {later}");

                byte[] forgedRoot = await forged.RootAsync(later, TestContext.Current.CancellationToken);
                IReadOnlyList<byte[]> forgedProof = await forged.ProveConsistencyAsync(earlier, later, TestContext.Current.CancellationToken);
                Assert.False(MerkleProof.VerifyConsistency(earlier, earlierRoot, later, forgedRoot, forgedProof), $"forged {earlier} to {later}");
            }
        }
    }

    private static async Task<MerkleTree> TreeOfAsync(byte[][] records)
    {
        var tree = new MerkleTree(new InMemoryMerkleNodeStore());
        foreach (byte[] record in records)
        {
            await tree.AppendAsync(record, TestContext.Current.CancellationToken);
        }

        return tree;
    }
}
