// Kept by the shell, since pages of other features stand among these tabs.
export { TrackingTabs } from '#web/shell/tracking-tabs.tsx';
