import { expect, test } from 'vitest';
import { draftKey, keepDraft, draftsOf, newKey } from './drafts.svelte';
import { waitAfter } from './outbox.svelte';

test('the wait grows and has an end', () => {
  expect([1, 2, 3, 7, 50].map(waitAfter)).toEqual([5000, 10_000, 20_000, 300_000, 300_000]);
});

test('keys are never the same', () => {
  expect(new Set(Array.from({ length: 500 }, newKey)).size).toBe(500);
});

test('a person finds their own drafts and nobody else\'s, nor what is none', () => {
  localStorage.clear();
  const draft = { answers: {}, before: {}, etag: null, at: '2026-11-22T10:00:00Z' };
  keepDraft(draftKey('amina', 'incident', null), draft);
  keepDraft(draftKey('amina', 'alert', '01J'), { ...draft, at: '2026-11-22T11:00:00Z' });
  keepDraft(draftKey('amina2', 'incident', null), draft);
  localStorage.setItem(draftKey('amina', 'incident', 'broken'), '{');
  expect(draftsOf('amina').map(({ register, id }) => [register, id])).toEqual([['alert', '01J'], ['incident', null]]);
});
