import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconArrowRight, IconBolt, IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { usePageCommands } from '#web/shell/command-store.ts';
import type { Command, Found } from '#web/shell/feature.ts';
import { useFeatures } from '#web/shell/features-context.ts';
import { useGo } from '#web/shell/use-go.ts';
import { useFound } from '#web/shell/use-of-features.ts';
import { Avatar } from '#web/ui/avatar.tsx';

const [paletteStore, palette] = createSpotlight();

export function openPalette(): void {
  palette.open();
}

function matches(words: string, texts: (string | undefined)[]): boolean {
  const all = texts.join(' ').toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

/** Ctrl or Cmd K: pages, things to do, and whatever features find for the typed words. */
export function Palette() {
  const [words, setWords] = useState('');
  const [settled] = useDebouncedValue(words.trim(), 120);
  const groups = usePaletteGroups(words.trim(), settled);
  return (
    <Spotlight.Root
      store={paletteStore}
      query={words}
      onQueryChange={setWords}
      shortcut={['mod + K']}
      scrollable
      overlayProps={{ blur: 0 }}
      maxHeight={440}
    >
      <Spotlight.Search
        aria-label="Search or run a command"
        placeholder="Search creators and pages, or run a command"
        leftSection={<IconSearch size={18} stroke={1.6} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {groups.map((group) => (
          <Spotlight.ActionsGroup key={group.label} label={group.label}>
            {group.lines.map(({ id, icon, ...line }) => (
              <Spotlight.Action key={id} leftSection={icon} highlightQuery {...line} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 && <Spotlight.Empty>Nothing is called “{words}”. Try fewer letters.</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

interface Line {
  id: string;
  label: string;
  description?: string;
  icon: ReactNode;
  onClick: () => void;
}

function usePaletteGroups(words: string, settled: string): { label: string; lines: Line[] }[] {
  const go = useGo();
  const features = useFeatures();
  const ofPage = usePageCommands();
  const commands = [...ofPage, ...features.flatMap((feature) => feature.commands ?? [])];
  const pages = features.flatMap((feature) => feature.rail ?? []);
  const found = useFound(settled);
  const pageLines = pages
    .filter((page) => matches(words, [page.label]))
    .map(
      ({ label, to, icon: Icon }): Line => ({
        id: `page ${to}`,
        label,
        icon: <Icon size={18} stroke={1.6} aria-hidden />,
        onClick: () => go(to),
      }),
    );
  const commandLines = commands
    .filter((command) => matches(words, [command.label, command.description, ...(command.keywords ?? [])]))
    .map((command) => toLine(command, () => command.run(go)));
  const foundGroups = found.map(({ group, hits }) => ({
    label: group,
    lines: hits.map((hit) => foundLine(hit, () => go(hit.to, hit.params ? { params: hit.params } : {}))),
  }));
  return [...foundGroups, { label: 'Do', lines: commandLines }, { label: 'Go to', lines: pageLines }].filter(
    (group) => group.lines.length > 0,
  );
}

function toLine({ id, label, description, icon: Icon = IconBolt }: Command, onClick: () => void): Line {
  return {
    id,
    label,
    icon: <Icon size={18} stroke={1.6} aria-hidden />,
    onClick,
    ...(description === undefined ? {} : { description }),
  };
}

function foundLine({ id, label, description, faceId }: Found, onClick: () => void): Line {
  return {
    id,
    label,
    icon: faceId ? (
      <Avatar id={faceId} name={label} size={24} />
    ) : (
      <IconArrowRight size={18} stroke={1.6} aria-hidden />
    ),
    onClick,
    ...(description === undefined ? {} : { description }),
  };
}
