import { IconFlask } from '@tabler/icons-react';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { useFeatures } from '#web/shell/features-context.ts';

/** Says on every page that people, brands and figures here are invented. */
export function SampleBanner() {
  const { isSample } = useWorkspace();
  const features = useFeatures();
  if (!isSample) return null;
  return (
    <aside className="sample" aria-label="Sample workspace">
      <IconFlask className="i" aria-hidden />
      <span>Sample workspace: every person, brand and figure in it is invented.</span>
      {features.map(({ name, SampleAction }) => SampleAction && <SampleAction key={name} />)}
    </aside>
  );
}
