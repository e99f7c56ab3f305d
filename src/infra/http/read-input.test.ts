import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { readInput } from './read-input.ts';

const list = endpoint({
  name: 'test.list',
  method: 'GET',
  path: '/things/:thingId',
  access: 'public',
  summary: 'A list',
  input: z.object({
    thingId: z.string(),
    limit: z.number().default(10),
    isOpen: z.boolean().optional(),
    tags: z.array(z.string()).default([]),
    q: z.string().optional(),
  }),
});
const save = endpoint({
  name: 'test.save',
  method: 'POST',
  path: '/things',
  access: 'public',
  summary: 'A change',
  input: z.object({ name: z.string().min(1), size: z.number() }),
});
const get = (query: string) => readInput(list, new Request(`http://x/things/1?${query}`), { thingId: '1' });
const post = (body: string) => readInput(save, new Request('http://x/things', { method: 'POST', body }), {});

describe('the input of a call', () => {
  it('reads text of a query as the numbers, booleans and lists the schema says', async () => {
    expect(await get('limit=5&isOpen=false&tags=a,b&tags=c&q=7')).toEqual({
      thingId: '1',
      limit: 5,
      isOpen: false,
      tags: ['a', 'b', 'c'],
      q: '7',
    });
  });

  it('names every field at fault at once', async () => {
    await expect(post('{"name":"","size":"large"}')).rejects.toMatchObject({
      kind: 'invalid',
      details: [{ field: 'name' }, { field: 'size' }],
    });
    await expect(get('limit=many')).rejects.toMatchObject({ details: [{ field: 'limit' }] });
  });

  it('refuses what is no JSON object, and what is too large, before anything is made of it', async () => {
    for (const body of ['{"name":', '[]', '"text"', 'null'])
      await expect(post(body)).rejects.toMatchObject({ kind: 'invalid' });
    await expect(post(`{"name":"${'x'.repeat(6 * 1024 * 1024)}"}`)).rejects.toThrow(/import/);
  });

  it('refuses NUL characters, which the database cannot keep, naming the field', async () => {
    await expect(post('{"name":"a\\u0000b","size":1}')).rejects.toMatchObject({
      kind: 'invalid',
      details: [{ field: 'name' }],
    });
    await expect(get('q=a%00b')).rejects.toMatchObject({ details: [{ field: 'q' }] });
  });
});
