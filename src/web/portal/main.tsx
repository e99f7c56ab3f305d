import '#web/zod-without-eval.ts';
import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/dropzone/styles.css';
import '@mantine/notifications/styles.css';
import '#web/ui/styles.css';
import './shell/portal.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { registerWorker } from '#web/portal/install.ts';
import { PortalApp } from '#web/portal/portal-app.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root"');
createRoot(root).render(
  <StrictMode>
    <PortalApp />
  </StrictMode>,
);
registerWorker();
