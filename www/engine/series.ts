/** Series of numbers as answers hold them: typed arrays that JSON writes as lists, where it would make objects of others. */

class Series extends Float64Array<ArrayBufferLike> {
  toJSON(): number[] {
    return Array.from(this);
  }
}

class Flags extends Uint8Array<ArrayBufferLike> {
  toJSON(): number[] {
    return Array.from(this);
  }
}

/** A part of some numbers, which are not copied. */
export function series(numbers: Float64Array, from = 0, to = numbers.length): Float64Array {
  return new Series(numbers.buffer, numbers.byteOffset + from * numbers.BYTES_PER_ELEMENT, to - from);
}

/** A part of some flags, each 0 or 1, which are not copied. */
export function flags(bytes: Uint8Array, from: number, to: number): Uint8Array {
  return new Flags(bytes.buffer, bytes.byteOffset + from, to - from);
}
