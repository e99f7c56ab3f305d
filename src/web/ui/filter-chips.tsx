import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';

export interface FilterChip {
  id: string;
  /** "Audience in" */
  name: string;
  /** "Ireland or Netherlands, 40 % or more" */
  value: string;
  /** The words of a question it was read from. */
  from?: string;
  /** Read and shown as an exclusion. */
  isNot?: boolean;
  onRemove: () => void;
  /** Opens what changes it. */
  onEdit?: () => void;
}

interface Props {
  chips: readonly FilterChip[];
  onClear?: () => void;
  /** A button or menu that adds one. */
  add?: ReactNode;
}

/** The filters in force, in words; each can be opened and taken away. */
export function FilterChips({ chips, onClear, add }: Props) {
  return (
    <div className="chips">
      <ul aria-label="Filters in force">
        {chips.map((chip) => (
          <li key={chip.id} className={chip.isNot ? 'chip not' : 'chip'}>
            <ChipText chip={chip} />
            <button
              type="button"
              className="chip-x"
              aria-label={`Remove ${chip.name} ${chip.value}`}
              onClick={chip.onRemove}
            >
              <IconX className="i" aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      {add}
      {onClear && chips.length > 1 && (
        <button type="button" className="link bare" onClick={onClear}>
          Clear all
        </button>
      )}
    </div>
  );
}

function ChipText({ chip: { name, value, from, onEdit } }: { chip: FilterChip }) {
  const words = (
    <>
      <em>{name}</em> {value}
      {from !== undefined && (
        <span className="chip-from" title={`Read from “${from}”`}>
          <span className="vh">, read from </span>“{from}”
        </span>
      )}
    </>
  );
  if (!onEdit) return <span>{words}</span>;
  return (
    <button type="button" className="bare" onClick={onEdit}>
      {words}
    </button>
  );
}
