import { expect, test } from 'vitest';
import { pageRule, quoted } from './sheet';

test('a text in a rule stays text', () => {
  expect(quoted('A B-1')).toBe('"A B-1"');
  expect(quoted('a"}\\\n</style>')).toBe('"a\\22 \\7d \\5c \\a \\3c \\2f style\\3e "');
  expect(quoted('é')).toBe('"\\e9 "');
});

test('the marking is at the head and at the foot', () => {
  expect(pageRule('SECRET', 'x', false).match(/"SECRET"/g)).toHaveLength(2);
});
