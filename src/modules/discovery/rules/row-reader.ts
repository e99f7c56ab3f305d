import type { Filter, SearchAnswer } from '../api.ts';
import type { Ranked } from './rank.ts';
import { type HitWorld, readHit } from './read-hit.ts';
import type { CompiledText } from './text-match.ts';
import { whyMatched } from './why.ts';

type Row = SearchAnswer['rows'][number];

/** Reads the rows of one answer, with why each was found; each hit once. */
export class RowReader {
  private readonly world: HitWorld;
  private readonly asked: { text: CompiledText | null; filters: readonly Filter[]; nowMs: number };
  private readonly rows = new Map<Ranked, Row>();

  constructor(world: HitWorld, asked: { text: CompiledText | null; filters: readonly Filter[]; nowMs: number }) {
    this.world = world;
    this.asked = asked;
  }

  read(hit: Ranked): Row {
    const known = this.rows.get(hit);
    if (known !== undefined) return known;
    const { segment, person } = hit;
    const shown = readHit(segment, hit, this.world);
    const { vocabulary } = this.world;
    const row = { ...shown, why: whyMatched(shown, { segment, person, vocabulary, ...this.asked }) };
    this.rows.set(hit, row);
    return row;
  }
}
