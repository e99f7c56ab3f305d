import { PasswordInput, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { createLink, type Link, listLinkDomains, listUtmTemplates, updateLink } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { type ApiForm, useApiForm } from '#web/ui/use-api-form.ts';
import { draftOf, extrasOf, type LinkDraft, utmOf } from './link-draft.ts';
import { RuleFields, VariantFields } from './link-rule-fields.tsx';
import { trackingNouns } from './words.ts';

/** Makes a link, or changes where one leads. The slug of a link that exists stays: it is printed and posted. */
export function LinkDialog({ link, onClose }: { link: Link | null; onClose: () => void }) {
  const create = useApiMutation(createLink, { invalidate: trackingNouns });
  const update = useApiMutation(updateLink, { invalidate: trackingNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm<LinkDraft>({
    initialValues: draftOf(link),
    send: async (values) => {
      const said = { destination: values.destination, utm: utmOf(values, link), ...extrasOf(values) };
      if (link === null) {
        const slug = values.slug.trim() === '' ? {} : { slug: values.slug };
        const made = await create.mutateAsync({
          ...said,
          ...slug,
          domain: values.domain === '' ? null : values.domain,
        });
        sayDone(`Made ${made.shortUrl}`);
      } else {
        await update.mutateAsync({ linkId: link.id, ...said });
        sayDone('Saved. Visitors follow within a second.');
      }
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={link === null ? 'New link' : `Edit /${link.slug}`}
      submitLabel={link === null ? 'Make link' : 'Save'}
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput
        label="Leads to"
        placeholder="https://shop.example/spring"
        required
        {...form.getInputProps('destination')}
      />
      {link === null && <Address form={form} />}
      <TagsInput label="Tags" placeholder="story, bio" {...form.getInputProps('tags')} />
      <details className="trk-more">
        <summary>UTM parameters</summary>
        <UtmFields form={form} isNew={link === null} />
      </details>
      <details className="trk-more" open={form.values.rules.length + form.values.variants.length > 0}>
        <summary>Rules and trials</summary>
        <RuleFields
          value={form.values.rules}
          errors={form.errors}
          onChange={(rules) => form.setFieldValue('rules', rules)}
        />
        <VariantFields
          value={form.values.variants}
          errors={form.errors}
          onChange={(variants) => form.setFieldValue('variants', variants)}
        />
      </details>
      <details className="trk-more">
        <summary>Apps</summary>
        <div className="trk-two">
          <TextInput label="iOS opens" placeholder="shopapp://spring" {...form.getInputProps('iosOpens')} />
          <TextInput label="or the store" placeholder="https://apps.apple.com/…" {...form.getInputProps('iosStore')} />
          <TextInput label="Android opens" placeholder="shopapp://spring" {...form.getInputProps('androidOpens')} />
          <TextInput
            label="or the store"
            placeholder="https://play.google.com/…"
            {...form.getInputProps('androidStore')}
          />
        </div>
      </details>
      <details className="trk-more">
        <summary>End, password, cookie</summary>
        <Limits form={form} link={link} />
      </details>
    </FormDialog>
  );
}

interface Part {
  form: ApiForm<LinkDraft>['form'];
}

function Address({ form }: Part) {
  const domains = useApiQuery(listLinkDomains, {});
  const live = (domains.data?.rows ?? []).filter((domain) => domain.state === 'live');
  return (
    <div className={live.length > 0 ? 'trk-two' : undefined}>
      {live.length > 0 && (
        <Select
          label="Host"
          data={[
            { value: '', label: "This installation's" },
            ...live.map((domain) => ({ value: domain.host, label: domain.hostShown })),
          ]}
          {...form.getInputProps('domain')}
        />
      )}
      <TextInput
        label="Slug"
        description="The part after the slash; made up when left empty"
        {...form.getInputProps('slug')}
      />
    </div>
  );
}

function UtmFields({ form, isNew }: Part & { isNew: boolean }) {
  const templates = useApiQuery(listUtmTemplates, {});
  const rows = templates.data?.rows ?? [];
  return (
    <>
      {isNew && rows.length > 0 && (
        <Select
          label="From a template"
          placeholder="None"
          data={rows.map((row) => ({ value: row.id, label: row.name }))}
          onChange={(id) => {
            const utm = rows.find((row) => row.id === id)?.utm;
            if (utm === undefined) return;
            const { source = '', medium = '', campaign = '', content = '', term = '' } = utm;
            form.setValues({ source, medium, campaign, content, term });
          }}
        />
      )}
      <div className="trk-two">
        <TextInput label="utm_source" placeholder="platform" {...form.getInputProps('source')} />
        <TextInput label="utm_medium" placeholder="affiliate" {...form.getInputProps('medium')} />
        <TextInput label="utm_campaign" placeholder="campaign" {...form.getInputProps('campaign')} />
        <TextInput label="utm_content" placeholder="creator" {...form.getInputProps('content')} />
        <TextInput label="utm_term" {...form.getInputProps('term')} />
      </div>
    </>
  );
}

function Limits({ form, link }: Part & { link: Link | null }) {
  return (
    <>
      <div className="trk-two">
        <TextInput label="Ends" type="datetime-local" {...form.getInputProps('expiresAt')} />
        <TextInput
          label="Then leads to"
          placeholder="a page that says it ended"
          {...form.getInputProps('expiredUrl')}
        />
        <PasswordInput
          label={link?.hasPassword === true ? 'New password' : 'Password'}
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
        <Select
          label="Cookie"
          data={[
            { value: '', label: 'As the workspace says' },
            { value: 'always', label: 'Always' },
            { value: 'consent', label: 'With consent' },
            { value: 'never', label: 'Never' },
          ]}
          {...form.getInputProps('cookies')}
        />
      </div>
      {link?.hasPassword === true && (
        <Switch label="Take the password away" {...form.getInputProps('removesPassword', { type: 'checkbox' })} />
      )}
    </>
  );
}
