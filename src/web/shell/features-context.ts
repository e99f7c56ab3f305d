import { createContext, useContext } from 'react';
import type { Feature } from '#web/shell/feature.ts';

/** The fixed list of features; its order is the order of the rail, and hooks are called in it. */
export const FeaturesContext = createContext<readonly Feature[]>([]);

export function useFeatures(): readonly Feature[] {
  return useContext(FeaturesContext);
}
