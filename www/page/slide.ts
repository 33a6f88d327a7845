/** Whether a thumb is being moved: one that rests for a while has been let go. */

const REST_MS = 400;

export class Slide {
  private resting: ReturnType<typeof setTimeout> | undefined;

  /** @param rested Told when the thumb has been let go. */
  constructor(private readonly rested: () => void) {}

  get goesOn(): boolean {
    return this.resting !== undefined;
  }

  /** The thumb passes another value. */
  step(): void {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.resting = undefined;
      this.rested();
    }, REST_MS);
  }
}
