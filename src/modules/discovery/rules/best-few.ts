/** Keeps the first few of many offers: a heap with the last of the kept on top. */
export class BestFew<One> {
  private readonly heap: One[] = [];
  private readonly most: number;
  private readonly before: (a: One, b: One) => number;

  constructor(most: number, before: (a: One, b: One) => number) {
    this.most = most;
    this.before = before;
  }

  /** The last of the kept once there are enough; what comes after it need not be offered. */
  get last(): One | null {
    return this.heap.length < this.most ? null : (this.heap[0] ?? null);
  }

  offer(one: One): void {
    const { heap } = this;
    if (heap.length < this.most) {
      heap.push(one);
      this.rise(heap.length - 1);
      return;
    }
    const top = heap[0];
    if (top === undefined || this.before(one, top) >= 0) return;
    heap[0] = one;
    this.sink();
  }

  sorted(): One[] {
    return [...this.heap].sort(this.before);
  }

  private rise(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.swapWhenLater(at, parent)) return;
      at = parent;
    }
  }

  private sink(): void {
    let at = 0;
    for (;;) {
      const left = at * 2 + 1;
      const right = left + 1;
      const leftOne = this.heap[left];
      const rightOne = this.heap[right];
      if (leftOne === undefined) return;
      const child = rightOne !== undefined && this.before(rightOne, leftOne) > 0 ? right : left;
      if (!this.swapWhenLater(child, at)) return;
      at = child;
    }
  }

  private swapWhenLater(child: number, parent: number): boolean {
    const below = this.heap[child];
    const above = this.heap[parent];
    if (below === undefined || above === undefined || this.before(below, above) <= 0) return false;
    this.heap[child] = above;
    this.heap[parent] = below;
    return true;
  }
}
