/** What stands behind a figure, told in its popover. */
export interface FigureMeaning {
  /** How it is worked out, in words: "likes + comments, divided by followers, median of 12 posts". */
  formula: string;
  /** Where the data come from: "your shop's orders", "imported on 6 May". */
  source?: string;
  /** Sample: "12 posts", "400 of 24,812 followers". */
  n?: string;
  /** ISO date the data run to. */
  asOf?: string;
  /** Spread: "95 % interval 5.1 to 6.4". */
  interval?: string;
}
