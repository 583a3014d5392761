// Light, dark, or as the machine says.

import { remember, remembered } from './storage';

export type Theme = 'system' | 'light' | 'dark';
const STORED = 'casque-theme';
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

let chosen = $state<Theme>(THEMES.find((one) => one === remembered(STORED)) ?? 'system');
const dark = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : null;
let machineIsDark = $state(dark?.matches ?? false);
dark?.addEventListener('change', (event) => (machineIsDark = event.matches));

/** The look; reading it in a component follows a switch. */
export const theme = {
  get chosen(): Theme {
    return chosen;
  },
  get isDark(): boolean {
    return chosen === 'dark' || (chosen === 'system' && machineIsDark);
  },
};

export function useTheme(wanted: Theme): void {
  chosen = wanted;
  remember(STORED, wanted);
  apply();
}

/** Puts the choice on the page; the style sheet does the rest. */
export function apply(): void {
  document.documentElement.dataset['theme'] = chosen;
}
