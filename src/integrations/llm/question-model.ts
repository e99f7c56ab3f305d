import type { QuestionModel } from '#modules/discovery/index.ts';

const answerTokensMax = 2000;
const answerBytesMax = 1_000_000;

export interface ModelConfig {
  /** Base address of an OpenAI-compatible API, such as http://localhost:11434/v1. */
  url: string;
  model: string;
  key: string | null;
}

/** A model behind any server that speaks the chat-completions protocol, on this machine or elsewhere; asked once, never again by itself. */
export function createQuestionModel(config: ModelConfig): QuestionModel {
  return {
    name: config.model,
    propose: async ({ question, instructions }, signal) => {
      // Loaded with the first question: they take 50 MB that a program without a model need not hold.
      const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
      const { generateText } = await import('ai');
      const provider = createOpenAICompatible({
        name: 'configured',
        baseURL: config.url,
        ...(config.key === null ? {} : { apiKey: config.key }),
        fetch: boundedFetch,
      });
      const { text } = await generateText({
        model: provider(config.model),
        instructions,
        prompt: question,
        temperature: 0,
        maxOutputTokens: answerTokensMax,
        maxRetries: 0,
        abortSignal: signal,
      });
      return jsonIn(text);
    },
  };
}

/** The object in a model's text, with or without a fence around it. Throws when there is none. */
export function jsonIn(text: string): unknown {
  const start = text.indexOf('{');
  const end = text.lastIndexOf('}');
  if (start < 0 || end < start) throw new Error('it answered no JSON');
  try {
    return JSON.parse(text.slice(start, end + 1));
  } catch {
    throw new Error('it answered broken JSON');
  }
}

/** No redirects to elsewhere with the key, and no answer without end. */
const boundedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, { ...init, redirect: 'error' });
  if (response.body === null) return response;
  let bytes = 0;
  const bound = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => {
      bytes += chunk.byteLength;
      if (bytes > answerBytesMax) controller.error(new Error(`it answered more than ${answerBytesMax} bytes`));
      else controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(bound), { status, statusText, headers });
};
