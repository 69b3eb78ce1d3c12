// What both pages share: two languages, a place to drop a file, pages drawn by pdf.js.
import { getDocument, GlobalWorkerOptions } from "/lib/pdf.min.mjs";

GlobalWorkerOptions.workerSrc = "/lib/pdf.worker.min.mjs";
const svgNamespace = "http://www.w3.org/2000/svg";

export const byId = (id) => document.getElementById(id);

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

export function svgElement(name, attributes) {
  const made = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

const shared = {
  zh: { skip: "跳到内容", toVerify: "验签", toLocate: "坐标计算助手", drop: "选择 PDF 文件，或拖放到此处", page: "第 {0} 页" },
  en: { skip: "Skip to the content", toVerify: "Verify", toLocate: "Coordinates", drop: "Choose a PDF, or drop it here", page: "Page {0}" },
};

/** Shows the texts of the chosen language; the button changes it and calls back. */
export function useLanguages(own, changed) {
  const texts = { zh: { ...shared.zh, ...own.zh }, en: { ...shared.en, ...own.en } };
  for (const link of document.querySelectorAll("nav a")) if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
  let language = navigator.language.startsWith("zh") ? "zh" : "en";
  const show = () => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = texts[language].title;
    for (const each of document.querySelectorAll("[data-text]")) each.textContent = texts[language][each.dataset.text];
    byId("language").textContent = language === "zh" ? "English" : "中文";
    byId("language").lang = language === "zh" ? "en" : "zh-CN";
  };
  byId("language").addEventListener("click", () => {
    language = language === "zh" ? "en" : "zh";
    show();
    changed();
  });
  show();
  return { get name() { return language; }, get texts() { return texts[language]; } };
}

export function takeFiles(take) {
  const drop = byId("drop");
  byId("file").addEventListener("change", (event) => event.target.files[0] && take(event.target.files[0]));
  for (const kind of ["dragenter", "dragover"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.remove("over"); });
  drop.addEventListener("drop", (event) => event.dataTransfer.files[0] && take(event.dataTransfer.files[0]));
}

/** Opens a PDF. Scripts and forms in it are never run. */
export const openPdf = async (file) =>
  getDocument({ data: new Uint8Array(await file.arrayBuffer()), isEvalSupported: false, enableXfa: false, disableFontFace: false }).promise;

/** Draws one page; the overlay has the units of the displayed page, in points, its origin top left. */
export async function drawPage(pdf, number, figure, label) {
  const page = await pdf.getPage(number);
  const size = page.getViewport({ scale: 1 });
  const scale = Math.min(2, 1600 / size.width);
  const viewport = page.getViewport({ scale });
  const canvas = element("canvas", { width: Math.ceil(viewport.width), height: Math.ceil(viewport.height) });
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", label);
  const overlay = svgElement("svg", { viewBox: `0 0 ${size.width} ${size.height}` });
  figure.replaceChildren(canvas, overlay);
  await page.render({ canvasContext: canvas.getContext("2d"), viewport }).promise;
  return { overlay, size };
}

/** A rectangle in user space [left, bottom, right, top] as it is displayed. */
export function displayed(size, rectangle) {
  const [x1, y1, x2, y2] = size.convertToViewportRectangle(rectangle);
  return { x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) };
}
