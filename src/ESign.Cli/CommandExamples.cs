namespace ESign.Cli;

/// <summary>An example or two for every command, shown at the end of its help.</summary>
internal static class CommandExamples
{
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> All { get; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        ["seal"] = ["esign seal official --name 深圳示例科技有限公司 --code 4403000000001 --out seal.svg", "esign seal personal --name 张三 --out name.pdf"],
        ["locate"] = ["esign locate contract.pdf --keyword 甲方（盖章）", "esign locate form.pdf --field 甲方"],
        ["fill"] = ["esign fill contract.pdf filled.pdf --controls controls.json"],
        ["sign"] =
        [
            "esign sign contract.pdf signed.pdf --credential company.p12 --password-file p12.txt --at=-1,380,520",
            "esign sign contract.pdf signed.pdf --credential company.p12 --password-file p12.txt --keyword 甲方（盖章） --occurrence last --relative right --cross-page right --level T --tsa https://tsa.example/",
            "esign sign contract.pdf --in-place --credential company.p12 --password-file p12.txt --at=-1,380,520",
            "esign sign form.pdf signed.pdf --credential company.p12 --password-file p12.txt --field 甲方 --certify 2 --lock all-but:乙方",
            "esign sign contract.pdf --at=-1,380,520 --preview where.svg",
        ],
        ["prepare"] =
        [
            "esign prepare contract.pdf draft.pdf --state prepared.json --signer signer.pem --at=-1,380,520 --to-sign attributes.der",
            "esign prepare contract.pdf draft.pdf --state prepared.json --container --invisible --json",
        ],
        ["complete"] = ["esign complete draft.pdf --state prepared.json --value signature.der"],
        ["extend"] = ["esign extend signed.pdf archived.pdf --level LTA --tsa https://tsa.example/"],
        ["ca init"] =
        [
            "esign ca init my-ca --name 示例 --password-file ca.txt --crl-url http://pki.example/issuing.crl",
            "esign ca init my-ca --name 示例 --root-key \"pkcs11:token=esign;object=root;type=private;pin-source=file:/run/secrets/pin\" --issuing-key \"pkcs11:token=esign;object=issuing;type=private;pin-source=file:/run/secrets/pin\"",
        ],
        ["ca ceremony"] = ["esign ca ceremony root.yaml --password-file ca.txt --dry-run", "esign ca ceremony root.yaml --password-file ca.txt --json"],
        ["issue enterprise"] = ["esign issue enterprise --ca my-ca --password-file ca.txt --name 深圳示例科技有限公司 --code 91350100M000100Y43 --out company.p12 --out-password-file p12.txt"],
        ["issue person"] = ["esign issue person --ca my-ca --password-file ca.txt --name 张三 --id 11010519491231002X --csr zhang.csr --out zhang.pem"],
        ["issue operator"] = ["esign issue operator --ca my-ca --password-file ca.txt --name 张三 --id 11010519491231002X --enterprise 深圳示例科技有限公司 --code 91350100M000100Y43 --out operator.p12 --out-password-file p12.txt"],
        ["issue timestamp-authority"] = ["esign issue timestamp-authority --ca my-ca --password-file ca.txt --name 示例TSA --out tsa.p12 --out-password-file p12.txt"],
        ["issue ocsp-responder"] = ["esign issue ocsp-responder --ca my-ca --password-file ca.txt --name 示例OCSP --out ocsp.p12 --out-password-file p12.txt"],
        ["renew"] =
        [
            "esign renew --ca my-ca --password-file ca.txt --serial 015e3539e8eba91ca2eb2f94ded787688344 --out renewed.pem",
            "esign renew --ca my-ca --password-file ca.txt --serial 015e3539e8eba91ca2eb2f94ded787688344 --rekey --out renewed.p12 --out-password-file p12.txt",
        ],
        ["revoke"] =
        [
            "esign revoke --ca my-ca --serial 015e3539e8eba91ca2eb2f94ded787688344 --reason KeyCompromise",
            "esign revoke --ca my-ca --serial 015e3539e8eba91ca2eb2f94ded787688344 --hold",
            "esign revoke --ca my-ca --serial 015e3539e8eba91ca2eb2f94ded787688344 --release",
        ],
        ["certificates list"] = ["esign certificates list --ca my-ca --expiring-within 30", "esign certificates list --ca my-ca --code 91350100M000100Y43 --json"],
        ["certificates show"] = ["esign certificates show --ca my-ca --serial 015e3539e8eba91ca2eb2f94ded787688344 --out certificate.pem"],
        ["certificates due"] = ["esign certificates due --ca my-ca --json"],
        ["crl"] = ["esign crl --ca my-ca --password-file ca.txt --out issuing.crl", "esign crl --ca my-ca --password-file ca.txt --delta-base issuing.crl --out delta.crl --json"],
        ["ocsp request"] = ["esign ocsp request --cert signer.pem --issuer my-ca/issuing.cer --nonce --out request.der", "esign ocsp request --cert signer.pem --issuer my-ca/issuing.cer --out request.der --json"],
        ["ocsp answer"] = ["esign ocsp answer --ca my-ca --credential ocsp.p12 --password-file p12.txt --request request.der --out response.der"],
        ["ocsp status"] = ["esign ocsp status --cert signer.pem --issuer my-ca/issuing.cer --response response.der", "esign ocsp status --cert signer.pem --issuer issuing.cer --url http://pki.example/ocsp --json"],
        ["path"] = ["esign path --target signer.pem --trust root.pem --cert issuing.pem --crl issuing.crl --time 2026-01-31T12:00:00Z", "esign path --target signer.pem --trust root.pem --online --json"],
        ["inspect"] = ["esign inspect contract.pdf", "esign inspect contract.pdf --json"],
        ["verify"] = ["esign verify signed.pdf --trust root.cer --crl issuing.crl --crl root.crl", "esign verify signed.pdf --trust root.cer --online --json"],
        ["report"] =
        [
            "esign report signed.pdf --trust root.cer --evidence evidence.json --out report.pdf",
            "esign report signed.pdf --trust root.cer --online --court --credential issuer.p12 --password-file p12.txt --tsa https://tsa.example/ --out report.pdf",
        ],
        ["timestamp"] =
        [
            "esign timestamp minutes.docx --tsa https://tsa.example/",
            "esign timestamp minutes.docx --token minutes.docx.tst --trust tsa-root.pem --crl tsa.crl --json",
        ],
        ["audit evidence"] = ["esign audit evidence esign.db --key audit.pem --document signed.pdf --platform 示例签署平台 --out evidence.json"],
        ["backup"] = ["esign backup esign-2026-01-01.backup --data /var/lib/esign --password-file backup.txt --include /etc/esign/environment"],
        ["restore"] = ["esign restore esign-2026-01-01.backup --data /var/lib/esign-new --password-file backup.txt --checkpoint last-month.txt"],
        ["audit verify"] =
        [
            "esign audit verify esign.db --key audit.pem --checkpoint last-month.txt",
            "esign audit verify https://pki.example.cn/audit/ --key audit.pem --token-file auditor.token --checkpoint last-month.txt",
        ],
        ["serve"] = ["esign serve --data data --urls http://127.0.0.1:5080"],
        ["completion"] = ["source <(esign completion bash)", "esign completion zsh", "esign completion fish", "esign completion pwsh"],
    };
}
