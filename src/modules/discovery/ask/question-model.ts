/** What a language model is told: the question, and a schema of what may come back. */
export interface ModelRequest {
  question: string;
  /** What it has to do, and the fields and values it may use. */
  instructions: string;
}

/** A language model that reads questions; what it answers is only a proposal. Throws when it cannot be reached or answers no JSON. */
export interface QuestionModel {
  /** Name of the model, for what is said beside its answer. */
  name: string;
  propose(request: ModelRequest, signal: AbortSignal): Promise<unknown>;
}
