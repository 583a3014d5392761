// The code of these pages, kept by the browser so that they open without the node, and renewed when the
// node has newer ones.

let isRenewed = $state(false);
let registration: ServiceWorkerRegistration | undefined;

export const renewal = {
  /** Whether the node has newer pages than those in this window. */
  get isDue(): boolean {
    return isRenewed;
  },
};

/** Has the browser keep the pages. Only safe sites can: `localhost`, and TLS. */
export async function keepPages(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<{ entry?: unknown }>) => {
    if (typeof data.entry === 'string' && data.entry !== ownEntry()) isRenewed = true;
  });
  // Where the browser refuses, the pages work as long as they are open.
  registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }).catch(() => undefined);
}

/** Asks for newer pages: the node was away, and may be another one now. */
export function askForNewer(): void {
  void registration?.update().catch(() => {});
}

/** The script that this window began with: its name changes with any of the code. */
function ownEntry(): string {
  const script = document.querySelector<HTMLScriptElement>('script[type=module][src^="/assets/"]');
  return script?.getAttribute('src') ?? '';
}
