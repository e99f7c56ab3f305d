import { useMatch } from '@tanstack/react-router';
import { useEffect, useSyncExternalStore } from 'react';

let labels: Readonly<Record<string, string>> = {};
const listeners = new Set<() => void>();

function setLabel(crumb: string, label: string | null): void {
  const { [crumb]: _, ...rest } = labels;
  labels = label === null ? rest : { ...rest, [crumb]: label };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Breadcrumb labels that pages gave themselves, by path pattern. */
export function useCrumbLabels(): Readonly<Record<string, string>> {
  return useSyncExternalStore(subscribe, () => labels);
}

/** Names the page in the breadcrumb and the browser's title: "Nell Thistlewick" instead of "Creator". */
export function useCrumb(label: string | null | undefined): void {
  const match = useMatch({ strict: false });
  const crumb = match.staticData.crumb;
  useEffect(() => {
    if (crumb === undefined || !label) return;
    setLabel(crumb, label);
    return () => setLabel(crumb, null);
  }, [crumb, label]);
}
