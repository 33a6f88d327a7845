/** A figure as a drawing that stands alone, whether the page draws it or lays it out as words and boxes. */

import { seen } from "./colour.ts";

/** What of an element's style a drawing needs that stands alone. */
const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linejoin",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "paint-order",
  "shape-rendering",
];

/** Room around what is laid out; a drawing of the page has its own. */
const MARGIN = 12;

/** A line may end behind these, and between words. */
const WORDS = /[^\s\-–/]*[-–/]|[^\s\-–/]+/g;

/** The figure as a drawing: every style is written out, the colour of the page or of its calculator lies behind. */
export function drawing(figure: Element): string {
  const copy = figure instanceof SVGSVGElement ? styled(figure) : laidOut(figure);
  const { width, height } = copy.viewBox.baseVal;
  // A calculator that lets its host's ground be seen has none of its own to take along.
  const ground = getComputedStyle(figure.closest(".moving-parts") ?? document.body);
  const seenThrough = ground.backgroundColor === "rgba(0, 0, 0, 0)";
  const fill = seenThrough ? ground.getPropertyValue("--page").trim() : ground.backgroundColor;
  set(copy, { width, height });
  copy.prepend(made("rect", { width, height, fill }));
  return new XMLSerializer().serializeToString(copy);
}

/** The same as pixels, two for each of the page's. */
export async function pixels(figure: Element): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing(figure))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width * 2, image.height * 2];
  const brush = canvas.getContext("2d")!;
  brush.scale(2, 2);
  brush.drawImage(image, 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the figure could not be drawn"))), "image/png");
  });
}

function made<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Record<string, string | number>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  set(element, attributes);
  return element;
}

function set(element: Element, attributes: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

/** A drawing of the page with every style written out. */
function styled(figure: SVGSVGElement): SVGSVGElement {
  const copy = figure.cloneNode(true) as SVGSVGElement;
  const originals = figure.querySelectorAll("*");
  for (const [index, element] of copy.querySelectorAll("*").entries()) {
    const style = getComputedStyle(originals[index]!);
    for (const name of STYLES) {
      const value = style.getPropertyValue(name);
      if (value !== "") element.setAttribute(name, plain(value));
    }
    element.removeAttribute("class");
  }
  for (const name of ["class", "style", "tabindex"]) copy.removeAttribute(name);
  return copy;
}

/** Mixed colours, and those of other spaces. */
const MODERN = /\b(?:color|(?:ok)?(?:lab|lch))\([^()]*\)/g;

/** Colours in the notation that every reader of drawings knows; as they are where they cannot be told. */
function plain(value: string): string {
  return value.replace(MODERN, (colour) => {
    const known = seen(colour);
    if (!known) return colour;
    const [red, green, blue, alpha] = known;
    return alpha === 1 ? `rgb(${red}, ${green}, ${blue})` : `rgba(${red}, ${green}, ${blue}, ${alpha.toFixed(3)})`;
  });
}

/** What the page lays out, with all that can be scrolled to, drawn where it stands. */
function laidOut(figure: Element): SVGSVGElement {
  const boxes = [figure, ...figure.querySelectorAll("*")]
    .map((element) => element.getBoundingClientRect())
    .filter(({ width, height }) => width > 0 && height > 0);
  const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
  const width = Math.ceil(Math.max(...boxes.map((box) => box.right)) - left + 2 * MARGIN);
  const height = Math.ceil(Math.max(...boxes.map((box) => box.bottom)) - top + 2 * MARGIN);
  const root = made("svg", { viewBox: `0 0 ${width} ${height}` });
  const inside = made("g", { transform: `translate(${MARGIN - left} ${MARGIN - top})` });
  inside.append(...pieces(figure));
  root.append(inside);
  return root;
}

/** A node and all in it as it is seen: boxes, words, and the page's own drawings. */
function pieces(node: Node): SVGElement[] {
  if (node instanceof Text) return lines(node);
  if (!(node instanceof Element)) return [];
  const style = getComputedStyle(node);
  // What is clipped away is for whoever cannot see the figure.
  if (style.display === "none" || style.visibility === "hidden" || style.clipPath !== "none") return [];
  const { left: x, top: y, width, height } = node.getBoundingClientRect();
  if (node instanceof SVGSVGElement) {
    const copy = styled(node);
    set(copy, { x, y, width, height, overflow: style.overflow });
    return [copy];
  }
  const inside = [...node.childNodes].flatMap(pieces);
  if (style.overflowX !== "hidden") return [...edged(style, { x, y, width, height }), ...inside];
  const room = width - Number.parseFloat(style.paddingRight);
  const cut = made("svg", { x, y, width: room, height, viewBox: `${x} ${y} ${room} ${height}` });
  cut.append(...inside);
  return [...edged(style, { x, y, width, height }), cut];
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The ground and the edges of a box. */
function edged(style: CSSStyleDeclaration, { x, y, width, height }: Box): SVGElement[] {
  const all: SVGElement[] = [];
  const ground = style.backgroundColor;
  if (ground !== "rgba(0, 0, 0, 0)") {
    all.push(made("rect", { x, y, width, height, rx: Number.parseFloat(style.borderRadius), fill: plain(ground) }));
  }
  const edge = (side: "top" | "right" | "bottom" | "left", place: (thick: number) => Box) => {
    const thick = Number.parseFloat(style.getPropertyValue(`border-${side}-width`));
    const fill = plain(style.getPropertyValue(`border-${side}-color`));
    if (thick > 0) all.push(made("rect", { ...place(thick), fill }));
  };
  edge("top", (thick) => ({ x, y, width, height: thick }));
  edge("bottom", (thick) => ({ x, y: y + height - thick, width, height: thick }));
  edge("left", (thick) => ({ x, y, width: thick, height }));
  edge("right", (thick) => ({ x: x + width - thick, y, width: thick, height }));
  return all;
}

/** The lines of some words, each where it stands. */
function lines(text: Text): SVGElement[] {
  const style = getComputedStyle(text.parentElement!);
  const range = document.createRange();
  const found: { from: number; to: number; box: DOMRect }[] = [];
  for (const { index, 0: word } of text.data.matchAll(WORDS)) {
    const to = index + word.length;
    range.setStart(text, index);
    range.setEnd(text, to);
    const box = range.getBoundingClientRect();
    const last = found.at(-1);
    if (last && Math.abs(last.box.top - box.top) < 1) last.to = to;
    else if (box.width > 0) found.push({ from: index, to, box });
  }
  return found.map(({ from, to, box }) => {
    const line = made("text", {
      x: box.left,
      y: baseline(style, box),
      fill: plain(style.color),
      "font-family": style.fontFamily,
      "font-size": style.fontSize,
      "font-weight": style.fontWeight,
      "letter-spacing": style.letterSpacing,
    });
    line.textContent = text.data.slice(from, to).replace(/\s+/g, " ");
    return line;
  });
}

/** Measures letters. */
let pen: CanvasRenderingContext2D | null | undefined;

/** Where the letters of a line stand: its box is as high as its face, above and below that line. */
function baseline({ font }: CSSStyleDeclaration, { top, height }: DOMRect): number {
  pen ??= document.createElement("canvas").getContext("2d");
  // Where nothing can be measured, as high as most faces are.
  if (!pen) return top + 0.8 * height;
  pen.font = font;
  const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = pen.measureText("x");
  return top + (height * above) / (above + below);
}
