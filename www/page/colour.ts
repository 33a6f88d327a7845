/** Computed colours, in whatever notation a browser gives them. */

/** Red, green and blue of 255, and what is seen of them as a share. */
export type Colour = [red: number, green: number, blue: number, alpha: number];

/** How most colours are given. */
const PLAIN = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/;

const UNLIKELY = "#010203";

let brush: CanvasRenderingContext2D | null | undefined;

/** What a computed colour is on a screen; nothing where that cannot be told. */
export function seen(colour: string): Colour | undefined {
  const plain = PLAIN.exec(colour);
  if (plain) {
    const [red = 0, green = 0, blue = 0, alpha = 1] = plain.slice(1).map((part) => (part ? Number(part) : undefined));
    return [red, green, blue, alpha];
  }
  // oklch(), color() and their like: a pixel that is painted with it tells.
  brush ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!brush) return undefined;
  brush.clearRect(0, 0, 2, 1);
  brush.fillStyle = "#000000";
  brush.fillRect(0, 0, 1, 1);
  brush.fillStyle = UNLIKELY;
  brush.fillStyle = colour;
  // What is no colour to a canvas leaves the one before.
  if (brush.fillStyle === UNLIKELY) return undefined;
  brush.fillRect(1, 0, 1, 1);
  const [r = 0, g = 0, b = 0, a = 0, red = 0, green = 0, blue = 0, alpha = 0] = brush.getImageData(0, 0, 2, 1).data;
  // Some browsers refuse pixels by giving others: what is black is not read as black then.
  if (r + g + b > 12 || a < 250) return undefined;
  return [red, green, blue, alpha / 255];
}
