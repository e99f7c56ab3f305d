import { Button } from '@mantine/core';
import { useState } from 'react';
import { renewSurveyLink, type Survey, setSurvey } from '#modules/attribution/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { CopyField } from '#web/ui/copy-field.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { choiceInputs, SurveyDialog } from './survey-dialog.tsx';

/** The question, its choices and the page to link to. */
export function SurveySection({ survey, canWrite }: { survey: Survey; canWrite: boolean }) {
  const [dialog, setDialog] = useState<'edit' | 'renew' | null>(null);
  const close = () => setDialog(null);
  const change = useApiMutation(setSurvey, {
    invalidate: ['survey'],
    onError: (error) => sayFailed('Not changed', error),
  });
  const renew = useApiMutation(renewSurveyLink, { invalidate: ['survey'] });
  const setOpen = (isOpen: boolean) =>
    change.mutate({ isOpen, question: survey.question, thanks: survey.thanks, choices: choiceInputs(survey) });
  return (
    <Section
      title={survey.question}
      note="asked once an order, on a page of its own: no account, no cookie"
      end={<Tag tone={survey.isOpen ? 'good' : 'plain'}>{survey.isOpen ? 'open' : 'closed'}</Tag>}
    >
      <div className="stack">
        <p className="ink-2">
          {survey.choices
            .map((choice) => (choice.asks === null ? choice.label : `${choice.label} (${choice.asks})`))
            .join(' · ')}
        </p>
        <CopyField label="Link to the page" value={`${survey.url}?order=ORDER-ID`} />
        <p className="meta">
          Put the link on the shop's thank-you page or into its mail, with the order's id as the shop tells it to
          Rapport in place of ORDER-ID. Whoever has the link can answer; an answer never pays anybody.
        </p>
        {canWrite && (
          <div className="row">
            <Button
              variant={survey.isOpen ? 'default' : 'filled'}
              loading={change.isPending}
              onClick={() => setOpen(!survey.isOpen)}
            >
              {survey.isOpen ? 'Close' : 'Open for answers'}
            </Button>
            <Button onClick={() => setDialog('edit')}>Change the question</Button>
            <Button variant="subtle" color="gray" onClick={() => setDialog('renew')}>
              New link
            </Button>
          </div>
        )}
      </div>
      {dialog === 'edit' && <SurveyDialog survey={survey} onClose={close} />}
      <ConfirmDialog
        isOpen={dialog === 'renew'}
        onClose={close}
        title="Make a new link?"
        confirmLabel="Make a new link"
        onConfirm={() => renew.mutateAsync({})}
        isDangerous
      >
        The link there is ends at once, wherever it stands. Answers given so far stay.
      </ConfirmDialog>
    </Section>
  );
}
