import type { ClassedComment, CommentReason } from '#modules/vetting/api.ts';
import { formatDecimal, formatShare } from '#web/ui/format-number.ts';
import { kindWords, sentimentWords } from './comment-words.ts';

const labelWords: Record<CommentReason['label'], string> = {
  language: 'Language',
  kind: 'Kind',
  spam: 'Spam',
  sentiment: 'Sentiment',
  intents: 'Wants',
  target: 'Aimed at',
};

/** What decided each label, by rule or by weighed words. */
export function CommentReasons({ comment }: { comment: ClassedComment }) {
  const { model, reasons, correction } = comment;
  return (
    <details className="vt-why">
      <summary className="meta">Why</summary>
      <dl>
        {reasons.map((reason) => (
          <div key={`${reason.label} ${reason.by}`}>
            <dt>{labelWords[reason.label]}</dt>
            <dd>
              {reason.by}
              {reason.contributions.length > 0 && (
                <span className="meta">
                  {' '}
                  {reason.contributions
                    .map(({ name, contribution }) => `${name} ${formatDecimal(contribution, 2)}`)
                    .join(', ')}
                </span>
              )}
            </dd>
          </div>
        ))}
        {correction !== null && (
          <div>
            <dt>Machine</dt>
            <dd>
              said {model.kind === null ? 'nothing of the kind' : kindWords[model.kind].toLowerCase()},{' '}
              {model.sentiment === null ? 'sentiment not known' : sentimentWords[model.sentiment].toLowerCase()}
            </dd>
          </div>
        )}
        <div>
          <dt>Models</dt>
          <dd>
            {model.version}
            {model.spamProbability !== null && `, spam ${formatShare(model.spamProbability)}`}
          </dd>
        </div>
      </dl>
    </details>
  );
}
