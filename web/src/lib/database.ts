// What this browser keeps on its disk: files and drafts that were not sent yet, and what the node said last.

/** `files` and `drafts` that wait to be sent, and what is `known` of the node. */
export type Shelf = 'files' | 'drafts' | 'known';

const NAME = 'casque';
const VERSION = 1;
const SHELVES: readonly Shelf[] = ['files', 'drafts', 'known'];

let opened: Promise<IDBDatabase> | null = null;

/** Keeps something, on the disk and not only in the memory of the browser; throws where there is no room. */
export async function put(shelf: Shelf, key: string, value: unknown): Promise<void> {
  const transaction = (await database()).transaction(shelf, 'readwrite', { durability: 'strict' });
  transaction.objectStore(shelf).put(value, key);
  await ended(transaction);
}

export async function get<T>(shelf: Shelf, key: string): Promise<T | undefined> {
  const request = (await database()).transaction(shelf).objectStore(shelf).get(key) as IDBRequest<T | undefined>;
  return answer(request);
}

/** The keys that begin so. */
export async function keysWith(shelf: Shelf, beginning: string): Promise<string[]> {
  const keys = await answer((await database()).transaction(shelf).objectStore(shelf).getAllKeys());
  return keys.filter((key): key is string => typeof key === 'string' && key.startsWith(beginning));
}

export async function remove(shelf: Shelf, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  const transaction = (await database()).transaction(shelf, 'readwrite');
  for (const key of keys) transaction.objectStore(shelf).delete(key);
  await ended(transaction);
}

function database(): Promise<IDBDatabase> {
  opened ??= open();
  // A browser that could not open it may be able to later.
  opened.catch(() => (opened = null));
  return opened;
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => SHELVES.forEach((shelf) => request.result.createObjectStore(shelf));
    request.onsuccess = () => {
      const found = request.result;
      // Another window with a newer version of the pages waits for this one to let go.
      found.onversionchange = () => {
        found.close();
        opened = null;
      };
      resolve(found);
    };
    request.onerror = () => reject(request.error ?? new Error('no database'));
    request.onblocked = () => reject(new Error('another window holds an older database'));
  });
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no answer'));
  });
}

function ended(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
  });
}
