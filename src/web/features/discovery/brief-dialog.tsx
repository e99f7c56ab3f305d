import { Button, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { readWebsite, type WebsiteText } from '#modules/discovery/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatCount } from '#web/ui/format-number.ts';

/** Longer ones do not fit into an address. */
const briefCharsMax = 6000;

/** Takes a brief, or the text of a brand's website, to rank creators for. */
export function BriefDialog({
  brief,
  onClose,
  onMatch,
}: {
  brief: string;
  onClose: () => void;
  onMatch: (brief: string) => void;
}) {
  const [text, setText] = useState(brief);
  const [failure, setFailure] = useState<string | null>(null);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (text.trim().length < 20) {
      setFailure('Write or paste a few sentences: what the brand makes, for whom, in which tone.');
      return;
    }
    onMatch(text.trim().slice(0, briefCharsMax));
    onClose();
  };
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Match a brief"
      submitLabel="Rank creators"
      onSubmit={onSubmit}
      failure={failure}
    >
      <Textarea
        label="Brief, or the text of the brand's website"
        description="The filters in force stay. Each score is shown as the sum it is."
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maxLength={briefCharsMax}
        minRows={6}
        maxRows={14}
        autosize
        data-autofocus
      />
      <Website
        onText={(page) => {
          setText(page);
          setFailure(null);
        }}
      />
    </FormDialog>
  );
}

/** Fetches one page by its address and puts its text where the brief stands, to be read and cut before anybody is ranked. */
function Website({ onText }: { onText: (text: string) => void }) {
  const [url, setUrl] = useState('');
  const [page, setPage] = useState<WebsiteText | null>(null);
  const fetchPage = useApiMutation(readWebsite, {
    onSuccess: (read) => {
      setPage(read);
      onText(read.text);
    },
  });
  const start = () => {
    setPage(null);
    if (url.trim() !== '' && !fetchPage.isPending) fetchPage.mutate({ url: url.trim(), charsMax: briefCharsMax });
  };
  return (
    <div className="row row-3 discover-website">
      <TextInput
        className="grow"
        label="Or take the text of a web page"
        description="Your server fetches this one page, once. Nothing is fetched unless you ask for it."
        placeholder="oatwhistle.example/about"
        value={url}
        maxLength={2000}
        onChange={(event) => setUrl(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          start();
        }}
        error={fetchPage.error?.message}
      />
      <Button onClick={start} loading={fetchPage.isPending} disabled={url.trim() === ''}>
        Fetch the text
      </Button>
      {page !== null && (
        <p className="meta" role="status">
          {formatCount(page.words)} words of {page.title ?? page.url}
          {page.isCut && ', cut to what fits'}. Read it, take out what does not matter, then rank.
        </p>
      )}
    </div>
  );
}
