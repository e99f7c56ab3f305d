import type { Found, Notice, RailCount, RunningJob } from '#web/shell/feature.ts';
import { useFeatures } from '#web/shell/features-context.ts';

// The features are a fixed list, so their hooks run in the same order on every render.

export function useRailCounts(): RailCount[] {
  // biome-ignore lint/correctness/useHookAtTopLevel: a fixed list
  return useFeatures().flatMap((feature) => feature.useRailCounts?.() ?? []);
}

export function useRunningJobs(): RunningJob[] {
  // biome-ignore lint/correctness/useHookAtTopLevel: a fixed list
  return useFeatures().flatMap((feature) => feature.useJobs?.() ?? []);
}

export function useNotices(): Notice[] {
  // biome-ignore lint/correctness/useHookAtTopLevel: a fixed list
  const notices = useFeatures().flatMap((feature) => feature.useNotices?.() ?? []);
  return notices.sort((a, b) => b.at.localeCompare(a.at));
}

export function useFound(words: string): { group: string; hits: Found[] }[] {
  // biome-ignore lint/correctness/useHookAtTopLevel: a fixed list
  return useFeatures().flatMap((feature) => (feature.useFound ? [feature.useFound(words)] : []));
}
