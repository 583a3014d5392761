// Which page is shown: the address, followed without loading it anew.

let current = $state.raw(here());

/** The address of the page; reading it in a component follows it. */
export const route = {
  get path(): string {
    return current.path;
  },
  get search(): string {
    return current.search;
  },
  /** The path in parts, unescaped: `/r/incident/01ABC` is `['r', 'incident', '01ABC']`. */
  get parts(): string[] {
    return partsOf(current.path);
  },
};

/** A path in parts, unescaped. */
export function partsOf(path: string): string[] {
  return path.split('/').filter(Boolean).map(unescaped);
}

/** Goes to another page of ours. */
export function navigate(address: string, step: 'push' | 'replace' = 'push'): void {
  if (step === 'push') history.pushState(null, '', address);
  else history.replaceState(null, '', address);
  current = here();
}

/** Follows the browser's back and forward, and clicks on links to pages of ours. */
export function followLinks(): void {
  addEventListener('popstate', () => (current = here()));
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || !isOurs(link, event)) return;
    event.preventDefault();
    navigate(link.pathname + link.search);
  });
}

/** Pages are ours; data, tiles and files are not pages. */
function isOurs(link: HTMLAnchorElement, event: MouseEvent): boolean {
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  const same = link.origin === location.origin && !link.hash && !link.target && !link.hasAttribute('download');
  const page = !/^\/(api|ogc|tiles|assets|health|sign-in)(\/|$)/.test(link.pathname);
  return plain && same && page && !event.defaultPrevented;
}

function here(): { path: string; search: string } {
  return { path: location.pathname, search: location.search };
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
