/** A typed list of 32-bit numbers that grows by doubling: what index columns are gathered in. */
export class GrowingUint32 {
  private data: Uint32Array;
  length = 0;

  constructor(capacity = 64) {
    this.data = new Uint32Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.data.length) {
      const wider = new Uint32Array(this.data.length * 2);
      wider.set(this.data);
      this.data = wider;
    }
    this.data[this.length] = value;
    this.length += 1;
  }

  at(index: number): number {
    return this.data[index] ?? 0;
  }

  /** Whether a value stands at the position or later. */
  hasFrom(from: number, value: number): boolean {
    for (let index = from; index < this.length; index += 1) if (this.data[index] === value) return true;
    return false;
  }

  /** The values so far, in an array of their exact size. */
  sealed(): Uint32Array {
    return this.data.slice(0, this.length);
  }
}

const encoder = new TextEncoder();

/** A list of bytes that grows by doubling. */
export class GrowingBytes {
  private data: Uint8Array;
  length = 0;

  constructor(capacity = 256) {
    this.data = new Uint8Array(capacity);
  }

  push(byte: number): void {
    this.reserve(1);
    this.data[this.length] = byte;
    this.length += 1;
  }

  /** A whole number in groups of seven bits, the lowest first; all but the last have their highest bit set. */
  pushNumber(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.push((rest & 127) | 128);
      rest >>>= 7;
    }
    this.push(rest);
  }

  /** In UTF-8; most texts are ASCII, whose units are their bytes. */
  appendText(text: string): void {
    this.reserve(text.length);
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (code > 127) {
        this.append(encoder.encode(text));
        return;
      }
      this.data[this.length + i] = code;
    }
    this.length += text.length;
  }

  append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.data.set(bytes, this.length);
    this.length += bytes.length;
  }

  sealed(): Uint8Array {
    return this.data.slice(0, this.length);
  }

  private reserve(more: number): void {
    if (this.length + more <= this.data.length) return;
    const wider = new Uint8Array(Math.max(this.data.length * 2, this.length + more));
    wider.set(this.data.subarray(0, this.length));
    this.data = wider;
  }
}
