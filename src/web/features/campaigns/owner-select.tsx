import { Select } from '@mantine/core';
import { useMembers } from './use-members.ts';

interface Props {
  label?: string;
  value: string | null;
  onChange: (userId: string | null) => void;
  /** Said while nobody is chosen. */
  placeholder?: string;
  isDisabled?: boolean;
}

/** Chooses the member who looks after something. */
export function OwnerSelect({ label = 'Owner', value, onChange, placeholder = 'nobody', isDisabled = false }: Props) {
  const { options, nameOf } = useMembers();
  const isKnown = value === null || options.some((option) => option.value === value);
  return (
    <Select
      label={label}
      data={isKnown ? options : [...options, { value, label: nameOf(value) }]}
      value={value}
      onChange={onChange}
      placeholder={placeholder}
      disabled={isDisabled}
      clearable
      searchable
    />
  );
}
