import { Button, Checkbox, Popover } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';

interface Props {
  columns: readonly { id: string; header: string }[];
  /** Ids of hidden columns; keep them in the URL or in a saved view. */
  hidden: readonly string[];
  onChange: (hidden: string[]) => void;
}

/** Which columns a table shows. The first column names the row and always stays. */
export function ColumnChoice({ columns, hidden, onChange }: Props) {
  return (
    <Popover position="bottom-end" width={220}>
      <Popover.Target>
        <Button variant="subtle" color="gray" leftSection={<IconColumns3 size={16} stroke={1.6} aria-hidden />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <fieldset className="choice">
          <legend className="vh">Columns shown</legend>
          {columns.slice(1).map(({ id, header }) => (
            <Checkbox
              key={id}
              label={header}
              checked={!hidden.includes(id)}
              onChange={() => onChange(hidden.includes(id) ? hidden.filter((other) => other !== id) : [...hidden, id])}
            />
          ))}
        </fieldset>
      </Popover.Dropdown>
    </Popover>
  );
}
