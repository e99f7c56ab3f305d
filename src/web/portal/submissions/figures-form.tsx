import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type ContentMetric, contentMetrics } from '#modules/campaigns/api.ts';
import { portalTypeFigures } from '#modules/submissions/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { sayDone } from '#web/ui/say.ts';
import { words } from './words.ts';

const clean = (text: string) => text.replace(/[\s,.']/g, '');

/** The figures a picture of insights shows, typed by the creator beside it. Empty fields say nothing. */
export function FiguresForm({
  deliverableId,
  fileId,
  isOff,
}: {
  deliverableId: string;
  fileId: string;
  isOff: boolean;
}) {
  const [isOpen, setIsOpen] = useState(false);
  const [texts, setTexts] = useState<Partial<Record<ContentMetric, string>>>({});
  const type = useApiMutation(portalTypeFigures, {
    invalidate: ['portalSubmissions', 'portalResults'],
    onSuccess: () => {
      setIsOpen(false);
      sayDone(words.figuresKept);
    },
  });
  if (!isOpen)
    return (
      <Button fullWidth disabled={isOff} onClick={() => setIsOpen(true)}>
        {words.figuresType}
      </Button>
    );
  const typed = contentMetrics.filter((metric) => clean(texts[metric] ?? '') !== '');
  const isFine = typed.length > 0 && typed.every((metric) => /^\d{1,12}$/.test(clean(texts[metric] ?? '')));
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        const values = Object.fromEntries(typed.map((metric) => [metric, Number(clean(texts[metric] ?? ''))]));
        type.mutate({ deliverableId, fileId, values });
      }}
    >
      {type.error !== null && <FormAlert>{type.error.message}</FormAlert>}
      <p className="meta">{words.figuresHint}</p>
      <div className="ps-figures">
        {contentMetrics.map((metric) => (
          <TextInput
            key={metric}
            label={words.figures[metric]}
            inputMode="numeric"
            value={texts[metric] ?? ''}
            error={/^\d*$/.test(clean(texts[metric] ?? '')) ? null : words.wholeNumber}
            onChange={(event) => setTexts({ ...texts, [metric]: event.currentTarget.value })}
          />
        ))}
      </div>
      <Button type="submit" variant="filled" fullWidth disabled={!isFine || isOff} loading={type.isPending}>
        {words.figuresSend}
      </Button>
    </form>
  );
}
