import { Button, Popover, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { filterGroups } from './filter-groups.ts';
import { fieldLabel } from './filter-words.ts';

/** Every filter there is, by what it is about; a few letters find one. */
export function FilterMenu({ onChoose }: { onChoose: (field: string) => void }) {
  const [isOpen, menu] = useDisclosure(false);
  const [letters, setLetters] = useState('');
  const wanted = letters.trim().toLowerCase();
  const groups = filterGroups
    .map(({ title, fields }) => ({
      title,
      fields: fields.filter((field) => `${title} ${fieldLabel(field)} ${field}`.toLowerCase().includes(wanted)),
    }))
    .filter(({ fields }) => fields.length > 0);
  const choose = (field: string) => {
    menu.close();
    setLetters('');
    onChoose(field);
  };
  const first = groups[0]?.fields[0];
  return (
    <Popover
      opened={isOpen}
      onChange={menu.toggle}
      position="bottom-start"
      shadow="md"
      width={640}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button
          size="compact-md"
          leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
          onClick={menu.toggle}
          aria-haspopup="dialog"
        >
          Filter
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="discover-filters" aria-label="Add a filter">
        <TextInput
          aria-label="Find a filter"
          placeholder="Find a filter"
          value={letters}
          onChange={(event) => setLetters(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && first !== undefined) {
              event.preventDefault();
              choose(first);
            }
          }}
          data-autofocus
        />
        <div className="discover-filter-groups">
          {groups.map(({ title, fields }) => (
            <section key={title} aria-label={title}>
              <h3>{title}</h3>
              <ul>
                {fields.map((field) => (
                  <li key={field}>
                    <button type="button" className="bare" onClick={() => choose(field)}>
                      {fieldLabel(field)}
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ))}
          {groups.length === 0 && <p className="meta">No filter has these letters.</p>}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
