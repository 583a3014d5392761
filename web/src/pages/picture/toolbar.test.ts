import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Found } from '../../lib/found.svelte';
import { ask, question, useRegister } from '../../lib/question.svelte';
import { navigate, route } from '../../lib/route.svelte';
import { loadSession } from '../../lib/session.svelte';
import { useLanguage } from '../../lib/words.svelte';
import { register } from '../../../dev/register';
import Toolbar from './Toolbar.svelte';

beforeEach(async () => {
  vi.stubGlobal('fetch', (address: string) => Promise.resolve(new Response(address === '/api/session' ? '{"user":{"name":"amina"}}' : '[]')));
  await useLanguage('en');
  await loadSession();
  useRegister('incident');
  navigate('/?register=incident');
  vi.useFakeTimers();
  render(Toolbar, { register, found: new Found(), showKeys: () => {} });
});
afterEach(() => {
  vi.useRealTimers();
  cleanup();
  vi.unstubAllGlobals();
  ask({ q: '' });
});

const search = (): HTMLInputElement => screen.getByRole('searchbox');

test('words are asked for when somebody stops typing', async () => {
  await fireEvent.input(search(), { target: { value: 'Gao' } });
  expect(question.q).toBe('');
  vi.runAllTimers();
  expect(question.q).toBe('Gao');
});

test('who has gone to another page is not brought back by what they typed', async () => {
  await fireEvent.input(search(), { target: { value: 'Gao' } });
  navigate('/mandate');
  cleanup();
  vi.runAllTimers();
  expect([route.path, question.q]).toEqual(['/mandate', '']);
});

test('filters that are cleared stay cleared, whatever was being typed', async () => {
  ask({ from: '2018-01-01' });
  await fireEvent.input(search(), { target: { value: 'Gao' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
  vi.runAllTimers();
  expect([question.q, question.from, search().value]).toEqual(['', '', '']);
});
