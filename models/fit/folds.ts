import { seededRandom } from './seeded-random.ts';

/** A fold number for every case, each label spread evenly over the folds. The same labels and seed give the same folds. */
export function foldsOf(labels: readonly boolean[], folds: number, seed: number): number[] {
  const random = seededRandom(seed);
  const foldOf = labels.map(() => 0);
  for (const kind of [true, false]) {
    const places = labels.flatMap((label, at) => (label === kind ? [at] : []));
    for (let i = places.length - 1; i > 0; i -= 1) {
      const j = Math.floor(random() * (i + 1));
      const [a = 0, b = 0] = [places[i], places[j]];
      places[i] = b;
      places[j] = a;
    }
    places.forEach((place, at) => {
      foldOf[place] = at % folds;
    });
  }
  return foldOf;
}
