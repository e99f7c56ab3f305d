/** One measurement of accuracy on labelled data. Needs no server and ends within 10 minutes. */
export interface Eval {
  task: string;
  /** True when it makes cases of its own where no file is named; `data` is empty then. */
  makesData?: boolean;
  run(options: EvalOptions): Promise<EvalResult>;
}

export interface EvalOptions {
  /** File (gz allowed) or folder. */
  data: string;
  /** With it the same method is trained on that file alone: protocol `fresh`. */
  train: string | null;
  seed: number;
  /** What all cases of an unlabelled file are, for tasks that take it. */
  label: string | null;
  /** What an address is expected to meet: block or allow. */
  expect: string | null;
}

export interface EvalResult {
  protocol: 'fresh' | 'shipped';
  n: number;
  /** Means over cases, each with its bootstrap interval as KEY_lo and KEY_hi where one applies. */
  figures: Record<string, unknown>;
  /** What was said of each case and why, for --out FILE; only from tasks that can say it. */
  cases?: { id: string; prediction: string; rule: string; span: string }[];
}
