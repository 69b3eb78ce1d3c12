import { byId, drawPage, openPdf, svgElement, takeFiles, useLanguages } from "/page.mjs";

const language = useLanguages({
  zh: {
    title: "PDF 坐标计算助手", privacy: "文件只在浏览器中打开，不会上传。",
    number: "页码", x: "X（pt）", y: "Y（pt）", width: "宽（pt）", height: "高（pt）", keys: "拖动印章；或选中后用方向键移动，按住 Shift 每次 10 pt。", control: "控件", seal: "印章", copy: "复制", failed: "无法打开：",
  },
  en: {
    title: "Coordinates on a PDF", privacy: "The file is opened in this browser only and is not sent anywhere.",
    number: "Page", x: "X (pt)", y: "Y (pt)", width: "Width (pt)", height: "Height (pt)", keys: "Drag the seal; or select it and use the arrow keys, with Shift 10 pt at a time.", control: "Control", seal: "Seal", copy: "Copy", failed: "It could not be opened: ",
  },
}, () => {});
const fields = ["x", "y", "width", "height"];
let pdf = null;
let sheet = null;
let seal = null;

const value = (id) => Number(byId(id).value) || 0;
const round = (number) => Math.round(number * 100) / 100;

async function open(file) {
  try {
    pdf = await openPdf(file);
    byId("page").max = pdf.numPages;
    byId("page").value = 1;
    byId("status").textContent = "";
    byId("work").hidden = false;
    await turn();
  } catch (error) {
    byId("status").textContent = language.texts.failed + error.message;
  }
}

async function turn() {
  const number = Math.min(Math.max(1, Math.trunc(value("page")) || 1), pdf.numPages);
  byId("page").value = number;
  sheet = await drawPage(pdf, number, byId("sheet"), language.texts.page.replace("{0}", number));
  seal = svgElement("rect", { class: "seal", tabindex: 0, role: "application", "aria-label": language.texts.seal, "aria-describedby": "keys" });
  sheet.overlay.append(seal);
  seal.addEventListener("pointerdown", drag);
  seal.addEventListener("keydown", nudge);
  move(value("x"), value("y"));
}

// The seal stays on the page: a control outside it is refused when signing.
function move(x, y) {
  const width = Math.min(value("width"), sheet.size.width);
  const height = Math.min(value("height"), sheet.size.height);
  byId("x").value = round(Math.min(Math.max(0, x), sheet.size.width - width));
  byId("y").value = round(Math.min(Math.max(0, y), sheet.size.height - height));
  for (const [name, number] of [["x", value("x")], ["y", value("y")], ["width", width], ["height", height]]) seal.setAttribute(name, number);
  byId("control").textContent = JSON.stringify({
    ComponentType: "SIGN_SEAL", GenerateMode: "NORMAL", FileIndex: 0, ComponentPage: value("page"),
    ComponentPosX: value("x"), ComponentPosY: value("y"), ComponentWidth: round(width), ComponentHeight: round(height),
  }, null, 2);
}

function toPage(event) {
  const box = sheet.overlay.getBoundingClientRect();
  return { x: (event.clientX - box.left) * sheet.size.width / box.width, y: (event.clientY - box.top) * sheet.size.height / box.height };
}

function drag(event) {
  const start = toPage(event);
  const offset = { x: start.x - value("x"), y: start.y - value("y") };
  const follow = (moved) => { const at = toPage(moved); move(at.x - offset.x, at.y - offset.y); };
  seal.setPointerCapture(event.pointerId);
  seal.addEventListener("pointermove", follow);
  seal.addEventListener("pointerup", () => seal.removeEventListener("pointermove", follow), { once: true });
  event.preventDefault();
}

function nudge(event) {
  const step = event.shiftKey ? 10 : 1;
  const way = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
  if (!way) return;
  move(value("x") + way[0], value("y") + way[1]);
  byId("status").textContent = `X ${value("x")}, Y ${value("y")}`; // said by screen readers: the seal itself says nothing when it moves
  event.preventDefault();
}

takeFiles(open);
byId("page").addEventListener("change", turn);
for (const id of fields) byId(id).addEventListener("change", () => move(value("x"), value("y")));
byId("copy").addEventListener("click", () => navigator.clipboard.writeText(byId("control").textContent));
