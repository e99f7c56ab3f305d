import type { ReactNode } from 'react';

export interface TableColumn<Row> {
  id: string;
  /** Column head, with the unit: "Price, €". */
  header: string;
  cell: (row: Row) => ReactNode;
  /** px; one column without a width takes what is left. */
  width?: number;
  /** Numbers stand at the end. */
  align?: 'end';
  isSortable?: boolean;
  /** Below this page width (px) the column steps aside. */
  from?: number;
}

export interface TableSort {
  by: string;
  desc: boolean;
}
