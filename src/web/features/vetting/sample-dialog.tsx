import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type SampleUpload, uploadAudienceSample } from '#modules/creators/api.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { FileDrop } from '#web/ui/file-drop.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { type AudienceKind, audienceNouns } from './audience-words.ts';
import { useVetAgain } from './use-vet-again.ts';

const maxBytes = 50_000_000;
const errorsShown = 8;
const accept = {
  'text/csv': ['.csv', '.tsv', '.txt'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['.xlsx'],
  'application/json': ['.json', '.jsonl', '.ndjson'],
  'application/gzip': ['.gz'],
};

interface Props {
  of: { personId: string; profileId: string };
  kind: AudienceKind;
  onClose: () => void;
}

/** Takes a sample from a file, and says which rows could not be read. */
export function SampleDialog({ of, kind, onClose }: Props) {
  const { many } = audienceNouns[kind];
  const [method, setMethod] = useState('');
  const [takenOn, setTakenOn] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const [answer, setAnswer] = useState<SampleUpload | null>(null);
  const upload = useUpload(uploadAudienceSample);
  const vetAgain = useVetAgain();
  const send = async (file: File) => {
    setFailure(null);
    setAnswer(null);
    try {
      const given = {
        ...(method.trim() !== '' && { method: method.trim() }),
        ...(takenOn !== '' && { takenAt: `${takenOn}T00:00:00.000Z` }),
      };
      const kept = await upload.start({ ...of, kind, ...given }, file);
      setAnswer(kept);
      if (kept.isKept) await vetAgain(of);
    } catch (error) {
      setFailure(messageOf(error));
    }
  };
  return (
    <Modal opened onClose={onClose} title={`A sample of ${many}`} size="lg">
      <div className="form">
        {failure !== null && <FormAlert>{failure}</FormAlert>}
        {answer !== null && <Answer answer={answer} />}
        <p className="ink-2">
          One account a row with a heading: username, followers, following, posts, private, has picture, bio, link,
          created at; what is missing is taken for not known. Names and bios are measured and not kept, user names are.
        </p>
        <TextInput
          label="How it was drawn"
          placeholder={`random 1,000 of all ${many}`}
          maxLength={200}
          value={method}
          onChange={(event) => setMethod(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label="Drawn on"
          description="Today when left out"
          value={takenOn}
          onChange={(event) => setTakenOn(event.currentTarget.value)}
        />
        {upload.progress === null ? (
          <FileDrop
            title={`Drop a file of ${many} here, or choose one`}
            note="CSV, TSV, Excel, JSON or NDJSON, also as .gz, up to 20,000 accounts"
            accept={accept}
            maxBytes={maxBytes}
            onFile={(file) => void send(file)}
          />
        ) : (
          <ProgressBar label="Reading the sample" percent={null} onCancel={upload.cancel} />
        )}
        <div className="acts">
          <Button
            variant={answer?.isKept ? 'filled' : 'subtle'}
            color={answer?.isKept ? 'teal' : 'gray'}
            onClick={onClose}
          >
            {answer?.isKept ? 'Done' : 'Close'}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function Answer({ answer }: { answer: SampleUpload }) {
  const more = answer.errorsTotal - Math.min(errorsShown, answer.errors.length);
  return (
    <div className={answer.isKept ? 'alert info' : 'alert bad'} role="status">
      <span>
        {answer.isKept ? `Kept ${formatPlural(answer.kept, 'account')}` : 'Nothing was kept'} of{' '}
        {formatPlural(answer.read, 'row')}
        {answer.repeated > 0 && `, ${answer.repeated} repeated`}
        {answer.errorsTotal > 0 && `, ${formatPlural(answer.errorsTotal, 'problem')}:`}
        {answer.errors.slice(0, errorsShown).map((error) => (
          <span key={`${error.row} ${error.field}`} className="vt-caption">
            Row {error.row}
            {error.field === '' ? '' : `, ${error.field}`}: {error.message}
          </span>
        ))}
        {more > 0 && <span className="vt-caption">and {more} more</span>}
      </span>
    </div>
  );
}
