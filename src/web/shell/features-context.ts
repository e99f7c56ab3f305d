import { createContext, useContext } from 'react';
import type { Feature, FeatureTab } from '#web/shell/feature.ts';

/** The fixed list of features; its order is the order of the rail, and hooks are called in it. */
export const FeaturesContext = createContext<readonly Feature[]>([]);

export function useFeatures(): readonly Feature[] {
  return useContext(FeaturesContext);
}

/** Tabs that other features put on the page with this path, in their order. */
export function useTabsOf(path: string): FeatureTab[] {
  const tabs = useFeatures().flatMap((feature) => feature.tabs ?? []);
  return tabs.filter((tab) => tab.of === path).sort((a, b) => a.order - b.order || a.title.localeCompare(b.title));
}
