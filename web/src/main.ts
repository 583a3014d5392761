// The entry of the pages for people who are signed in.

import './fonts.css';
import './theme.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { beReady } from './pages';
import { recoverDrafts, tidyFiles } from './lib/drafts.svelte';
import { useRegister } from './lib/question.svelte';
import { followLinks } from './lib/route.svelte';
import { firstRegister, loadSession, signedIn } from './lib/session.svelte';
import { keepPages } from './lib/renewal.svelte';
import { apply } from './lib/theme.svelte';
import { preferredLanguage, useLanguage } from './lib/words.svelte';

/** After the first page has what it needs. */
const QUIET_MS = 3000;

apply();
followLinks();
void start();

async function start(): Promise<void> {
  const target = document.getElementById('app');
  if (!target) return;
  await useLanguage(preferredLanguage(navigator.language));
  let failure: unknown = null;
  try {
    await Promise.all([loadSession(), recoverDrafts()]);
    useRegister(await firstRegister());
  } catch (error) {
    failure = error;
  }
  mount(App, { target, props: { failure } });
  setTimeout(() => void later(failure === null), QUIET_MS);
}

async function later(isSignedIn: boolean): Promise<void> {
  await beReady();
  await keepPages();
  if (isSignedIn) await tidyFiles(signedIn.session.user.name);
}
