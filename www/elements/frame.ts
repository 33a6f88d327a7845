/**
 * The page in a frame: the page inside tells its height, and this script, where the author has it, gives the frame that height.
 * A frame that is not marked with `data-moving-parts` is another page's, and left as it is.
 */

interface Told {
  movingParts?: { height?: unknown };
}

/** Pixels that a frame may be high at most: what comes from a frame is not to be trusted. */
const HIGHEST = 20000;

export function followFrames(): void {
  addEventListener("message", ({ data, source }: MessageEvent<Told | null>) => {
    const height = data?.movingParts?.height;
    if (typeof height !== "number" || !(height > 0)) return;
    for (const frame of document.querySelectorAll<HTMLIFrameElement>("iframe[data-moving-parts]")) {
      if (frame.contentWindow === source) frame.style.height = `${Math.min(HIGHEST, Math.ceil(height))}px`;
    }
  });
}
