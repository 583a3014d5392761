import { expect, test } from 'vitest';
import { groupsOf } from './form';
import type { Item } from './types';

const item = (kind: 'field' | 'group', name: string): Item => ({ kind, name, label: name, children: [] }) as unknown as Item;

test('fields outside of any group stand where the form has them', () => {
  const form = [item('group', 'what'), item('field', 'source'), item('field', 'alerter'), item('group', 'when'), item('field', 'status')];
  const told = groupsOf(form).map(({ name, label, children }) => [name, label, children.map((one) => one.name)]);
  expect(told).toEqual([
    ['what', 'what', []], ['~source', '', ['source', 'alerter']], ['when', 'when', []], ['~status', '', ['status']],
  ]);
});
