// Records that may be about the same thing: asking for them, and saying what they are.

import { call, path } from './api';
import { fieldOf } from './form';
import { act, recordPath, type Aim } from './record';
import type { Register, Values } from './types';
import { t } from './words.svelte';

export interface AlikePart {
  part: 'place' | 'time' | 'same' | 'words';
  score: number;
  metres?: number | null;
  seconds?: number | null;
  field?: string;
  words?: string[] | null;
}

export interface LookAlike {
  id: string;
  title: string | null;
  score: number;
  values: Values;
  reasons: AlikePart[];
}

export interface LookAlikes {
  /** None where the register has no rule. */
  threshold: number | null;
  look_alikes: LookAlike[];
}

const KILOMETRE_M = 1000;
const HOUR_S = 3600;
const WORDS_MAX = 6;

/** Those of a record that is being typed. */
export async function alikeTyped(register: string, values: Values, signal: AbortSignal): Promise<LookAlikes> {
  const address = `${path('api', 'registers', register)}/alike`;
  return (await call<LookAlikes>(address, { method: 'POST', body: { values }, signal })).body;
}

export async function alikeOf(register: string, id: string): Promise<LookAlikes> {
  return (await call<LookAlikes>(`${recordPath(register, id)}/alike`)).body;
}

export function merge(aim: Aim, other: string, take: string[], reason: string): Promise<unknown> {
  return act(aim, 'merge', { other, take, reason });
}

export function unmerge(aim: Aim, reason: string): Promise<unknown> {
  return act(aim, 'unmerge', { reason });
}

export function sayDistinct(aim: Aim, other: string): Promise<unknown> {
  return act(aim, 'distinct', { other });
}

/** Why a record looks like another, in words: the parts that found something. */
export function reasonsText(register: Register, reasons: AlikePart[]): string {
  return reasons.flatMap((part) => (part.score > 0 ? reasonText(register, part) : [])).join('; ');
}

function reasonText(register: Register, part: AlikePart): string[] {
  switch (part.part) {
    case 'place':
      return part.metres == null ? [] : [apart(part.metres)];
    case 'time':
      return part.seconds == null ? [] : [t('alike-time', { hours: Math.floor(part.seconds / HOUR_S) })];
    case 'same':
      return [t('alike-same', { field: fieldOf(register.form, part.field ?? '')?.label ?? part.field ?? '' })];
    default:
      return part.words?.length ? [t('alike-words', { words: part.words.slice(0, WORDS_MAX).join(', ') })] : [];
  }
}

function apart(metres: number): string {
  const isNear = metres < KILOMETRE_M;
  return isNear ? t('alike-metres', { count: metres }) : t('alike-kilometres', { count: Math.floor(metres / KILOMETRE_M) });
}
