// Which component shows which address, and with what.

import type { Component } from 'svelte';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each page has its own properties
type AnyComponent = Component<any>;
type Load = () => Promise<{ default: AnyComponent }>;

export interface ShownPage {
  load: Load;
  props: Record<string, unknown>;
  /** Another key makes the page anew; the picture keeps its state while its question changes. */
  key: string;
}

const load = {
  picture: () => import('./pages/Picture.svelte'),
  record: () => import('./pages/Record.svelte'),
  edit: () => import('./pages/Edit.svelte'),
  drafts: () => import('./pages/drafts/DraftsPage.svelte'),
  overdue: () => import('./pages/overdue/OverduePage.svelte'),
  phones: () => import('./pages/phones/PhonesPage.svelte'),
  phoneSent: () => import('./pages/phones/PhoneSentPage.svelte'),
  mandate: () => import('./pages/mandate/MandatePage.svelte'),
  account: () => import('./pages/account/AccountPage.svelte'),
  users: () => import('./pages/users/UsersPage.svelte'),
  absent: () => import('./pages/Absent.svelte'),
} satisfies Record<string, Load>;

/** Loads what somebody may need while the node does not answer: a page that was never opened is no page then. */
export async function beReady(): Promise<void> {
  await Promise.allSettled([load.edit(), load.drafts(), load.record()]);
}

/** The page of an address, given in parts: `['r', 'incident', '01ABC', 'edit']`. */
export function pageOf(parts: readonly string[]): ShownPage {
  const [first, register, id, last] = parts;
  const page = (name: keyof typeof load, props: Record<string, unknown> = {}): ShownPage => ({
    load: load[name], props, key: `${name} ${Object.values(props).join(' ')}`,
  });
  if (!first) return page('picture');
  if (first === 'drafts') return page('drafts');
  if (first === 'overdue') return page('overdue');
  if (first === 'phones') return register ? page('phoneSent', { id: register }) : page('phones');
  if (first === 'mandate') return page('mandate');
  if (first === 'account') return page('account');
  if (first === 'users') return page('users');
  if (first !== 'r' || !register || !id) return page('absent');
  if (id === 'new') return page('edit', { register, id: null, draft: last ?? null });
  if (last === 'edit') return page('edit', { register, id });
  return last ? page('absent') : page('record', { register, id });
}
