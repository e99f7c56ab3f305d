export interface Lane {
  id: string;
  title: string;
}
