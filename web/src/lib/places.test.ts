import { expect, test } from 'vitest';
import { bothOf, oneOf } from './places';

test.each(['16,2717', '16.2717', '-0,0447', '16', '16,', '', '16.2717 N', '16,27,17'])('%j is not two numbers', (typed) => {
  expect(bothOf(typed)).toBeNull();
});

test.each([
  ['16.2717, -0.0447', '16.2717', '-0.0447'],
  ['16.2717,-0.0447', '16.2717', '-0.0447'],
  ['16.2717 -0.0447', '16.2717', '-0.0447'],
  [' 16,2717 ; -0,0447 ', '16.2717', '-0.0447'],
  ['16,2717 -0,0447', '16.2717', '-0.0447'],
  ['16, 4', '16', '4'],
])('%j is two numbers, latitude first', (typed, lat, lon) => {
  expect(bothOf(typed)).toEqual({ lat, lon });
});

test('a decimal comma becomes a point, and nothing else changes', () => {
  expect(oneOf(' 16,2717 ')).toBe('16.2717');
  expect(oneOf('-0.0447')).toBe('-0.0447');
  expect(oneOf('north')).toBe('north');
});
