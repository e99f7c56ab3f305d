import type { AppError } from '#kernel/errors.ts';
import { type AskAnswer, askModel } from '#modules/discovery/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { sayFailed } from '#web/ui/say.ts';

interface Props {
  question: string;
  answer: AskAnswer | undefined;
  /** Why the words could not be read. */
  error: AppError | null;
  /** Takes the model's reading in place of the rules'. */
  onTake: (answer: AskAnswer) => void;
}

/** How unclear words of the question were read, and which were not understood and so ask for nothing. */
export function AskedNotes({ question, answer, error, onTake }: Props) {
  const ask = useApiMutation(askModel, {
    onSuccess: onTake,
    onError: (error) => sayFailed('The model did not read it', error),
  });
  if (error !== null)
    return (
      <ul className="discover-notes" aria-label="How the question was read">
        <li className="discover-unclear">The words are searched as they stand: {error.message}</li>
      </ul>
    );
  if (answer === undefined) return null;
  const remarks = [
    ...new Map(answer.parts.flatMap((part) => (part.remark === null ? [] : [[`${part.at}`, part]]))).values(),
  ];
  const isQuiet = remarks.length === 0 && answer.unclear.length === 0;
  if (isQuiet && !answer.canAskModel) return null;
  return (
    <ul className="discover-notes" aria-label="How the question was read">
      {answer.unclear.map((part) => (
        <li key={`${part.at} ${part.message}`} className="discover-unclear">
          Not asked for: <b>“{part.words}”</b>. {part.message}
        </li>
      ))}
      {remarks.map((part) => (
        <li key={part.at}>
          <b>“{part.words}”</b>: {part.remark}
        </li>
      ))}
      {answer.canAskModel && (
        <li>
          <button type="button" className="link bare" disabled={ask.isPending} onClick={() => ask.mutate({ question })}>
            {ask.isPending ? 'The model reads' : 'Let the model read it'}
          </button>
        </li>
      )}
    </ul>
  );
}
