import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { Command } from '#web/shell/feature.ts';

let ofPages: readonly Command[] = [];
const listeners = new Set<() => void>();

function change(next: readonly Command[]): void {
  ofPages = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePageCommands(): readonly Command[] {
  return useSyncExternalStore(subscribe, () => ofPages);
}

/** Adds what the open page can do to the command palette, for as long as the page is open. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  const ids = commands.map((command) => `${command.id}:${command.label}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ids stand for the list, which is new on every render
  useEffect(() => {
    const added = latest.current.map(
      (command, index): Command => ({
        ...command,
        run: (go) => latest.current[index]?.run(go),
      }),
    );
    change([...ofPages, ...added]);
    return () => change(ofPages.filter((command) => !added.includes(command)));
  }, [ids]);
}
