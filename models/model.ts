/** One trained model that ships: how its files are made again. Same data and seed give the same bytes. */
export interface Model {
  name: string;
  /** It reads only what lies beside it, and needs no --data. */
  isSelfContained?: true;
  train(options: TrainOptions): Promise<void>;
}

export interface TrainOptions {
  /** Folder with the labelled sets, by the names the model's CARD.md gives. */
  data: string;
  seed: number;
  tell(line: string): void;
}
