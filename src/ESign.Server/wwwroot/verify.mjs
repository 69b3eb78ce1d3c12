import { byId, displayed, drawPage, element, openPdf, svgElement, takeFiles, useLanguages } from "/page.mjs";

const maximumPages = 200; // more are judged, not drawn
const language = useLanguages({
  zh: {
    title: "PDF 验签", privacy: "文件只用于本次校验，不会保存。",
    working: "正在校验…", failed: "无法校验：", report: "下载报告", request: "请求编号",
    valid: "全部签名有效", invalid: "至少一个签名无效", indeterminate: "现有材料不足以判定", unsigned: "文件没有签名",
    "TOTAL-PASSED": "有效", "TOTAL-FAILED": "无效", INDETERMINATE: "无法判定", stamp: "文档时间戳", signature: "签名",
    signer: "签署人", field: "签名域", time: "签署时间", proven: "最早可证明时间", level: "级别", why: "原因", intact: "签名所覆盖的内容", intactYes: "未被改动", intactNo: "已被改动",
    trusted: "证书", trustedYes: "可信", trustedNo: "未得到信任", changes: "签署之后的修改", changesNone: "无", allowed: "允许", forbidden: "不允许",
  },
  en: {
    title: "Verify a PDF", privacy: "The file is used for this check only and is not kept.",
    working: "Verifying…", failed: "It could not be verified: ", report: "Download report", request: "request",
    valid: "Every signature is valid", invalid: "At least one signature is not valid", indeterminate: "What is at hand does not decide", unsigned: "The file has no signature",
    "TOTAL-PASSED": "valid", "TOTAL-FAILED": "not valid", INDETERMINATE: "undecided", stamp: "Document timestamp", signature: "Signature",
    signer: "Signer", field: "Field", time: "Time claimed", proven: "Time proven", level: "Level", why: "Why", intact: "What was signed", intactYes: "is unchanged", intactNo: "was changed",
    trusted: "Certificate", trustedYes: "is trusted", trustedNo: "is not trusted", changes: "Changes after signing", changesNone: "none", allowed: "permitted", forbidden: "not permitted",
  },
}, () => current && verify(current));
let current = null;

const classOf = (indication) => ({ "TOTAL-PASSED": "valid", "TOTAL-FAILED": "invalid" })[indication] ?? "open";

const ask = (file, format) => fetch(`/api/v1/verify?format=${format}&lang=${language.name}&name=${encodeURIComponent(file.name)}`, {
  method: "POST", headers: { "Content-Type": "application/pdf" }, body: file,
});

async function verify(file) {
  current = file;
  byId("result").hidden = true;
  byId("status").textContent = language.texts.working;
  try {
    const response = await ask(file, "json");
    const answer = await response.json();
    if (!response.ok) throw new Error(`${side(answer.detail)} (${language.texts.request} ${answer.requestId})`);
    show(file, answer);
    await draw(file, answer);
  } catch (error) {
    byId("status").textContent = language.texts.failed + error.message;
  }
}

function show(file, answer) {
  byId("status").textContent = "";
  byId("headline").className = "headline " + answer.verdict;
  byId("headline").textContent = language.texts[answer.verdict] ?? answer.verdict;
  byId("reports").replaceChildren(...["pdf", "html", "json", "xml"].map((format) =>
    element("button", { type: "button", textContent: `${language.texts.report} ${format.toUpperCase()}`, onclick: () => download(file, format) })));
  byId("signatures").replaceChildren(...answer.signatures.map(card));
  byId("result").hidden = false;
  byId("result").focus();
}

function card(signature) {
  const texts = language.texts;
  const facts = [
    [texts.signer, signature.signer], [texts.field, signature.field], [texts.level, signature.level],
    [texts.time, moment(signature.signingTime)], [texts.proven, moment(signature.bestSignatureTime)],
    [texts.intact, signature.digestIntact && signature.signatureIntact ? texts.intactYes : texts.intactNo],
    [texts.trusted, signature.trusted ? texts.trustedYes : texts.trustedNo], [texts.why, signature.subIndication],
  ].filter(([, value]) => value);
  const findings = signature.modifications?.findings ?? [];
  const reasons = signature.checks.filter((check) => check.result !== "passed" && check.message);
  return element("article", { className: "card " + classOf(signature.indication) },
    element("h2", { textContent: `${signature.kind === "signature" ? texts.signature : texts.stamp}: ${texts[signature.indication] ?? signature.indication}` }),
    element("dl", {}, ...facts.flatMap(([name, value]) => [element("dt", { textContent: name }), element("dd", { textContent: value })])),
    element("ul", {}, ...reasons.map((check) => element("li", { textContent: side(check.message) }))),
    element("p", { textContent: `${texts.changes}: ${findings.length === 0 ? texts.changesNone : ""}` }),
    element("ul", {}, ...findings.map((finding) => element("li", { textContent: `${finding.permitted ? texts.allowed : texts.forbidden} – ${side(finding.message)}` }))));
}

// As the reader's clock shows it, with its zone.
const moment = (time) => time && new Date(time).toLocaleString(language.name === "zh" ? "zh-CN" : "en-GB", { dateStyle: "medium", timeStyle: "long" });

// Messages come as 「中文 / English」; one that quotes another as 「中文 / English: 细节 / detail」. A quoted name may hold the sign too, once in each half.
function side(message) {
  const isChinese = language.name === "zh";
  const parts = message.split(" / ");
  const between = parts.slice(1, -1).map((part) => part.split(/: (.*)/s));
  if (between.length > 0 && between.every((pair) => pair.length > 1 && pair[0] !== ""))
    return isChinese ? [parts[0], ...between.map((pair) => pair[1])].join("：") : [...between.map((pair) => pair[0]), parts.at(-1)].join(": ");
  const middle = parts.length / 2;
  return parts.length % 2 !== 0 ? message : (isChinese ? parts.slice(0, middle) : parts.slice(middle)).join(" / ");
}

async function draw(file, answer) {
  const pages = byId("pages");
  pages.replaceChildren();
  const pdf = await openPdf(file);
  for (let number = 1; number <= Math.min(pdf.numPages, maximumPages); number++) {
    const figure = element("figure", { className: "page" });
    pages.append(figure);
    const label = language.texts.page.replace("{0}", number);
    const { overlay, size } = await drawPage(pdf, number, figure, label);
    figure.append(element("figcaption", { textContent: label }));
    for (const signature of answer.signatures) {
      for (const place of signature.places) mark(overlay, size, number, place, classOf(signature.indication), signature.signer ?? signature.field);
      for (const finding of signature.modifications?.findings ?? []) mark(overlay, size, number, finding, "change", side(finding.message));
    }
  }
}

function mark(overlay, size, number, place, kind, title) {
  if (place.page !== number || !place.rectangle) return;
  const box = displayed(size, place.rectangle);
  if (box.width === 0 || box.height === 0) return;
  const rectangle = svgElement("rect", { class: "mark " + kind, role: "img", "aria-label": title, ...box });
  rectangle.append(svgElement("title", {}));
  rectangle.firstChild.textContent = title;
  overlay.append(rectangle);
}

async function download(file, format) {
  const response = await ask(file, format);
  const link = element("a", { href: URL.createObjectURL(await response.blob()), download: file.name.replace(/\.pdf$/i, "") + ".report." + format });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

takeFiles(verify);
