// What a form can say of its answers before they are sent: what is missing, and what is not allowed.

import type { Answer, Answers } from './answers';
import { columnAt, type Asking, type Step } from './asking';
import { fieldsOf } from './form';
import type { Field, Finding, Item } from './types';
import { t } from './words.svelte';

/** Everything that must be mended, in the order of the form. */
export function check(items: readonly Item[], asking: Asking, answers: Answers, steps: readonly Step[] = []): Finding[] {
  return fieldsOf(items).flatMap((field) => {
    if (!asking.isAsked(field, steps)) return [];
    const own = wrongWith(field, asking, steps);
    return [...(own ? [own] : []), ...rowsOf(field, answers[field.name]).flatMap((row, index) =>
      check(field.fields ?? [], asking, row, [...steps, { field, row, index }]))];
  });
}

/** What is wrong with one answer. */
function wrongWith(field: Field, asking: Asking, steps: readonly Step[]): Finding | null {
  const column = columnAt(field, steps);
  if (asking.isMissing(field, steps)) return { code: 'answer-missing', column, text: t('answer-missing') };
  return asking.isAllowed(field, steps) ? null : { code: 'answer-not-allowed', column, text: notAllowed(field) };
}

/** Why an answer is not allowed, in the words of the form. */
export function notAllowed(field: Field): string {
  return field.constraint_message || t('answer-not-allowed');
}

function rowsOf(field: Field, answer: Answer | undefined): Answers[] {
  return field.type === 'rows' && Array.isArray(answer) ? (answer as Answers[]) : [];
}
