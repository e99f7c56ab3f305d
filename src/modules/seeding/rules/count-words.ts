export function formatCount(n: number): string {
  return n.toLocaleString('en');
}

export function plural(n: number, word: string): string {
  return n === 1 ? word : `${word}s`;
}
