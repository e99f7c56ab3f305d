/** What a story asks of its server, over the channel between the two processes. */
export type StoryRequest = { id: number } & (
  | { kind: 'move'; toMs: number }
  | { kind: 'run'; jobs?: string[] }
  | { kind: 'settle' }
);

export interface StoryAnswer {
  id: number;
  /** How far the server's clock is ahead of the machine's. */
  offsetMs: number;
  fault: string | null;
}
