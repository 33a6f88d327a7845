/** What is done with the next frame. */

/** A page that nobody sees has no frames, and some windows miss one: then it is done all the same, after so long. */
const LATE_MS = 1000;

/** Does something with the next frame, or, where none comes, a little later. Gives what takes it back. */
export function withNextFrame(then: () => void): () => void {
  const cancel = () => {
    cancelAnimationFrame(frame);
    clearTimeout(late);
  };
  const now = () => {
    cancel();
    then();
  };
  const frame = requestAnimationFrame(now);
  const late = setTimeout(now, LATE_MS);
  return cancel;
}
