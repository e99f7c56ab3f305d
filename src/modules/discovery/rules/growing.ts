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

  /** The values so far, in an array of their exact size. */
  sealed(): Uint32Array {
    return this.data.slice(0, this.length);
  }
}
