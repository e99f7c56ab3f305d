import { Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { FigureAbout } from '#web/ui/figure-about.tsx';
import type { FigureMeaning } from '#web/ui/figure-meaning.ts';

interface Props {
  /** What it measures: title of the popover, and its name for screen readers. */
  label: string;
  /** Formatted: "5.8 %". null when there is no honest number. */
  value: string | null;
  /** "of followers", "last 12 posts" */
  unit?: string;
  meaning: FigureMeaning;
  /** Estimated figures are lighter and dotted. */
  isEstimated?: boolean;
  /** Why there is no number: "not enough data", "not known". */
  missing?: string;
}

/** A number one can ask where it comes from, by pointer, focus or touch. Every figure of the product is one. */
export function Figure({ label, value, unit, meaning, isEstimated = false, missing = 'not known' }: Props) {
  const [isOpen, popover] = useDisclosure(false);
  const className = value === null ? 'fig unknown' : isEstimated ? 'fig est' : 'fig';
  return (
    <Popover
      opened={isOpen}
      onChange={(open) => !open && popover.close()}
      width={300}
      position="bottom-start"
      withArrow
      shadow="md"
    >
      <Popover.Target>
        <button
          type="button"
          className={className}
          onMouseEnter={popover.open}
          onMouseLeave={popover.close}
          onFocus={popover.open}
          onBlur={popover.close}
          onKeyDown={(event) => event.key === 'Escape' && popover.close()}
        >
          <span className="vh">{label}: </span>
          {value ?? missing}
          {value !== null && unit && <span className="unit">{unit}</span>}
          {isEstimated && <span className="vh"> (estimated)</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <FigureAbout label={label} meaning={meaning} isEstimated={isEstimated} />
      </Popover.Dropdown>
    </Popover>
  );
}
