// The sign-in page: name, password, code. Plain script, so that it is there at once; the only
// page served to somebody the node does not know.

import '../theme.css';
import './sign-in.css';
import catalogues from 'virtual:sign-in-words';
import { remember, remembered } from '../lib/storage';

type Language = keyof typeof catalogues;

const STORED = 'casque-language';
const STATUS_THROTTLED = 429;
const STATUS_REFUSED = 401;

let language: Language = preferred();

const form = element<HTMLFormElement>('sign-in');
const failure = element('failure');
const button = form.querySelector<HTMLButtonElement>('button[type=submit]');

say();
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void signIn();
});
document.querySelectorAll<HTMLButtonElement>('[data-language]').forEach((choice) =>
  choice.addEventListener('click', () => {
    language = choice.dataset['language'] === 'fr' ? 'fr' : 'en';
    remember(STORED, language);
    say();
  }),
);
element<HTMLInputElement>('name').focus();

async function signIn(): Promise<void> {
  const given = (name: string): string => element<HTMLInputElement>(name).value;
  const body: Record<string, string> = { name: given('name').trim(), password: given('password') };
  const code = given('code').replaceAll(/\s/g, '');
  if (code) body['code'] = code;
  busy(true);
  try {
    const response = await fetch('/api/sign-in', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Accept-Language': language },
      body: JSON.stringify(body),
    });
    if (response.ok) location.assign(next());
    else fail(reason(response));
  } catch {
    fail(word('unreachable'));
  }
  busy(false);
}

function reason(response: Response): string {
  if (response.status === STATUS_REFUSED) return word('refused');
  if (response.status !== STATUS_THROTTLED) return word('failed');
  const seconds = response.headers.get('retry-after');
  return seconds ? `${word('throttled')} ${word('wait')} ${seconds} s` : word('throttled');
}

/** Where the person wanted to go; never to another host. */
function next(): string {
  const wanted = new URLSearchParams(location.search).get('next') ?? '/';
  const address = new URL(wanted, location.origin);
  return address.origin === location.origin && wanted.startsWith('/') ? address.pathname + address.search : '/';
}

function fail(words: string): void {
  failure.textContent = words;
  failure.hidden = false;
  element<HTMLInputElement>('password').select();
}

function busy(is: boolean): void {
  if (button) button.disabled = is;
  form.setAttribute('aria-busy', `${is}`);
  if (is) failure.hidden = true;
}

function say(): void {
  document.documentElement.lang = language;
  document.title = word('title');
  for (const place of document.querySelectorAll<HTMLElement>('[data-word]')) {
    place.textContent = word(place.dataset['word'] ?? '');
  }
  for (const choice of document.querySelectorAll<HTMLElement>('[data-language]')) {
    choice.setAttribute('aria-pressed', `${choice.dataset['language'] === language}`);
  }
}

function word(key: string): string {
  return catalogues[language][key] ?? key;
}

function preferred(): Language {
  const chosen = remembered(STORED) ?? navigator.language;
  return chosen.startsWith('fr') ? 'fr' : 'en';
}

function element<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found as T;
}
