import type { ReactNode } from 'react';

export interface DataTableMore<Row> {
  /** Enter or a click on a row. */
  onOpen?: (row: Row) => void;
  /** Row shown as current, such as the one in the side panel. */
  currentId?: string | null;
  hidden?: readonly string[];
  empty?: ReactNode;
  error?: unknown;
  onRetry?: () => void;
  /** Called when the end comes into view. */
  onEnd?: () => void;
  /** A second line below each row, such as why it was found. */
  below?: (row: Row) => ReactNode;
  /** Height of the scrolling area; without it the page scrolls and all rows are drawn. */
  height?: number | string;
}

/** A row as the table draws it. */
export interface BodyRow<Row> {
  id: string;
  value: Row;
  isSelected: boolean;
}
