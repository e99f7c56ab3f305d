export * from './api/ads.ts';
export * from './api/assets.ts';
export * from './api/capture.ts';
export * from './api/readings.ts';
export * from './api/rights.ts';
