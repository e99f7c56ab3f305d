import { type Happening, happeningWords, type Stage } from '../api.ts';

/** Where one creator departs from the stages of the campaign, by name of the stage. */
export type Steps = ReadonlyMap<string, 'done' | 'skipped' | 'extra'>;

/** The stages one creator passes, in order: optional ones only where added, skipped ones left out; the one they stand in always. */
export function pathOf(stages: readonly Stage[], of: { steps: Steps; standing: string }): Stage[] {
  return stages.filter((stage) => {
    if (stage.name === of.standing) return true;
    const step = of.steps.get(stage.name);
    return step !== 'skipped' && (!stage.isOptional || step === 'extra' || step === 'done');
  });
}

export interface Move {
  from: string;
  to: string;
  steps: Steps;
  happened: ReadonlySet<Happening>;
}

/**
 * What a move forward leaves out: stages in order that lie between and were neither passed nor skipped, and what the stage needs and has not happened.
 * A move back, and one among stages of any order, leaves nothing out but needs. Empty: the move is free.
 */
export function whatIsMissing(stages: readonly Stage[], move: Move): { stages: Stage[]; needs: Happening[] } {
  const at = (name: string) => stages.findIndex((stage) => stage.name === name);
  const from = at(move.from);
  const to = at(move.to);
  const target = stages[to];
  if (target === undefined || to <= from) return { stages: [], needs: [] };
  const path = new Set(pathOf(stages, { steps: move.steps, standing: move.from }).map((stage) => stage.name));
  const left = stages
    .slice(from + 1, to)
    .filter((stage) => stage.gate === 'in_order' && path.has(stage.name) && move.steps.get(stage.name) !== 'done');
  return { stages: left, needs: target.needs.filter((need) => !move.happened.has(need)) };
}

/** The same in words: "Contract comes before; needs contract signed". */
export function sayMissing(missing: { stages: readonly Stage[]; needs: readonly Happening[] }): string {
  const parts: string[] = [];
  const labels = missing.stages.map((stage) => stage.label);
  if (labels.length > 0)
    parts.push(
      `${labels.join(' and ')} ${labels.length === 1 ? 'comes' : 'come'} before and ${labels.length === 1 ? 'was' : 'were'} not passed`,
    );
  if (missing.needs.length > 0)
    parts.push(`still missing: ${missing.needs.map((need) => happeningWords[need]).join(', ')}`);
  return parts.join('; ');
}

/**
 * The stage something that happened brings a creator to, or null when it brings them nowhere: only forward, only to a stage they pass. Where the
 * stage itself is skipped for them, the next on their way takes its place.
 */
export function stageReachedBy(
  stages: readonly Stage[],
  of: { standing: string; happening: Happening; steps: Steps },
): Stage | null {
  const from = stages.findIndex((stage) => stage.name === of.standing);
  const path = new Set(pathOf(stages, of).map((stage) => stage.name));
  const index = stages.findIndex((stage, place) => place > from && stage.reachedBy.includes(of.happening));
  if (index < 0) return null;
  // Somewhere further on already for the same reason: nothing to do.
  if (stages[from]?.reachedBy.includes(of.happening) === true) return null;
  return stages.slice(index).find((stage) => path.has(stage.name)) ?? null;
}
